import { accept } from '../../basics/index.ts';
import type { Decision } from '../../basics/index.ts';
import type { ExternalRef } from '../../deal-gates/index.ts';
import { minorUnits, parseAmount } from '../../money/index.ts';
import { isLine } from '../../pipelines/names.ts';
import type { ConsentAnswer } from '../consent.ts';
import { readContact } from '../contact.ts';
import type { ContactRules, LeadContact, ReadPhone } from '../contact.ts';
import type { LeadAmount } from '../lead.ts';
import type { LeadSettings } from '../settings.ts';
import { meaningOf, RowCells } from './cells.ts';
import type { Cell } from './cells.ts';
import { choicesOf, findChoice } from './choices.ts';
import type { ChoiceField } from './choices.ts';
import type { RowError } from './outcome.ts';
import { checkImportProfile, isCurrency } from './profile.ts';
import type { ImportProfile } from './profile.ts';
import { WordList } from './words.ts';

/** A row as a lead that nobody has looked for duplicates of yet. */
export interface LeadDraft {
  readonly contact: LeadContact;
  readonly niche: string | null;
  readonly legalForm: string | null;
  /** Keys of the tenant's words. */
  readonly source: string | null;
  readonly handling: string | null;
  readonly status: string | null;
  readonly amount: LeadAmount | null;
  readonly comment: string | null;
  readonly consent: Exclude<ConsentAnswer, 'withdrawn'> | null;
  /** As the file names people; who they are is for the store to say. */
  readonly responsible: string | null;
  readonly partner: string | null;
  readonly externalRef: ExternalRef | null;
  readonly attributes: Readonly<Record<string, string>>;
}

export type RowReading =
  | { readonly kind: 'empty' }
  | { readonly kind: 'lead'; readonly draft: LeadDraft }
  | { readonly kind: 'rejected'; readonly errors: readonly RowError[] };

export type ReadRow = (cells: readonly string[]) => RowReading;

const YES = new Set(['да', 'так', 'yes', 'true', '1', '+', 'y', 'д']);
const NO = new Set(['нет', 'ні', 'no', 'false', '0', '-', 'n', 'н']);
/** Longest remark. */
const MAX_COMMENT = 10_000;
/** A spreadsheet that takes a telephone number for a large number writes it so, and its last digits are lost. */
const ROUNDED = /\dE\+\d/i;

/**
 * How to read the rows of a file. Refuses with the codes of `checkImportProfile`. A row is rejected with all that is wrong
 * with it: `too_many_cells`, `phone_rounded`, `unknown_source`, `unknown_handling`, `unknown_status`, `amount_invalid`,
 * `currency_invalid`, `currency_missing`, `consent_unreadable`, `not_in_list`, `external_id_invalid`, `text_too_long` and the codes of
 * `readContact`.
 */
export function rowReader(
  profile: ImportProfile,
  header: readonly string[],
  settings: LeadSettings,
  readPhone: ReadPhone,
): Decision<ReadRow> {
  const checked = checkImportProfile(profile, header, settings);
  if (!checked.ok) return checked;
  const columns = Map.groupBy(
    profile.columns.map((mapping) => ({ ...mapping, index: header.indexOf(mapping.column) })),
    ({ field }) => field,
  );
  const lists = new Map(
    Object.entries(profile.lists ?? {}).map(([field, words]) => [field, new WordList(words)]),
  );
  const titles = titlesOf(settings);
  const contactRules = { readPhone, country: profile.country };
  return accept((cells) => {
    if (cells.every((cell) => cell.trim() === '')) return { kind: 'empty' };
    const errors: RowError[] = [];
    if (cells.length > header.length)
      errors.push({
        column: null,
        code: 'too_many_cells',
        reason: `The row has ${cells.length} cells, and there are ${header.length} columns.`,
      });
    const row = new RowCells(profile, lists, columns, cells, errors);
    const draft = draftOf(row, settings, titles, contactRules);
    return errors.length > 0 ? { kind: 'rejected', errors } : { kind: 'lead', draft };
  });
}

/** Words that people may have meant, by field. */
type Titles = Readonly<Record<ChoiceField, WordList>>;

