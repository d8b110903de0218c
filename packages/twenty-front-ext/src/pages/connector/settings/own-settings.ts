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
}

export interface OwnPairs {
  readonly people: readonly Pair[];
  readonly statuses: readonly Pair[];
  readonly warehouses: readonly Pair[];
}

interface OwnText {
  readonly field: keyof OwnTexts;
  readonly member: string;
  readonly kind: 'text' | 'number';
  /** Null is sent for nothing. */
  readonly optional?: boolean;
  /** Before it is set up. */
  readonly first?: string;
}

interface OwnShape {
  readonly texts: readonly OwnText[];
  readonly pairs: readonly (keyof OwnPairs)[];
  /** What pairs name there. */
  readonly there: 'text' | 'number';
  /** Nothing but MaK and the other system has to know with what messages are signed. */
  readonly signsMessages: boolean;
}

const ADDRESS = { field: 'address', member: 'address', kind: 'text' } as const;
const CALLS = { field: 'callsPerMinute', member: 'calls_per_minute', kind: 'number' } as const;

const SHAPES: Readonly<Record<string, OwnShape>> = {
  twenty: {
    // What twenty allows a workspace in a minute unless its operator has raised that.
    texts: [ADDRESS, { ...CALLS, first: '100' }],
    pairs: ['people'],
    there: 'text',
    signsMessages: true,
  },
  amocrm: {
    // Its address is that of the consent.
    texts: [
      { field: 'nobody', member: 'nobody', kind: 'text', optional: true },
      { field: 'defaultOwner', member: 'default_owner', kind: 'text', optional: true },
    ],
    pairs: ['people'],
    there: 'text',
    signsMessages: false,
  },
  keycrm: {
    texts: [
      { ...ADDRESS, first: 'https://openapi.keycrm.app/v1' },
      { ...CALLS, first: '60' },
      { field: 'source', member: 'source', kind: 'number' },
      { field: 'paymentMethod', member: 'payment_method', kind: 'number', optional: true },
    ],
    pairs: ['statuses', 'warehouses'],
    there: 'number',
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
  return shape.texts.some((one) => one.field === field) || shape.pairs.some((one) => one === field);
}

export function ownValuesOf(key: string, settings: unknown): OwnTexts & OwnPairs {
  const { texts = [], pairs = [] } = shapeOf(key) ?? {};
  const values: Record<string, string> = {};
  for (const { field, member, first = '' } of texts) {
    const stored = memberOf(settings, member);
    values[field] = textOf(stored) || first;
  }
  const lists: Record<string, readonly Pair[]> = {};
  for (const name of pairs) {
    const stored = memberOf(settings, name);
    lists[name] = Array.isArray(stored) ? stored.map((one) => pairOf(one, key)) : [];
  }
  return { ...NO_TEXTS, ...NO_PAIRS, ...values, ...lists };
}

/** As they are sent; rows without anything in them are left out. */
export function ownSettings(
  key: string,
  values: OwnTexts & OwnPairs,
): Readonly<Record<string, unknown>> {
  const { texts = [], pairs = [], there = 'text' } = shapeOf(key) ?? {};
  const written = (text: string, kind: 'text' | 'number'): unknown =>
    kind === 'number' ? Number(text.trim()) : text.trim();
  return {
    ...Object.fromEntries(
      texts.map(({ field, member, kind, optional = false }) => [
        member,
        optional && values[field].trim() === '' ? null : written(values[field], kind),
      ]),
    ),
    ...Object.fromEntries(
      pairs.map((name) => [
        name,
        values[name]
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
};
const NO_PAIRS: OwnPairs = { people: [], statuses: [], warehouses: [] };

function pairOf(value: unknown, key: string): Pair {
  return { mak: textOf(memberOf(value, 'mak')), there: textOf(memberOf(value, key)) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
