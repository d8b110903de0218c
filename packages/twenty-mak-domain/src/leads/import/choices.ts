import type { ImportChoice, ImportChoices } from '../../imports/index.ts';
import { isBound } from '../duplicates.ts';
import type { LeadChoice, LeadSettings } from '../settings.ts';

/** Fields whose values are words of the tenant. */
const LISTS = { source: 'sources', handling: 'handlings', status: 'statuses' } as const;
export type ChoiceField = keyof typeof LISTS;

/** The words that a row may say, by field. */
export function leadChoices(
  settings: LeadSettings,
): ImportChoices & Record<ChoiceField, ImportChoice> {
  const of = (field: ChoiceField): ImportChoice => ({
    find: (text) => findChoice(settings, field, text),
    titles: choicesOf(settings, field).map(({ title }) => title),
  });
  return { source: of('source'), handling: of('handling'), status: of('status') };
}

/** What a row may say; not that a lead is on auction, sold or a deal, for no lot and no deal would stand behind it. */
export function choicesOf(settings: LeadSettings, field: ChoiceField): readonly LeadChoice[] {
  return field === 'status'
    ? settings.statuses.filter(({ kind }) => !isBound(kind))
    : settings[LISTS[field]];
}

/** The key of what a text names by its key or title, whatever its case; null when it names nothing. */
export function findChoice(
  settings: LeadSettings,
  field: ChoiceField,
  text: string,
): string | null {
  const choices = choicesOf(settings, field);
  const spoken = text.toLowerCase();
  const found =
    choices.find(({ key }) => key === text) ??
    choices.find(({ key, title }) => [key, title].some((name) => name.toLowerCase() === spoken));
  return found?.key ?? null;
}
