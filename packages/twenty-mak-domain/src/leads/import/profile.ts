import { accept, refuse } from '../../basics/index.ts';
import type { Decision } from '../../basics/index.ts';
import { isKey } from '../../pipelines/names.ts';
import { cleanText } from '../contact.ts';
import type { LeadSettings } from '../settings.ts';
import { findChoice, isChoiceField } from './choices.ts';
import { WordList } from './words.ts';

/** What a column can mean; `attributes.<key>` keeps a text that is none of these. */
export const IMPORT_FIELDS = [
  ...['name', 'phone', 'email', 'city', 'niche', 'legal_form', 'source', 'handling', 'status'],
  ...['amount', 'currency', 'comment', 'consent', 'responsible', 'partner', 'external_id'],
] as const;

/** Fields that several columns may fill: first and last name, more numbers, more remarks. */
export const SEVERAL: readonly string[] = ['name', 'phone', 'email', 'comment'];

export interface ColumnMapping {
  /** As the header names it. */
  readonly column: string;
  readonly field: string;
  /** What words of the file mean, e.g. `холодная` → `cold_base`; of fields whose words are listed. */
  readonly values?: Readonly<Record<string, string>>;
}

/** How the columns of a file become leads; saved for the next file of its kind. */
export interface ImportProfile {
  readonly columns: readonly ColumnMapping[];
  /** Of fields that no column has, or where its cell is empty. */
  readonly defaults: Readonly<Record<string, string>>;
  /** ISO 3166, of telephone numbers without a country code. */
  readonly country: string;
  /** Where `external_id` is from. */
  readonly externalSystem?: string;
  /** Words that alone are allowed, by field: known products, companies, cities. The tenant's own words are listed anyway. */
  readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** Fields that a profile may have a list for; attributes are others. */
const LIST_FIELDS: readonly string[] = ['name', 'city', 'niche', 'legal_form'];

/** Fields that a profile may give to all rows. */
const DEFAULT_FIELDS: readonly string[] = [
  'city',
  'niche',
  'source',
  'handling',
  'status',
  'currency',
];

/**
 * Checks a profile against the header of a file and the words of the tenant. Refuses with the entry at fault:
 * `unknown_column`, `repeated_column`, `column_twice`, `unknown_field`, `field_twice`, `contact_missing`,
 * `country_invalid`, `currency_missing`, `currency_invalid`, `external_system_missing`, `list_not_possible`, `list_empty`,
 * `values_not_possible` or `value_not_allowed`.
 */
export function checkImportProfile(
  profile: ImportProfile,
  header: readonly string[],
  settings: LeadSettings,
): Decision<ImportProfile> {
  const fields = new Set<string>();
  const columns = new Set<string>();
  const lists = checkLists(profile);
  if (!lists.ok) return lists;
  for (const [index, mapping] of profile.columns.entries()) {
    const { column, field } = mapping;
    const at = `columns.${index}`;
    const places = header.filter((name) => name === column).length;
    if (places === 0)
      return refuse(
        'unknown_column',
        `The file has no column ${column}; it has ${header.slice(0, 30).join(', ')}.`,
        `${at}.column`,
      );
    if (places > 1)
      return refuse(
        'repeated_column',
        `The file has the column ${column} ${places} times. Rename the others.`,
        `${at}.column`,
      );
    if (columns.has(column))
      return refuse('column_twice', `The column ${column} has a meaning already.`, `${at}.column`);
    if (!isImportField(field))
      return refuse(
        'unknown_field',
        `Leads have no field ${field}; they have ${IMPORT_FIELDS.join(', ')} and attributes.`,
        `${at}.field`,
      );
    if (fields.has(field) && !SEVERAL.includes(field))
      return refuse('field_twice', `Another column is the ${field} already.`, `${at}.field`);
    const values = checkValues(mapping, profile, settings, at);
    if (!values.ok) return values;
    columns.add(column);
    fields.add(field);
  }
  if (!['name', 'phone', 'email'].some((field) => fields.has(field)))
    return refuse(
      'contact_missing',
      'Say which column is the name, the telephone number or the e-mail address.',
      'columns',
    );
  if (!/^[A-Z]{2}$/.test(profile.country))
    return refuse('country_invalid', 'A country has two capital letters, such as UA.', 'country');
  if (fields.has('external_id') && profile.externalSystem === undefined)
    return refuse(
      'external_system_missing',
      'Say which system the ids are from.',
      'externalSystem',
    );
  const defaults = checkDefaults(profile, settings);
  if (!defaults.ok) return defaults;
  if (fields.has('amount') && !fields.has('currency') && profile.defaults['currency'] === undefined)
    return refuse(
      'currency_missing',
      'Say in which currency the amounts are.',
      'defaults.currency',
    );
  return accept(profile);
}

function isImportField(field: string): boolean {
  const attribute = /^attributes\.(.*)$/.exec(field)?.[1];
  return attribute === undefined ? IMPORT_FIELDS.some((one) => one === field) : isKey(attribute);
}

function checkLists({ lists = {} }: ImportProfile): Decision<null> {
  for (const [field, words] of Object.entries(lists)) {
    const at = `lists.${field}`;
    if (!LIST_FIELDS.includes(field) && !(isImportField(field) && field.startsWith('attributes.')))
      return refuse(
        'list_not_possible',
        `Only ${LIST_FIELDS.join(', ')} and attributes can have a list of words.`,
        at,
      );
    if (!words.some((word) => cleanText(word) !== ''))
      return refuse('list_empty', 'A list needs a word, or nothing would be allowed.', at);
  }
  return accept(null);
}

function checkValues(
  { field, values = {} }: ColumnMapping,
  { lists = {} }: ImportProfile,
  settings: LeadSettings,
  at: string,
): Decision<null> {
  const entries = Object.entries(values);
  if (entries.length === 0) return accept(null);
  const list = lists[field];
  if (!isChoiceField(field) && list === undefined)
    return refuse('values_not_possible', `Words of ${field} stay as they are.`, `${at}.values`);
  const words = new WordList(list ?? []);
  const isKnown = (value: string): boolean =>
    isChoiceField(field) ? findChoice(settings, field, value) !== null : words.find(value) !== null;
  const wrong = entries.find(([, value]) => !isKnown(value));
  if (wrong === undefined) return accept(null);
  return refuse(
    'value_not_allowed',
    `There is no ${field} ${wrong[1]}.`,
    `${at}.values.${wrong[0]}`,
  );
}

function checkDefaults(
  { defaults, lists = {} }: ImportProfile,
  settings: LeadSettings,
): Decision<null> {
  for (const [field, value] of Object.entries(defaults)) {
    const at = `defaults.${field}`;
    if (!DEFAULT_FIELDS.includes(field))
      return refuse(
        'unknown_field',
        `Only ${DEFAULT_FIELDS.join(', ')} can be the same in all rows.`,
        at,
      );
    const list = lists[field];
    const isListed = list === undefined || new WordList(list).find(value) !== null;
    if (!isListed || (isChoiceField(field) && findChoice(settings, field, value) === null))
      return refuse('value_not_allowed', `There is no ${field} ${value}.`, at);
    if (field === 'currency' && !isCurrency(value))
      return refuse('currency_invalid', 'A currency has three capital letters, such as UAH.', at);
  }
  return accept(null);
}

export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}
