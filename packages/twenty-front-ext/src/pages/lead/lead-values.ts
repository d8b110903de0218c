import type { EditLeadInput, LeadDetailFragment } from '../../generated/graphql.ts';
import type { PersonChoice } from '../../parts/people/person-picker.tsx';
import { moneyText, readMoney } from '../../ui/format/money-text.ts';

/** What people change of a lead, as they type it. */
export interface LeadValues {
  readonly version: number;
  readonly name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly city: string;
  readonly niche: string;
  readonly legalForm: string;
  readonly handling: string;
  readonly title: string;
  readonly score: string;
  /** In the currency of the lead, or that of the tenant. */
  readonly amount: string;
  readonly responsible: PersonChoice | null;
  /** Key of where it comes from. */
  readonly source: string;
  /** The company that brought it. */
  readonly partner: PersonChoice | null;
}

export type LeadField = Exclude<keyof LeadValues, 'version'>;

/** Fields that only those may change who see who it is. */
export const CONTACT_FIELDS: ReadonlySet<LeadField> = new Set([
  'name',
  'phones',
  'emails',
  'city',
  'niche',
  'legalForm',
]);
/** Fields that only the office says. */
export const OFFICE_FIELDS: ReadonlySet<LeadField> = new Set([
  'title',
  'score',
  'responsible',
  'source',
  'partner',
]);
/** Fields that stay as they are once others count on the lead. */
export const ORIGIN_FIELDS: ReadonlySet<LeadField> = new Set(['source', 'partner']);

export function valuesOf(lead: LeadDetailFragment): LeadValues {
  const { version, contact, amount, currency, score } = lead;
  return {
    version,
    name: contact.name ?? '',
    phones: contact.phones,
    emails: contact.emails,
    city: contact.city ?? lead.city ?? '',
    niche: contact.niche ?? lead.niche ?? '',
    legalForm: lead.legalForm ?? '',
    handling: lead.handling ?? '',
    title: lead.title ?? '',
    score: score === null ? '' : String(score),
    amount: amount === null ? '' : moneyText(amount, currency ?? ''),
    responsible: chosen(lead.responsibleId, lead.responsible),
    source: lead.source,
    partner: chosen(lead.partnerId, lead.partner),
  };
}

function chosen(id: string | null, person: PersonChoice | null): PersonChoice | null {
  return id === null ? null : { id, name: person?.name ?? id };
}

/** The changes as the server takes them; an empty text empties the field. */
export function inputOf(
  version: number,
  changes: Partial<LeadValues>,
  currency: string,
): EditLeadInput {
  const {
    phones,
    emails,
    amount,
    score,
    responsible,
    partner,
    version: _version,
    ...texts
  } = changes;
  const words = Object.entries(texts).map(([field, text]) => [field, orNull(text)]);
  return {
    version,
    ...(Object.fromEntries(words) as Partial<EditLeadInput>),
    ...(phones === undefined ? {} : { phones: [...phones] }),
    ...(emails === undefined ? {} : { emails: [...emails] }),
    ...(amount === undefined ? {} : money(amount, currency)),
    ...(score === undefined ? {} : { score: score.trim() === '' ? null : Number(score) }),
    ...(responsible === undefined ? {} : { responsibleId: responsible?.id ?? null }),
    ...(partner === undefined ? {} : { partnerId: partner?.id ?? null }),
  };
}

/** Whether the server could make sense of it. */
export function isReadable(field: LeadField, values: LeadValues, currency: string): boolean {
  const { amount, score } = values;
  if (field === 'amount') return amount.trim() === '' || (readMoney(amount, currency) ?? -1) >= 0;
  if (field === 'score') return /^\s*(\d{1,2}|100)?\s*$/.test(score);
  return true;
}

function money(text: string, currency: string): Pick<EditLeadInput, 'amount' | 'currency'> {
  const amount = text.trim() === '' ? null : readMoney(text, currency);
  return amount === null ? { amount: null, currency: null } : { amount, currency };
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
