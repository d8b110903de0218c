import { foldedWords } from '../letters.ts';
import { SEVERAL } from './profile.ts';
import type { ColumnMapping } from './profile.ts';

/** Names of columns that we know, folded, by field. */
const KNOWN_COLUMNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    name: [
      'имя',
      'фио',
      'фамилия',
      'контакт',
      'клиент',
      "ім'я",
      'піб',
      'прізвище',
      'клієнт',
      'name',
      'full name',
      'first name',
      'last name',
      'contact',
      'account',
      'company',
      'компания',
      'компанія',
    ],
    phone: [
      'телефон',
      'тел',
      'мобильный',
      'мобільний',
      'номер телефона',
      'phone',
      'phone number',
      'mobile',
      'tel',
    ],
    email: ['почта', 'пошта', 'эл почта', 'email', 'e-mail', 'mail'],
    city: ['город', 'місто', 'city', 'office location'],
    niche: ['ниша', 'ніша', 'отрасль', 'галузь', 'сфера', 'niche', 'industry', 'sector'],
    legal_form: ['форма', 'правовая форма', 'опф', 'legal form'],
    source: ['источник', 'джерело', 'source'],
    handling: ['обработка', 'способ обработки', 'обробка', 'handling'],
    status: ['статус', 'стадия', 'status', 'deal stage', 'stage'],
    amount: ['сумма', 'сума', 'бюджет', 'amount', 'budget', 'close value', 'value'],
    currency: ['валюта', 'currency'],
    comment: ['комментарий', 'коментар', 'примечание', 'примітка', 'comment', 'note'],
    consent: ['согласие', 'згода', 'consent'],
    responsible: [
      'ответственный',
      'відповідальний',
      'менеджер',
      'responsible',
      'owner',
      'sales agent',
    ],
    partner: ['партнер', 'партнёр', 'partner'],
    external_id: ['ид', 'id', 'opportunity id', 'external id', 'номер'],
  }).flatMap(([field, names]) =>
    names.map((name): [string, string] => [foldedWords(name).join(' '), field]),
  ),
);

/** What the names of columns suggest, in their order; a field that takes one column gets the first. */
export function suggestColumns(header: readonly string[]): readonly ColumnMapping[] {
  const taken = new Set<string>();
  return header.flatMap((column) => {
    const field = KNOWN_COLUMNS.get(foldedWords(column).join(' '));
    if (field === undefined || (taken.has(field) && !SEVERAL.includes(field))) return [];
    taken.add(field);
    return [{ column, field }];
  });
}