function titlesOf(settings: LeadSettings): Titles {
  const of = (field: ChoiceField): WordList =>
    new WordList(choicesOf(settings, field).map(({ title }) => title));
  return { source: of('source'), handling: of('handling'), status: of('status') };
}

function draftOf(
  row: RowCells,
  settings: LeadSettings,
  titles: Titles,
  rules: ContactRules,
): LeadDraft {
  return {
    contact: contactOf(row, rules),
    niche: row.text('niche'),
    legalForm: row.text('legal_form'),
    source: choiceOf(row, settings, titles, 'source'),
    handling: choiceOf(row, settings, titles, 'handling'),
    status: choiceOf(row, settings, titles, 'status'),
    amount: amountOf(row),
    comment: row.text('comment', MAX_COMMENT),
    consent: consentOf(row),
    responsible: row.text('responsible'),
    partner: row.text('partner'),
    externalRef: externalRefOf(row),
    attributes: row.attributes(),
  };
}

function contactOf(row: RowCells, rules: ContactRules): LeadContact {
  const parts = (cells: readonly Cell[], between: RegExp): readonly Cell[] =>
    cells
      .flatMap(({ text, column }) =>
        text.split(between).map((part) => ({ column, text: part.trim() })),
      )
      .filter(({ text }) => text !== '');
  const [name, city] = [row.all('name'), row.all('city')];
  const phones = parts(row.all('phone'), /[,;/]/);
  const emails = parts(row.all('email'), /[,;\s]/);
  const rounded = row.all('phone').find(({ text }) => ROUNDED.test(text));
  if (rounded !== undefined)
    row.fail(
      rounded,
      'phone_rounded',
      'A spreadsheet has cut the last digits of this number. Format the column as text and export it again.',
    );
  const { contact, refusals } = readContact(
    {
      name: name.map(({ text }) => text).join(' '),
      city: city.map(({ text }) => text).join(' '),
      phones: rounded === undefined ? phones.map(({ text }) => text) : [],
      emails: emails.map(({ text }) => text),
    },
    rules,
  );
  for (const refusal of refusals)
    if (rounded === undefined || refusal.code !== 'contact_missing')
      row.refuse(refusal, { name, city, phones, emails });
  return contact;
}

function choiceOf(
  row: RowCells,
  settings: LeadSettings,
  titles: Titles,
  field: ChoiceField,
): string | null {
  const cell = row.one(field);
  if (cell === null) return null;
  const named = meaningOf(cell);
  const key = findChoice(settings, field, named);
  if (key !== null) return key;
  const known = choicesOf(settings, field).map(({ title }) => title);
  return row.failWord(
    cell,
    `unknown_${field}`,
    { word: named, what: field, known: `there are ${known.join(', ')}.` },
    titles[field],
  );
}

function amountOf(row: RowCells): LeadAmount | null {
  const cell = row.one('amount');
  if (cell === null) return null;
  const currency = row.one('currency');
  if (currency === null)
    return row.fail(cell, 'currency_missing', 'An amount needs a currency, such as UAH.');
  const code = currency.text.toUpperCase();
  if (!isCurrency(code))
    return row.fail(currency, 'currency_invalid', 'A currency has three letters, such as UAH.');
  const amount = parseAmount(cell.text, minorUnits(code));
  if (amount === null || amount < 0)
    return row.fail(cell, 'amount_invalid', `This is no amount of ${code}, such as 1 234.50.`);
  return { amount, currency: code };
}

function consentOf(row: RowCells): LeadDraft['consent'] {
  const cell = row.one('consent');
  if (cell === null) return null;
  const answer = cell.text.toLowerCase();
  if (YES.has(answer)) return 'given';
  if (NO.has(answer)) return 'refused';
  return row.fail(
    cell,
    'consent_unreadable',
    'Consent is yes or no; an empty cell says that nobody has asked.',
  );
}

function externalRefOf(row: RowCells): ExternalRef | null {
  const cell = row.one('external_id');
  if (cell === null) return null;
  if (isLine(cell.text)) return { system: row.externalSystem, id: cell.text };
  return row.fail(cell, 'external_id_invalid', 'An id has 1 to 200 printable characters.');
}
