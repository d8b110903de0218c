import type { LeadRulesFragment, LeadSettingsInput } from '../../generated/graphql.ts';
import type { Choice } from './choice-key.ts';

/** The changes as the server takes them: what was read has the names of types in it, which no input has. */
export function inputOf(
  version: number,
  { statuses, sources, handlings, cities, niches, ...rules }: Partial<LeadRulesFragment>,
): LeadSettingsInput {
  const { certain, likely, consent, country } = rules;
  const given = { sources, handlings, cities, niches };
  const lists = Object.entries(given).flatMap(([name, list]) =>
    list === undefined ? [] : [[name, list.map(plain)] as const],
  );
  const texts = Object.entries({ certain, likely, consent, country });
  return {
    version,
    ...Object.fromEntries(texts.filter(([, text]) => text !== undefined)),
    ...Object.fromEntries(lists),
    ...(statuses === undefined
      ? {}
      : {
          statuses: statuses.map(({ key, title, kind, entryFor, reasonNeeded }) => ({
            key,
            title,
            kind,
            entryFor,
            reasonNeeded,
          })),
        }),
  };
}

function plain({ key, title }: Choice): Choice {
  return { key, title };
}
