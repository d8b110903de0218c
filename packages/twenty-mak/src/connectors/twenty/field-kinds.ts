import { formatInstant, minorUnits, parseInstant } from 'twenty-mak-domain';
import type { Json } from 'twenty-mak-domain';
import { z } from 'zod';

/** A record as twenty gives it, unchecked. */
export type TwentyRow = Readonly<Record<string, unknown>>;

/** What a value refers to and has to be found in twenty before it can be written. */
export type Reference =
  /** A person, by the e-mail address that they have in MaK. */
  | { readonly kind: 'member'; readonly email: string }
  /** A record of another entity, by the id that it has in MaK. */
  | { readonly kind: 'record'; readonly entity: string; readonly localId: string }
  /** A record of another entity, by the id that it has in twenty; it may be gone. */
  | { readonly kind: 'remote'; readonly entity: string; readonly remoteId: string };

/** Answers of twenty's ids; null for what is not there. */
export interface References {
  readonly idOf: (reference: Reference) => string | null;
  /** The e-mail address in MaK of whoever has this one in twenty. */
  readonly personOf: (email: string) => string;
  /** MaK's id of a record of twenty; null when MaK does not have it. */
  readonly localOf: (entity: string, remoteId: string) => string | null;
}

/** How values of one type look in twenty, whose field has this `name`. */
export interface FieldKind {
  /** What is asked of a record. */
  readonly selection: (name: string) => string;
  readonly read: (row: TwentyRow, name: string, references: References) => Json;
  /** The value as twenty gives it back once it has taken it. */
  readonly stored: (value: Json) => Json;
  readonly write: (value: Json, name: string, references: References) => TwentyRow;
  readonly reference: (value: Json) => Reference | null;
  /** Without records of the kind that it refers to the field is not synced. */
  readonly needsKind?: true;
  /** The record of another kind that it leads to and that either side may have first. */
  readonly refersTo?: (
    row: TwentyRow,
    name: string,
  ) => { readonly entity: string; readonly remoteId: string } | null;
  /** Parts of a record's value that twenty drops unless they are written again. */
  readonly keep?: (row: TwentyRow, name: string) => TwentyRow;
}

const PLAIN = {
  selection: (name: string) => name,
  write: (value: Json, name: string): TwentyRow => ({ [name]: value }),
  reference: () => null,
};

/** twenty has no empty text beside none: it keeps both as an empty one. */
export const text: FieldKind = {
  ...PLAIN,
  read: (row, name) => textOf(row[name]),
  stored: textOf,
  write: (value, name) => ({ [name]: value ?? '' }),
};

/** Numbers, flags. */
export const plain: FieldKind = {
  ...PLAIN,
  read: (row, name) => z.union([z.number(), z.boolean()]).nullable().catch(null).parse(row[name]),
  stored: (value) => value,
};

/** RFC 3339, to the millisecond. */
export const instant: FieldKind = {
  ...PLAIN,
  read: (row, name) => instantOf(row[name]),
  stored: instantOf,
};

/** A list of texts; there is no none beside an empty one. */
export const list: FieldKind = {
  ...PLAIN,
  read: (row, name) => listOf(row[name]),
  stored: listOf,
  write: (value, name) => ({ [name]: listOf(value) }),
};

/** One of a fixed list, which twenty writes in capitals. */
export const choice: FieldKind = {
  ...PLAIN,
  read: (row, name) => textOf(row[name])?.toLowerCase() ?? null,
  stored: textOf,
  write: (value, name) => ({ [name]: textOf(value)?.toUpperCase() ?? null }),
};

/** One of a list that the workspace may change, as it is called there. */
export const option: FieldKind = {
  ...PLAIN,
  read: (row, name) => textOf(row[name]),
  stored: textOf,
};

/** `{minor, currency}`; twenty counts in millionths of the currency. */
export const money: FieldKind = {
  ...PLAIN,
  selection: (name) => `${name} { amountMicros currencyCode }`,
  read: (row, name) => moneyOf(row[name]),
  stored: (value) => moneyOf(microsOf(value)),
  // Of `amount: null` twenty makes nothing; both parts have to be named.
  write: (value, name) => ({ [name]: microsOf(value) }),
};

/** A person, in MaK's terms their e-mail address. */
export const member: FieldKind = {
  ...PLAIN,
  selection: (name) => `${name} { userEmail }`,
  read: (row, name, { personOf }) => {
    const email = memberSchema.parse(row[name])?.userEmail?.toLowerCase();
    return email === undefined ? null : personOf(email);
  },
  stored: textOf,
  write: (value, name, { idOf }) => {
    const reference = member.reference(value);
    return { [`${name}Id`]: reference === null ? null : idOf(reference) };
  },
  reference: (value) => {
    const email = textOf(value);
    return email === null ? null : { kind: 'member', email };
  },
};

/** A record of another entity, in MaK's terms its id there, which the record carries. */
export function record(entity: string): FieldKind {
  const reference = (value: Json): Reference | null => {
    const localId = textOf(value);
    return localId === null ? null : { kind: 'record', entity, localId };
  };
  return {
    selection: (name) => `${name} { makId }`,
    read: (row, name) => textOf(relatedSchema.parse(row[name])?.makId),
    stored: textOf,
    write: (value, name, { idOf }) => {
      const wanted = reference(value);
      return { [`${name}Id`]: wanted === null ? null : idOf(wanted) };
    },
    reference,
  };
}

/** The same, of an entity that a tenant may leave out: then the field is left out too. */
export function recordIfSynced(entity: string): FieldKind {
  return { ...record(entity), needsKind: true };
}

/** A record of another entity, in MaK's terms the id that it has in twenty. */
export function remoteRecord(entity: string): FieldKind {
  const reference = (value: Json): Reference | null => {
    const remoteId = textOf(value);
    return remoteId === null ? null : { kind: 'remote', entity, remoteId };
  };
  return {
    // The relation itself is none when the record lies in the bin.
    selection: (name) => `${name}Id`,
    read: (row, name) => textOf(row[`${name}Id`]),
    stored: textOf,
    write: (value, name, { idOf }) => {
      const wanted = reference(value);
      return { [`${name}Id`]: wanted === null ? null : idOf(wanted) };
    },
    reference,
  };
}

const memberSchema = z.object({ userEmail: z.string().nullish() }).nullish();
const relatedSchema = z.object({ makId: z.string().nullish() }).nullish();
const microsSchema = z.object({
  amountMicros: z.number(),
  currencyCode: z.string().nullish(),
});
const moneySchema = z.object({ minor: z.number(), currency: z.string() });

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function listOf(value: unknown): string[] {
  return z.array(z.string()).catch([]).parse(value);
}

function instantOf(value: unknown): string | null {
  const read = typeof value === 'string' ? parseInstant(value) : null;
  return read === null ? null : formatInstant(read);
}

const NO_MONEY = { amountMicros: null, currencyCode: null };

function microsOf(value: Json): { amountMicros: number | null; currencyCode: string | null } {
  const { data } = moneySchema.safeParse(value);
  if (data === undefined) return NO_MONEY;
  return { amountMicros: data.minor * microsPerMinor(data.currency), currencyCode: data.currency };
}

/** Fractions of the smallest unit, which twenty lets people write, are rounded. */
function moneyOf(value: unknown): Json {
  const read = microsSchema.safeParse(value).data;
  if (read === undefined) return null;
  const currency = read.currencyCode ?? '';
  return { minor: Math.round(read.amountMicros / microsPerMinor(currency)), currency };
}

function microsPerMinor(currency: string): number {
  return 10 ** (6 - minorUnits(currency));
}
