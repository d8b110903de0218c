import { memberOf } from '../../../app/data/member-of.ts';

/** Something of MaK and what it is in the other system, as it is typed. */
export interface Pair {
  readonly mak: string;
  readonly there: string;
}

/** What connectors have of their own; of each only some. Numbers as they are typed, empty: none. */
export interface OwnTexts {
  readonly address: string;
  readonly callsPerMinute: string;
  /** E-mail address there of who is responsible for what has no owner here. */
  readonly nobody: string;
  /** E-mail address here of who owns what nobody here is responsible for there. */
  readonly defaultOwner: string;
  readonly source: string;
  readonly paymentMethod: string;
  /** Uuid of the field there that shows the segments of a client. */
  readonly segmentField: string;
  /** Records in one call. */
  readonly batch: string;
}

export interface OwnFlags {
  /** Clients go over also when nothing that is synced names them. */
  readonly allCustomers: boolean;
  /** Messages of the other system are looked at as soon as they come. */
  readonly realTime: boolean;
}

export interface OwnPairs {
  readonly people: readonly Pair[];
  readonly statuses: readonly Pair[];
  readonly warehouses: readonly Pair[];
}

export type OwnValues = OwnTexts & OwnFlags & OwnPairs;

interface OwnText {
  readonly field: keyof OwnTexts;
  readonly member: string;
  readonly kind: 'text' | 'number';
  /** Null is sent for nothing. */
  readonly optional?: boolean;
  /** Before it is set up. */
  readonly first?: string;
}

interface OwnFlag {
  readonly field: keyof OwnFlags;
  readonly member: string;
  /** Before it is set. */
  readonly first: boolean;
}

interface OwnPair {
  readonly field: keyof OwnPairs;
  /** What it names there. */
  readonly there: 'text' | 'number';
}

interface OwnShape {
  readonly texts: readonly OwnText[];
  readonly flags?: readonly OwnFlag[];
  readonly pairs: readonly OwnPair[];
  /** Nothing but MaK and the other system has to know with what messages are signed. */
  readonly signsMessages: boolean;
}

const ADDRESS = { field: 'address', member: 'address', kind: 'text' } as const;
const PEOPLE = { field: 'people', there: 'text' } as const;
const CALLS = { field: 'callsPerMinute', member: 'calls_per_minute', kind: 'number' } as const;

const SHAPES: Readonly<Record<string, OwnShape>> = {
  twenty: {
    // What twenty allows a workspace in a minute unless its operator has raised that.
    texts: [ADDRESS, { ...CALLS, first: '100' }],
    pairs: [PEOPLE],
    signsMessages: true,
  },
  amocrm: {
    // Its address is that of the consent.
    texts: [
      { field: 'nobody', member: 'nobody', kind: 'text', optional: true },
      { field: 'defaultOwner', member: 'default_owner', kind: 'text', optional: true },
    ],
    pairs: [PEOPLE],
    signsMessages: false,
  },
  keycrm: {
    texts: [
      { ...ADDRESS, first: 'https://openapi.keycrm.app/v1' },
      { ...CALLS, first: '60' },
      { field: 'source', member: 'source', kind: 'number' },
      { field: 'paymentMethod', member: 'payment_method', kind: 'number', optional: true },
      { field: 'segmentField', member: 'segment_field', kind: 'text', optional: true },
      { field: 'batch', member: 'batch', kind: 'number', first: '50' },
    ],
    flags: [
      { field: 'allCustomers', member: 'all_customers', first: false },
      { field: 'realTime', member: 'real_time', first: true },
    ],
    pairs: [
      { field: 'statuses', there: 'number' },
      { field: 'warehouses', there: 'number' },
      PEOPLE,
    ],
    signsMessages: true,
  },
};

/** Null: this page has no form for the connector. */
export function shapeOf(key: string): OwnShape | null {
  return new Map(Object.entries(SHAPES)).get(key) ?? null;
}

export function has(key: string, field: keyof OwnTexts | keyof OwnPairs): boolean {
  const shape = shapeOf(key);
  if (shape === null) return false;
  return (
    shape.texts.some((one) => one.field === field) || shape.pairs.some((one) => one.field === field)
  );
}

export function ownValuesOf(key: string, settings: unknown): OwnValues {
  const { texts = [], flags = [], pairs = [] } = shapeOf(key) ?? {};
  const values: Record<string, string> = {};
  for (const { field, member, first = '' } of texts) {
    const stored = memberOf(settings, member);
    values[field] = textOf(stored) || first;
  }
  const chosen: Record<string, boolean> = {};
  for (const { field, member, first } of flags) {
    const stored = memberOf(settings, member);
    chosen[field] = typeof stored === 'boolean' ? stored : first;
  }
  const lists: Record<string, readonly Pair[]> = {};
  for (const { field } of pairs) {
    const stored = memberOf(settings, field);
    lists[field] = Array.isArray(stored) ? stored.map((one) => pairOf(one, key)) : [];
  }
  return { ...NO_TEXTS, ...NO_FLAGS, ...NO_PAIRS, ...values, ...chosen, ...lists };
}

/** As they are sent; rows without anything in them are left out. */
export function ownSettings(key: string, values: OwnValues): Readonly<Record<string, unknown>> {
  const { texts = [], flags = [], pairs = [] } = shapeOf(key) ?? {};
  const written = (text: string, kind: 'text' | 'number'): unknown =>
    kind === 'number' ? Number(text.trim()) : text.trim();
  return {
    ...Object.fromEntries(
      texts.map(({ field, member, kind, optional = false }) => [
        member,
        optional && values[field].trim() === '' ? null : written(values[field], kind),
      ]),
    ),
    ...Object.fromEntries(flags.map(({ field, member }) => [member, values[field]])),
    ...Object.fromEntries(
      pairs.map(({ field, there }) => [
        field,
        values[field]
          .filter((pair) => pair.mak.trim() !== '' || pair.there.trim() !== '')
          .map((pair) => ({ mak: pair.mak.trim(), [key]: written(pair.there, there) })),
      ]),
    ),
  };
}

const NO_TEXTS: OwnTexts = {
  address: '',
  callsPerMinute: '',
  nobody: '',
  defaultOwner: '',
  source: '',
  paymentMethod: '',
  segmentField: '',
  batch: '',
};
const NO_FLAGS: OwnFlags = { allCustomers: false, realTime: true };
const NO_PAIRS: OwnPairs = { people: [], statuses: [], warehouses: [] };

function pairOf(value: unknown, key: string): Pair {
  return { mak: textOf(memberOf(value, 'mak')), there: textOf(memberOf(value, key)) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
