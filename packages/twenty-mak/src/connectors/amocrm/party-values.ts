import type { Values } from 'twenty-mak-domain';
import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { spelledEmail, spelledName, spelledPhone } from '../sync/index.ts';
import type { Here } from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import { customSchema, makIdIn } from './fields.ts';
import type { Custom, CustomFields } from './fields.ts';
import { ownerOf, responsibleFor } from './people.ts';

/** A contact or a company, as far as MaK knows of it. */
export const partySchema = z.object({
  id: z.int(),
  name: z.string().nullish(),
  responsible_user_id: z.int().nullish(),
  updated_at: z.int(),
  updated_by: z.int().nullish(),
  is_deleted: z.boolean().default(false),
  custom_fields_values: customSchema,
  _embedded: z
    .object({ companies: z.array(z.object({ id: z.int() })).default([]) })
    .default({ companies: [] }),
});
export type Party = z.output<typeof partySchema>;

/** Longest text of amoCRM's own, in characters. */
const LONGEST = 255;

/** MaK's fields that are custom fields there, by their codes, and how their values are spelled. */
const CODED = {
  email: { code: 'EMAIL', spelled: spelledEmail },
  phone: { code: 'PHONE', spelled: spelledPhone },
  position: { code: 'POSITION', spelled: textOf },
} as const;
type Coded = keyof typeof CODED;
const CODED_FIELDS = Object.keys(CODED) as readonly Coded[];

/** How records of one kind look. */
export interface PartyKind {
  readonly entity: 'contact' | 'company';
  readonly path: 'contacts' | 'companies';
  /** Values as amoCRM gives them back. */
  readonly stored: (values: Values) => Values;
  readonly valuesOf: (
    party: Party,
    account: AmocrmAccount,
    fields: CustomFields,
    here: Here,
  ) => Values;
  /** The row for these values of a party as it was before, or which of them amoCRM cannot have. */
  readonly rowOf: (
    values: Values,
    before: Party | null,
    account: AmocrmAccount,
    fields: CustomFields,
  ) => PartyRow | WriteRefusal;
  /** What to look for, so that nobody is there twice. */
  readonly sought: (values: Values) => readonly string[];
  readonly isSame: (values: Values, party: Party) => boolean;
}

export interface PartyRow {
  readonly name?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly responsible_user_id?: number;
  readonly custom_fields_values?: readonly object[];
}

/** People: one name here, first and last one there; the first address and the first number of each. */
export const CONTACTS: PartyKind = {
  entity: 'contact',
  path: 'contacts',
  stored: storedContactValues,
  valuesOf: (party, _account, { makId }, here) => ({
    id: makIdIn(party.custom_fields_values, makId),
    name: spelledName(party.name),
    ...Object.fromEntries(CODED_FIELDS.map((field) => [field, spelledOf(field, party)[0] ?? null])),
    company: here('company', party._embedded.companies[0]?.id),
  }),
  rowOf: (values, before, _account, { codes }) => ({
    ...('name' in values ? namesOf(values['name']) : {}),
    custom_fields_values: CODED_FIELDS.filter(
      (field) => field in values && codes.has(CODED[field].code),
    ).map((field) => codedOf(field, values[field], before)),
  }),
  sought: ({ email, phone }) =>
    [spelledEmail(email), spelledPhone(phone)].filter((one) => one !== null),
  // Of one number and different addresses or names there are several people in an office.
  isSame: ({ name, email, phone }, party) => {
    const emails = spelledOf('email', party);
    if (typeof email === 'string' && emails.length > 0) return emails.includes(email);
    const isCalledSo = isAlike(storedName(name), spelledName(party.name));
    return isCalledSo && typeof phone === 'string' && spelledOf('phone', party).includes(phone);
  },
};

