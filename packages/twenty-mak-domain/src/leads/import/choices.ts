import { isBound } from '../duplicates.ts';
import type { LeadChoice, LeadSettings } from '../settings.ts';

/** Fields whose values are words of the tenant. */
const LISTS = { source: 'sources', handling: 'handlings', status: 'statuses' } as const;
export type ChoiceField = keyof typeof LISTS;

export function isChoiceField(field: string): field is ChoiceField {
  return Object.hasOwn(LISTS, field);
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
