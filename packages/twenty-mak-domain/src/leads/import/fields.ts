import { accept, refuse } from '../../basics/index.ts';
import type { Decision } from '../../basics/index.ts';
import { checkImportProfile } from '../../imports/index.ts';
import type { ImportFields, ImportProfile } from '../../imports/index.ts';
import type { LeadSettings } from '../settings.ts';
import { leadChoices } from './choices.ts';

/** What a row of a file of leads can say. */
export const LEAD_IMPORT_FIELDS: ImportFields = {
  rows: 'Leads',
  names: [
    ...['name', 'phone', 'email', 'city', 'niche', 'legal_form', 'source', 'handling', 'status'],
    ...['amount', 'currency', 'comment', 'consent', 'responsible', 'partner', 'external_id'],
  ],
  several: ['name', 'phone', 'email', 'comment'],
  needed: ['name', 'phone', 'email'],
  missing: {
    code: 'contact_missing',
    reason: 'Say which column is the name, the telephone number or the e-mail address.',
    field: 'columns',
  },
  listed: ['name', 'city', 'niche', 'legal_form'],
  defaults: ['city', 'niche', 'source', 'handling', 'status', 'currency'],
  knowsDuplicates: false,
  columns: {
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
  },
};

/**
 * Checks a profile against the header of a file and the words of the tenant. Refuses with the codes of `checkImportProfile`,
 * `contact_missing`, `currency_missing` or `currency_invalid`.
 */
export function checkLeadProfile(
  profile: ImportProfile,
  header: readonly string[],
  settings: LeadSettings,
): Decision<ImportProfile> {
  const checked = checkImportProfile(profile, header, LEAD_IMPORT_FIELDS, leadChoices(settings));
  if (!checked.ok) return checked;
  const { currency } = profile.defaults;
  if (currency !== undefined && !isCurrency(currency))
    return refuse(
      'currency_invalid',
      'A currency has three capital letters, such as UAH.',
      'defaults.currency',
    );
  const has = (field: string): boolean => profile.columns.some((column) => column.field === field);
  if (has('amount') && !has('currency') && currency === undefined)
    return refuse(
      'currency_missing',
      'Say in which currency the amounts are.',
      'defaults.currency',
    );
  return accept(profile);
}

export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}
