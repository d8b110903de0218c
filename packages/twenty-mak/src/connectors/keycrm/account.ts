import { createHash } from 'node:crypto';
import type { OrderStatus } from 'twenty-mak-domain';
import { RemoteFailure } from '../sync/index.ts';
import type { RemoteOption } from '../sync/index.ts';
import type { KeyCrmApi } from './api.ts';
import { segmentFieldOf, segmentFieldsAmong } from './buyer-segments.ts';
import type { SegmentField } from './buyer-segments.ts';
import type { KeyCrmSettings } from './settings.ts';

/** What records of an account refer to, and what of it is which of MaK's. */
export interface KeyCrmAccount {
  /** By what it is known again: KeyCRM gives an account no name. */
  readonly marks: readonly string[];
  /** The source of orders from MaK, and the currency of its money. */
  readonly sourceId: string;
  readonly currency: string;
  /** By source. */
  readonly currencies: ReadonlyMap<string, string>;
  readonly statuses: readonly KeyCrmStatus[];
  /** Which status here stands for one there, where an admin has said so. */
  readonly chosen: ReadonlyMap<string, OrderStatus>;
  readonly paymentMethodId: string;
  /** Warehouses there, by those here. */
  readonly warehouses: ReadonlyMap<string, string>;
  /** Articles in one call. */
  readonly batch: number;
  /** Null: segments stay here. */
  readonly segmentField: SegmentField | null;
}

export interface KeyCrmStatus {
  readonly id: string;
  readonly groupId: string;
}

/** What KeyCRM's groups of statuses mean; no call tells their names. */
const GROUPS: Readonly<Record<string, OrderStatus>> = {
  1: 'new',
  2: 'approved',
  3: 'in_work',
  4: 'shipped',
  5: 'done',
  6: 'cancelled',
};
/** The group of a status, and where to look when an account has none of it. */
const GROUPS_OF: Readonly<Record<OrderStatus, readonly string[]>> = {
  new: ['1'],
  approved: ['2', '3'],
  in_work: ['3', '2'],
  shipped: ['4'],
  done: ['5'],
  cancelled: ['6'],
};

/** The oldest lines that an account is known by, of all lists. */
const MARKS = 100;

/** Reads an account. Rejects with a `RemoteFailure`, `blocked` when the settings name what is not there. */
export async function readAccount(
  api: KeyCrmApi,
  settings: KeyCrmSettings,
): Promise<KeyCrmAccount> {
  const sources = await api.list('sources');
  const statuses = await api.list('statuses');
  const methods = await api.list('paymentMethods');
  const currencies = new Map(
    sources.flatMap(({ id, currency_code }): [string, string][] =>
      currency_code == null ? [] : [[id, currency_code]],
    ),
  );
  const sourceId = String(settings.source);
  const currency = currencies.get(sourceId);
  if (currency === undefined) throw missing('source', sourceId);
  const wanted = settings.payment_method === null ? undefined : String(settings.payment_method);
  const method = methods.find(({ id }) => wanted === undefined || id === wanted);
  if (method === undefined) throw missing('payment method', wanted ?? '');
  const { segment_field: uuid } = settings;
  return {
    marks: marksOf({ sources, statuses, methods }),
    sourceId,
    currency,
    currencies,
    statuses: statuses.map(({ id, group_id }) => ({ id, groupId: group_id })),
    chosen: new Map(settings.statuses.map(({ mak, keycrm }) => [String(keycrm), mak])),
    paymentMethodId: method.id,
    warehouses: new Map(settings.warehouses.map(({ mak, keycrm }) => [mak, String(keycrm)])),
    batch: settings.batch,
    segmentField: uuid === null ? null : segmentFieldOf(await api.customFields(), uuid),
  };
}

interface Line {
  readonly id: string;
  readonly name: string;
  readonly created_at?: number | null | undefined;
}

/**
 * Accounts count their lists from one and begin with the same names. When a line was made says more; where KeyCRM tells that of
 * none, the names have to do.
 */
export function marksOf(lists: Readonly<Record<string, readonly Line[]>>): readonly string[] {
  const lines = Object.entries(lists).flatMap(([list, rows]) =>
    byId(rows).map((row) => ({ list, ...row })),
  );
  const dated = lines.filter(({ created_at }) => created_at != null);
  return (dated.length > 0 ? dated : lines).slice(0, MARKS).map(({ list, id, name, created_at }) =>
    createHash('sha256')
      .update(JSON.stringify([list, id, created_at ?? name]))
      .digest('base64url')
      .slice(0, 16),
  );
}

/** What settings may name. Rejects with a `RemoteFailure`. */
export async function readOptions(api: KeyCrmApi): Promise<readonly RemoteOption[]> {
  // KeyCRM lists the newest first.
  const sources = byId(await api.list('sources'));
  const statuses = byId(await api.list('statuses'));
  const methods = byId(await api.list('paymentMethods'));
  const fields = segmentFieldsAmong(await api.customFields());
  return [
    // Only what says its currency can be the source.
    ...sources.flatMap(({ id, name, currency_code }) =>
      currency_code == null
        ? []
        : [{ setting: 'source', value: id, title: `${name} (${currency_code})` }],
    ),
    ...statuses.map(({ id, name }) => ({ setting: 'statuses', value: id, title: name })),
    ...methods.map(({ id, name }) => ({ setting: 'payment_method', value: id, title: name })),
    ...fields.map(({ uuid, name }) => ({ setting: 'segment_field', value: uuid, title: name })),
  ];
}

/** The status here for one there; what belongs to no group that is known is being worked on. */
export function statusHere(
  { chosen }: KeyCrmAccount,
  statusId: string,
  groupId: string | null | undefined,
): OrderStatus {
  return chosen.get(statusId) ?? GROUPS[groupId ?? ''] ?? 'in_work';
}

/** The status there for one here; null when the account has none. */
export function statusThere({ chosen, statuses }: KeyCrmAccount, status: string): string | null {
  const named = [...chosen].find(
    ([id, mak]) => mak === status && statuses.some((one) => one.id === id),
  );
  if (named !== undefined) return named[0];
  for (const group of GROUPS_OF[status as OrderStatus] ?? []) {
    const known = statuses.find(({ id, groupId }) => groupId === group && !chosen.has(id));
    if (known !== undefined) return known.id;
  }
  return null;
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((one, other) => Number(one.id) - Number(other.id));
}

function missing(what: string, id: string): RemoteFailure {
  return new RemoteFailure(
    'blocked',
    `KeyCRM has no ${what} ${id}. Name one that is there in the settings of this connector.`,
  );
}
