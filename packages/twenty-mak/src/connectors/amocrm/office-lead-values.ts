import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { MAX_CONTACT_WAYS, readEmail } from 'twenty-mak-domain';
import type { Json, Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { spelledEmail, spelledName, spelledPhone, versionOf } from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import { makIdIn } from './fields.ts';
import type { CustomField } from './fields.ts';
import { rowOfLead, storedLeadValues, valuesOfLead } from './lead-values.ts';
import type { Lead, LeadRow } from './lead-values.ts';
import { entriesOf, kindOf, namesOf, spelledOf, storedName } from './party-values.ts';
import type { Party } from './party-values.ts';
import { LEAD_FIELDS } from './settings.ts';
import type { LeadField } from './settings.ts';

/** What a lead of MaK's is written with, and who it is. */
export interface OfficeLeadRow extends LeadRow {
  readonly custom_fields_values: readonly object[];
  readonly _embedded?: { readonly contacts: readonly object[] };
}

/** Who a lead is: said by its main contact there. */
export const PERSON_FIELDS = ['person', 'phones', 'emails'] as const;
/** How somebody is reached. */
export type Way = 'phone' | 'email';
const sentSchema = z.object({ field_code: z.string() });
/** Digits of a number without what stands for the country; more than that two numbers share by chance only. */
const NATIONAL = 9;
const OWN = ['name', 'amount', 'owner', 'status'] as const;

/** Values of a lead and its main contact in MaK's terms. In a pipeline of leads, a status that nobody has mapped is none. */
export function valuesOfOfficeLead(
  lead: Lead,
  person: Party | null,
  account: AmocrmAccount,
): Values {
  const { name, amount, owner, status } = valuesOfLead(lead, account, () => null);
  const isElsewhere = account.leads?.pipelines.has(lead.pipeline_id) === false;
  const isMapped = account.leads?.mapped.has(String(status)) === true;
  return {
    id: leadIdOf(lead, account),
    ...{ name: name ?? null, amount: amount ?? null, owner: owner ?? null },
    status: isElsewhere || isMapped ? (status ?? null) : null,
    person: spelledName(person?.name),
    phones: person === null ? null : listed(spelledOf('phone', person)),
    emails: person === null ? null : listed(spelledOf('email', person)),
    ...Object.fromEntries(
      LEAD_FIELDS.map((field) => [field, customOf(lead, account.leads?.fields.get(field))]),
    ),
  };
}

/** Values as amoCRM gives them back. */
export function storedOfficeLeadValues(values: Values): Values {
  const { person, phones, emails } = values;
  return {
    ...storedLeadValues(values),
    ...('person' in values ? { person: storedName(person) } : {}),
    ...('phones' in values ? { phones: listed(textsOf(phones, spelledPhone)) } : {}),
    ...('emails' in values ? { emails: listed(textsOf(emails, spelledEmail)) } : {}),
    ...Object.fromEntries(
      LEAD_FIELDS.filter((field) => field in values).map((field) => [
        field,
        spelledName(values[field]),
      ]),
    ),
  };
}

/** The row for these values, with MaK's id; or which of them amoCRM cannot have. */
export function rowOfOfficeLead(
  values: Values,
  localId: string,
  account: AmocrmAccount,
): Omit<OfficeLeadRow, '_embedded'> | WriteRefusal {
  const { name, ...others } = Object.fromEntries(
    OWN.filter((field) => field in values).map((field) => [field, values[field] ?? null]),
  );
  // Without a name amoCRM gives one.
  const row = rowOfLead(typeof name === 'string' ? { ...others, name } : others, account);
  if ('code' in row) return row;
  const stored = storedOfficeLeadValues(values);
  const custom: object[] = [{ field_id: account.leadIdField ?? 0, values: [{ value: localId }] }];
  for (const field of LEAD_FIELDS) {
    if (!(field in values)) continue;
    const place = account.leads?.fields.get(field);
    if (place === null) return fieldGone(field);
    const value = stored[field] ?? null;
    if (place !== undefined)
      custom.push({ field_id: place.id, values: value === null ? null : [{ value }] });
  }
  return { ...row, custom_fields_values: custom };
}

/**
 * The row of a contact for who a lead is; of numbers and addresses those that MaK cannot read stay. Somebody else who is to become
 * the contact of a lead, perhaps that of others, keeps the name and all ways there are, and gets those that are missing.
 */
export function rowOfPerson(values: Values, before: Party | null, isOwn = true): object {
  const custom = [
    ...('phones' in values ? [waysOf('phone', waysIn(values, 'phone'), before, isOwn)] : []),
    ...('emails' in values ? [waysOf('email', waysIn(values, 'email'), before, isOwn)] : []),
  ];
  return {
    ...('person' in values && isOwn ? namesOf(values['person']) : {}),
    ...(custom.length === 0 ? {} : { custom_fields_values: custom }),
  };
}

/** Numbers or addresses of a lead, as they are spelled there. */
export function waysIn({ phones, emails }: Values, way: Way): readonly string[] {
  return way === 'phone' ? textsOf(phones, spelledPhone) : textsOf(emails, spelledEmail);
}

/** What amoCRM is asked for to find who has a number or an address: people write numbers with and without their country. */
export function soughtBy(way: Way, text: string): string {
  return way === 'phone' ? text.slice(-NATIONAL) : text;
}

/** Whether what stands there is this number or address. */
export function isSameWay(way: Way, value: unknown, one: string): boolean {
  const text = way === 'phone' ? spelledPhone(value) : spelledEmail(value);
  if (text === one) return true;
  return way === 'phone' && text?.startsWith('+') !== true && one.endsWith(nationalOf(text));
}

/** Whether values say who a lead is. */
export function saysWho(values: Values): boolean {
  return PERSON_FIELDS.some((field) => (values[field] ?? null) !== null);
}

/** Which of MaK's fields a value of the row of a lead is. */
export function fieldOfOfficeLead(
  path: string,
  row: object,
  account: AmocrmAccount,
): string | null {
  const [name = '', place = ''] = path.split('.');
  if (name === 'custom_fields_values') {
    const sent = (row as OfficeLeadRow).custom_fields_values[Number(place)];
    const id = sent !== undefined && 'field_id' in sent ? sent.field_id : null;
    return [...(account.leads?.fields ?? [])].find(([, field]) => field?.id === id)?.[0] ?? null;
  }
  if (name === '_embedded') return null;
  return { name: 'name', price: 'amount', responsible_user_id: 'owner' }[name] ?? statusOf(name);
}

/** Which of MaK's fields a value of the row of a contact is. */
export function fieldOfPerson(path: string, row: object): string | null {
  if (path.endsWith('name')) return 'person';
  const [, place = ''] = path.split('.');
  const custom = 'custom_fields_values' in row ? row.custom_fields_values : [];
  const sent: unknown = Array.isArray(custom) ? custom[Number(place)] : undefined;
  const code = sentSchema.safeParse(sent).data?.field_code;
  return code === undefined ? null : code === 'PHONE' ? 'phones' : 'emails';
}

/** MaK's id of the lead that it carries; null when it carries none. */
export function leadIdOf(lead: Lead, { leadIdField }: AmocrmAccount): string | null {
  return leadIdField === null ? null : makIdIn(lead.custom_fields_values, leadIdField);
}

export function versionOfOfficeLead(
  lead: Lead,
  person: Party | null,
  account: AmocrmAccount,
): string {
  const values = valuesOfOfficeLead(lead, person, account);
  return versionOf(lead.updated_at, [values, lead.pipeline_id, lead.status_id, person?.id ?? null]);
}

function statusOf(name: string): string | null {
  return name === 'status_id' || name === 'pipeline_id' ? 'status' : null;
}

/** Of a field that is not there any more nobody knows what would stand in it: not nothing. */
function customOf(lead: Lead, field: CustomField | null | undefined): Json {
  if (field === undefined) return null;
  if (field === null) return { gone: true };
  const custom = lead.custom_fields_values?.find(({ field_id }) => field_id === field.id);
  const texts = (custom?.values ?? []).map(({ value }) => spelledName(textOf(value)));
  return texts.filter((text) => text !== null).join(', ') || null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function fieldGone(field: LeadField): WriteRefusal {
  return {
    code: 'field_gone',
    reason: `amoCRM has no such custom field for the ${field} any more. Choose another one in the settings of this connector, or none.`,
    field,
  };
}

/**
 * The list that is sent is the whole one there. What MaK has never taken in stays: numbers without a country and what is none, and
 * what is beyond those that a lead has at most.
 */
function waysOf(way: Way, wanted: readonly string[], before: Party | null, isOwn: boolean): object {
  const entries = entriesOf(way, before?.custom_fields_values ?? null);
  const isKept = ({ value }: (typeof entries)[number], place: number): boolean =>
    !isOwn || place >= MAX_CONTACT_WAYS || !isTakenIn(way, value);
  const kept = entries.filter(
    (entry, place) =>
      isKept(entry, place) && !wanted.some((one) => isSameWay(way, entry.value, one)),
  );
  const values = [
    ...wanted.map((value) => {
      const known = entries.find((one) => isSameWay(way, one.value, value));
      return known === undefined ? { value } : { value: known.value, ...kindOf(known) };
    }),
    ...kept.map((one) => ({ value: one.value, ...kindOf(one) })),
  ];
  return { field_code: way.toUpperCase(), values: values.length === 0 ? null : values };
}

/** Whether MaK reads it wherever it is at home; of a number without its country that depends on the tenant's. */
function isTakenIn(way: Way, value: unknown): boolean {
  if (way === 'email') return readEmail(spelledEmail(value) ?? '').ok;
  const text = spelledPhone(value);
  if (text?.startsWith('+') !== true) return false;
  const number = parsePhoneNumberFromString(text, { extract: false });
  return number?.isValid() === true && number.ext === undefined;
}

/** Digits of a number as people write it at home; of what is too short, something that no number ends with. */
function nationalOf(spelled: string | null): string {
  const digits = (spelled ?? '').slice(-NATIONAL);
  return digits.length === NATIONAL ? digits : ' ';
}

function textsOf(
  value: Json | undefined,
  spelled: (text: unknown) => string | null,
): readonly string[] {
  const list = Array.isArray(value) ? value : [];
  return [...new Set(list.map(spelled).filter((text) => text !== null))];
}

function listed(values: readonly string[]): Json {
  return values.length === 0 ? null : [...values];
}
