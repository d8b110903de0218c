import { KNOWN_TYPES, verifyPipeline } from 'twenty-mak-domain';
import type { ConfirmedRegression, PipelineDefinition } from 'twenty-mak-domain';
import { RefusalError } from '../../platform/errors/index.ts';
import { readDefinition } from './definition.ts';

/** Throws `not_publishable` (422) with every finding when the definition may not be published. */
export function refuseUnpublishable(definition: PipelineDefinition): void {
  const { publishable, findings } = verifyPipeline(readDefinition(definition).compiled, {
    knownTypes: KNOWN_TYPES,
  });
  if (publishable) return;
  const [first] = findings;
  throw new RefusalError(
    {
      code: 'not_publishable',
      reason: `The pipeline may not be published: ${first?.reason ?? ''}`,
      ...(first?.field === undefined ? {} : { field: first.field }),
    },
    422,
    { findings },
  );
}

/** The definition with regressions that an admin accepts one by one. */
export function withConfirmations(
  definition: PipelineDefinition,
  confirm: readonly ConfirmedRegression[],
): PipelineDefinition {
  if (confirm.length === 0) return definition;
  const before = definition.confirmedRegressions ?? [];
  const added = confirm.filter(
    ({ gate, from, to }) =>
      !before.some((one) => one.gate === gate && one.from === from && one.to === to),
  );
  return { ...definition, confirmedRegressions: [...before, ...added] };
}

/** The definition with every mapped type among those that its sources send. */
export function withDeclaredTypes(definition: PipelineDefinition): PipelineDefinition {
  const known = new Set([
    ...(definition.knownTypes ?? []),
    ...definition.events.map(({ type }) => type).filter((type) => !KNOWN_TYPES.has(type)),
  ]);
  return { ...definition, knownTypes: [...known] };
}
