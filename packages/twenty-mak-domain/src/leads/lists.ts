import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import { cityKey } from './city.ts';
import { cleanText } from './contact.ts';
import { foldedWords } from './letters.ts';
import { checkChoices } from './settings.ts';
import type { LeadChoice } from './settings.ts';

/**
 * Cities and niches that a tenant works with. What everybody sees of a lead are names from here and never what somebody
 * wrote: a telephone number may stand there.
 */
export interface LeadLists {
  readonly cities: readonly LeadChoice[];
  readonly niches: readonly LeadChoice[];
}

/** Most cities, and most niches. */
export const MAX_LISTED = 1_000;

export const LEGAL_FORMS = ['person', 'sole_trader', 'company'] as const;
export type LegalForm = (typeof LEGAL_FORMS)[number];

const SPOKEN_FORMS: Readonly<Record<LegalForm, readonly string[]>> = {
  person: ['физлицо', 'физ лицо', 'физическое лицо', 'фізична особа', 'individual', 'person'],
  sole_trader: ['ФОП', 'ИП', 'ЧП', 'СПД', 'самозанятый', 'sole trader', 'sole_trader'],
  company: [
    ...['ООО', 'ОАО', 'ЗАО', 'ПАО', 'АО', 'ТОВ', 'ТзОВ', 'ПП', 'ПрАТ', 'ПАТ', 'юрлицо'],
    ...['юр лицо', 'юридическое лицо', 'юридична особа', 'LLC', 'Ltd', 'Inc', 'GmbH', 'company'],
  ],
};

const FORMS: ReadonlyMap<string, LegalForm> = new Map(
  LEGAL_FORMS.flatMap((form) =>
    SPOKEN_FORMS[form].map((words): [string, LegalForm] => [spoken(words), form]),
  ),
);

/** Refuses with `too_many`, `key_invalid`, `key_twice`, `title_invalid`, `title_twice` or `city_twice`. */
export function checkLeadLists(lists: LeadLists): Decision<LeadLists> {
  for (const name of ['cities', 'niches'] as const) {
    const checked = checkChoices(lists[name], name, MAX_LISTED);
    if (!checked.ok) return checked;
  }
  const known = new Map<string, string>();
  for (const [index, { title }] of lists.cities.entries()) {
    const key = cityKey(title);
    if (key === null)
      return refuse('title_invalid', 'This is no name of a city.', `cities.${index}.title`);
    const same = known.get(key);
    if (same !== undefined)
      return refuse('city_twice', `${title} and ${same} are one city.`, `cities.${index}.title`);
    known.set(key, title);
  }
  return accept(lists);
}

/** Refuses what `checkLeadLists` refuses, and `choice_in_use` when leads would lose what they have. */
export function changeLeadLists(
  before: LeadLists,
  after: LeadLists,
  inUse: Readonly<Record<keyof LeadLists, ReadonlySet<string>>>,
): Decision<LeadLists> {
  const checked = checkLeadLists(after);
  if (!checked.ok) return checked;
  for (const name of ['cities', 'niches'] as const) {
    const kept = new Set(after[name].map(({ key }) => key));
    const lost = before[name].find(({ key }) => inUse[name].has(key) && !kept.has(key));
    if (lost !== undefined)
      return refuse(
        'choice_in_use',
        `Leads have ${lost.key}. Give them another one first.`,
        `${name}.${lost.key}`,
      );
  }
  return checked;
}

/** What texts name in the lists: the key, or null when it is not listed. */
export interface ListReader {
  /** By key, or in any spelling. */
  readonly city: (text: string) => string | null;
  /** By key or title, whatever its case. */
  readonly niche: (text: string) => string | null;
}

/** Most texts that a reader remembers. */
const MAX_READ = 1_000;

/** Prepares the lists for many texts. */
export function listReader({ cities, niches }: LeadLists): ListReader {
  const cityKeys = new Set(cities.map(({ key }) => key));
  const citySpellings = new Map(cities.map(({ key, title }) => [cityKey(title), key]));
  const nicheNames = new Map(
    niches.flatMap(({ key, title }) => [
      [key.toLowerCase(), key],
      [title.toLowerCase(), key],
    ]),
  );
  // A thousand leads of a file are of a few cities.
  const read = new Map<string, string | null>();
  const readCity = (text: string): string | null => {
    if (cityKeys.has(text)) return text;
    const spelling = cityKey(text);
    return spelling === null ? null : (citySpellings.get(spelling) ?? null);
  };
  return {
    city: (text) => {
      const known = read.get(text);
      if (known !== undefined) return known;
      const key = readCity(text);
      if (read.size < MAX_READ) read.set(text, key);
      return key;
    },
    niche: (text) => nicheNames.get(cleanText(text).toLowerCase()) ?? null,
  };
}

/** The legal form that a word stands for; null when it is none of them. */
export function legalFormOf(text: string): LegalForm | null {
  return FORMS.get(spoken(text)) ?? null;
}

function spoken(text: string): string {
  return foldedWords(text).join(' ');
}
