import { readContact } from '../leads/contact.ts';
import type { ContactRules, LeadContact } from '../leads/contact.ts';
import type { ExternalRef } from '../deal-gates/index.ts';
import { isLine } from '../pipelines/names.ts';
import type { Cell, RowCells } from './cells.ts';

/** A spreadsheet that takes a telephone number for a large number writes it so, and its last digits are lost. */
const ROUNDED = /\dE\+\d/i;

/**
 * Who a row speaks of: `name`, `city`, `phone` and `email`. Fails with `phone_rounded` and with the codes of `readContact`;
 * `needed` says whether a row without any of them is wrong.
 */
export function contactCells(
  row: RowCells,
  rules: ContactRules,
  { name: nameField, needed }: { readonly name: string; readonly needed: boolean },
): LeadContact {
  const [name, city] = [row.all(nameField), row.all('city')];
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
    if ((needed && rounded === undefined) || refusal.code !== 'contact_missing')
      row.refuse(refusal, { name, city, phones, emails });
  return contact;
}

/** The id of a row in another system. Fails with `external_id_invalid`. */
export function externalRefCell(row: RowCells): ExternalRef | null {
  const cell = row.one('external_id');
  if (cell === null) return null;
  if (isLine(cell.text)) return { system: row.externalSystem, id: cell.text };
  return row.fail(cell, 'external_id_invalid', 'An id has 1 to 200 printable characters.');
}

const YES = new Set(['да', 'так', 'yes', 'true', '1', '+', 'y', 'д']);
const NO = new Set(['нет', 'ні', 'no', 'false', '0', '-', 'n', 'н']);

/** Yes or no, as people write it; null for anything else. */
export function yesOrNo(text: string): boolean | null {
  const answer = text.toLowerCase();
  if (YES.has(answer)) return true;
  return NO.has(answer) ? false : null;
}

function parts(cells: readonly Cell[], between: RegExp): readonly Cell[] {
  return cells
    .flatMap(({ text, column }) =>
      text.split(between).map((part) => ({ column, text: part.trim() })),
    )
    .filter(({ text }) => text !== '');
}
