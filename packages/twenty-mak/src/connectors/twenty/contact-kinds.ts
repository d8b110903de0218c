import type { Json } from 'twenty-mak-domain';
import { z } from 'zod';
import type { FieldKind, Reference, TwentyRow } from './field-kinds.ts';

/*
 * How companies and people look in twenty. MaK's side is one text each, in one spelling for equal values.
 */

/** First word and the rest; MaK keeps one name. */
export const fullName: FieldKind = {
  selection: (name) => `${name} { firstName lastName }`,
  read: (row, name) => {
    const read = nameSchema.safeParse(row[name]).data;
    return wordsOf(`${read?.firstName ?? ''} ${read?.lastName ?? ''}`);
  },
  stored: wordsOf,
  write: (value, name) => {
    const [firstName = '', ...rest] = wordsOf(value)?.split(' ') ?? [];
    return { [name]: { firstName, lastName: rest.join(' ') } };
  },
  reference: () => null,
};

/** The first address; further ones are twenty's own. */
export const email: FieldKind = {
  selection: (name) => `${name} { primaryEmail }`,
  read: (row, name) => emailOf(emailsSchema.safeParse(row[name]).data?.primaryEmail),
  stored: emailOf,
  write: (value, name) => ({ [name]: { primaryEmail: emailOf(value) ?? '' } }),
  reference: () => null,
};

/** twenty takes numbers with their country only; others stay in MaK. */
export const phone: FieldKind = {
  selection: (name) => `${name} { primaryPhoneNumber primaryPhoneCallingCode additionalPhones }`,
  read: (row, name) => {
    const read = phonesSchema.safeParse(row[name]).data;
    return phoneOf(`${read?.primaryPhoneCallingCode ?? ''}${read?.primaryPhoneNumber ?? ''}`);
  },
  stored: (value) => (phoneOf(value)?.startsWith('+') === true ? phoneOf(value) : null),
  write: (value, name): TwentyRow => {
    const number = phoneOf(value);
    if (number === null) return { [name]: NO_PHONE };
    return number.startsWith('+') ? { [name]: { primaryPhoneNumber: number } } : {};
  },
  // twenty drops all further numbers when the first one is written without them.
  keep: (row, name) => {
    const { additionalPhones = null } = phonesSchema.safeParse(row[name]).data ?? {};
    return additionalPhones === null ? {} : { additionalPhones };
  },
  reference: () => null,
};

/** The name of the host; twenty may have a whole address. */
export const domain: FieldKind = {
  selection: (name) => `${name} { primaryLinkUrl }`,
  read: (row, name) => domainOf(linkSchema.safeParse(row[name]).data?.primaryLinkUrl),
  stored: domainOf,
  write: (value, name) => ({ [name]: { primaryLinkUrl: domainOf(value) ?? '' } }),
  reference: () => null,
};

/** A record that either side may have first; in MaK's terms its id there, or what twenty calls it while MaK does not have it. */
export function party(entity: string): FieldKind {
  const reference = (value: Json): Reference | null =>
    typeof value === 'string' ? { kind: 'record', entity, localId: value } : null;
  const remoteIdOf = (row: TwentyRow, name: string): string | null =>
    relatedSchema.safeParse(row[name]).data?.id ?? null;
  return {
    selection: (name) => `${name} { id }`,
    read: (row, name, { localOf }) => {
      const remoteId = remoteIdOf(row, name);
      return remoteId === null ? null : (localOf(entity, remoteId) ?? { unknown: remoteId });
    },
    stored: (value) => value,
    write: (value, name, { idOf }) => {
      const wanted = reference(value);
      return { [`${name}Id`]: wanted === null ? null : idOf(wanted) };
    },
    reference,
    refersTo: (row, name) => {
      const remoteId = remoteIdOf(row, name);
      return remoteId === null ? null : { entity, remoteId };
    },
  };
}

const nameSchema = z.object({ firstName: z.string().nullish(), lastName: z.string().nullish() });
const emailsSchema = z.object({ primaryEmail: z.string().nullish() });
const phonesSchema = z.object({
  primaryPhoneNumber: z.string().nullish(),
  primaryPhoneCallingCode: z.string().nullish(),
  additionalPhones: z.unknown().optional(),
});
const linkSchema = z.object({ primaryLinkUrl: z.string().nullish() });
const relatedSchema = z.object({ id: z.string() });

const NO_PHONE = {
  primaryPhoneNumber: '',
  primaryPhoneCountryCode: '',
  primaryPhoneCallingCode: '',
};

function wordsOf(value: unknown): string | null {
  const words = typeof value === 'string' ? value.trim().split(/\s+/).join(' ') : '';
  return words === '' ? null : words;
}

function emailOf(value: unknown): string | null {
  return wordsOf(value)?.toLowerCase() ?? null;
}

function phoneOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const digits = value.replace(/\D/g, '');
  if (digits === '') return null;
  return value.trim().startsWith('+') ? `+${digits}` : digits;
}

function domainOf(value: unknown): string | null {
  const host = wordsOf(value)
    ?.toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .split(/[/?#:]/, 1)[0];
  return host === undefined || host === '' ? null : host;
}
