import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import { cleanText } from '../leads/contact.ts';
import { isKey } from '../pipelines/names.ts';
import type { ImportChoices, ImportFields } from './fields.ts';
import { WordList } from './words.ts';

export interface ColumnMapping {
  /** As the header names it. */
  readonly column: string;
  readonly field: string;
  /** What words of the file mean, e.g. `холодная` → `cold_base`; of fields whose words are listed. */
  readonly values?: Readonly<Record<string, string>>;
}

/** What becomes of a row that is known already: it is left out, or what is known learns what the row says. */
export const IMPORT_DUPLICATES = ['reject', 'update'] as const;
export type ImportDuplicates = (typeof IMPORT_DUPLICATES)[number];

/** How the columns of a file become records; saved for the next file of its kind. */
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
  /** Of records for which no rule of the tenant says so. Left out: `reject`. */
  readonly duplicates?: ImportDuplicates;
}

/**
 * Checks a profile against the header of a file and the fields that its rows may have. Refuses with the entry at fault:
 * `unknown_column`, `repeated_column`, `column_twice`, `unknown_field`, `field_twice`, the code of what is missing,
 * `country_invalid`, `external_system_missing`, `list_not_possible`, `list_empty`, `values_not_possible`, `value_not_allowed` or
 * `duplicates_not_possible`.
 */
export function checkImportProfile(
  profile: ImportProfile,
  header: readonly string[],
  fields: ImportFields,
  choices: ImportChoices,
): Decision<ImportProfile> {
  const used = new Set<string>();
  const columns = new Set<string>();
  const lists = checkLists(profile, fields);
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
    if (!isField(field, fields))
      return refuse(
        'unknown_field',
        `${fields.rows} have no field ${field}; they have ${fields.names.join(', ')} and attributes.`,
        `${at}.field`,
      );
    if (used.has(field) && !fields.several.includes(field))
      return refuse('field_twice', `Another column is the ${field} already.`, `${at}.field`);
    const values = checkValues(mapping, profile, choices, at);
    if (!values.ok) return values;
    columns.add(column);
    used.add(field);
  }
  if (!fields.needed.some((field) => used.has(field)))
    return { ok: false, refusal: fields.missing };
  if (!/^[A-Z]{2}$/.test(profile.country))
    return refuse('country_invalid', 'A country has two capital letters, such as UA.', 'country');
  if (used.has('external_id') && profile.externalSystem === undefined)
    return refuse(
      'external_system_missing',
      'Say which system the ids are from.',
      'externalSystem',
    );
  if (profile.duplicates !== undefined && !fields.knowsDuplicates)
    return refuse(
      'duplicates_not_possible',
      `What becomes of ${fields.rows.toLowerCase()} that are known already is a rule of the tenant.`,
      'duplicates',
    );
  const defaults = checkDefaults(profile, fields, choices);
  return defaults.ok ? accept(profile) : defaults;
}

function isField(field: string, { names }: ImportFields): boolean {
  const attribute = /^attributes\.(.*)$/.exec(field)?.[1];
  return attribute === undefined ? names.includes(field) : isKey(attribute);
}

function checkLists({ lists = {} }: ImportProfile, fields: ImportFields): Decision<null> {
  const { listed } = fields;
  for (const [field, words] of Object.entries(lists)) {
    const at = `lists.${field}`;
    if (!listed.includes(field) && !(isField(field, fields) && field.startsWith('attributes.')))
      return refuse(
        'list_not_possible',
        `Only ${listed.join(', ')} and attributes can have a list of words.`,
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
  choices: ImportChoices,
  at: string,
): Decision<null> {
  const entries = Object.entries(values);
  if (entries.length === 0) return accept(null);
  const list = lists[field];
  const choice = choices[field];
  if (choice === undefined && list === undefined)
    return refuse('values_not_possible', `Words of ${field} stay as they are.`, `${at}.values`);
  const words = new WordList(list ?? []);
  const isKnown = (value: string): boolean =>
    (choice === undefined ? words.find(value) : choice.find(value)) !== null;
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
  fields: ImportFields,
  choices: ImportChoices,
): Decision<null> {
  for (const [field, value] of Object.entries(defaults)) {
    const at = `defaults.${field}`;
    if (!fields.defaults.includes(field))
      return refuse(
        'unknown_field',
        `Only ${fields.defaults.join(', ')} can be the same in all rows.`,
        at,
      );
    const list = lists[field];
    const isListed = list === undefined || new WordList(list).find(value) !== null;
    const choice = choices[field];
    if (!isListed || (choice !== undefined && choice.find(value) === null))
      return refuse('value_not_allowed', `There is no ${field} ${value}.`, at);
  }
  return accept(null);
}