export const COMPANIES: PartyKind = {
  entity: 'company',
  path: 'companies',
  stored: storedCompanyValues,
  valuesOf: (party, account, { makId }) => ({
    id: makIdIn(party.custom_fields_values, makId),
    name: textOf(party.name),
    owner: ownerOf(party.responsible_user_id, account),
  }),
  rowOf: (values, _before, account) => {
    const responsible = responsibleFor(values['owner'], account);
    if (typeof responsible === 'object') return responsible;
    const name = companyName(values['name']);
    return {
      ...(name === null ? {} : { name }),
      ...(responsible === undefined ? {} : { responsible_user_id: responsible }),
    };
  },
  sought: ({ name }) => [companyName(name)].filter((one) => one !== null),
  isSame: ({ name }, party) => isAlike(companyName(name), textOf(party.name)),
};

/** Values as amoCRM gives them back. */
export function storedContactValues(values: Values): Values {
  const { name, email, phone, position } = values;
  return {
    ...values,
    ...('name' in values ? { name: storedName(name) } : {}),
    ...('email' in values ? { email: spelledEmail(email) } : {}),
    ...('phone' in values ? { phone: spelledPhone(phone) } : {}),
    ...('position' in values ? { position: textOf(position) } : {}),
  };
}

export function storedCompanyValues(values: Values): Values {
  return 'name' in values ? { ...values, name: companyName(values['name']) } : values;
}

/** Which of MaK's fields a value of a row is. */
export function fieldOfParty(path: string, row: object): string | null {
  const [name = '', place = ''] = path.split('.');
  if (name === 'responsible_user_id') return 'owner';
  if (name.endsWith('name')) return 'name';
  const sent = z.array(z.object({ field_code: z.string().optional() }).optional());
  const custom = sent.safeParse((row as PartyRow).custom_fields_values).data ?? [];
  const code = name === 'custom_fields_values' ? custom[Number(place)]?.field_code : undefined;
  return CODED_FIELDS.find((field) => CODED[field].code === code) ?? null;
}

export function storedName(name: Values[string] | undefined): string | null {
  const { first_name, last_name } = namesOf(name);
  return spelledName(`${first_name} ${last_name}`);
}

export function namesOf(name: unknown): {
  readonly first_name: string;
  readonly last_name: string;
} {
  const [first = '', ...rest] = spelledName(name)?.split(' ') ?? [];
  return { first_name: first.slice(0, LONGEST), last_name: rest.join(' ').slice(0, LONGEST) };
}

/** All values of a custom field that has a code, in one spelling. */
export function spelledOf(
  field: Coded,
  { custom_fields_values: custom }: Party,
): readonly string[] {
  return entriesOf(field, custom)
    .map(({ value }) => CODED[field].spelled(value))
    .filter((one) => one !== null);
}

export function entriesOf(field: Coded, custom: Custom): NonNullable<Custom>[number]['values'] {
  return custom?.find(({ field_code }) => field_code === CODED[field].code)?.values ?? [];
}

/** The list that is sent is the whole one there, so what else stands in it goes along; the first one keeps its kind. */
function codedOf(field: Coded, value: Values[string] | undefined, before: Party | null): object {
  const { code, spelled } = CODED[field];
  const entries = entriesOf(field, before?.custom_fields_values);
  const main = entries.find((one) => spelled(one.value) !== null);
  const others = entries.filter((one) => one !== main && spelled(one.value) !== value);
  const kept = others.map((one) => ({ value: one.value, ...kindOf(one) }));
  const values =
    typeof value === 'string' && value !== ''
      ? [{ value, ...(main === undefined ? {} : kindOf(main)) }, ...kept]
      : kept;
  return { field_code: code, values: values.length === 0 ? null : values };
}

export function kindOf({ enum_id }: { readonly enum_id?: number | null | undefined }): object {
  return enum_id == null ? {} : { enum_id };
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

function companyName(name: unknown): string | null {
  return textOf(textOf(name)?.slice(0, LONGEST));
}

/** Letters large or small aside; nothing is like nothing. */
function isAlike(one: string | null, other: string | null): boolean {
  return one !== null && one.toLowerCase() === other?.toLowerCase();
}
