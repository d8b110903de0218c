import type { Order, OrderSums } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';

/** Instants are milliseconds. */
export interface OrderRow extends Order, OrderSums {
  readonly id: string;
  readonly number: string;
  /** The client that the order names now; null when its key names none any more. */
  readonly client_id: string | null;
  readonly currency: string;
  readonly ordered_at: number;
  readonly closed_at: number | null;
  readonly version: number;
  readonly created_at: number;
  readonly updated_at: number;
}

/** What of an order can be written. */
export type OrderFields = Omit<
  OrderRow,
  'id' | 'client_id' | 'version' | 'created_at' | 'updated_at'
> & {
  /** A key of the client. */
  readonly client: string;
};

export interface OrderFilter {
  /** Beginning of the number. */
  readonly text?: string | undefined;
  readonly status?: string | undefined;
  readonly payment_status?: string | undefined;
  /** Any key of the client. */
  readonly client?: string | undefined;
}

/** Milliseconds. */
export interface OrderPosition {
  readonly at: number;
  readonly id: string;
}

const PLAIN = [
  ...['number', 'status', 'currency', 'lines', 'discount', 'shipping_price', 'payments', 'total'],
  ...['paid', 'payment_status', 'comment', 'carrier', 'tracking_code', 'ordered_at', 'closed_at'],
] as const satisfies readonly (keyof OrderFields)[];
const FIELDS = ['client_id', ...PLAIN] as const;
/** The key that was given goes on naming whoever the client has become. */
const CLIENT = `(SELECT k.client_id FROM client_key k WHERE k.tenant_id = o.tenant_id AND k.key = o.client_id) AS client_id`;
export const COLUMNS = [
  CLIENT,
  ...['id', ...PLAIN, 'version', 'created_at', 'updated_at'].map((column) => `o.${column}`),
].join(', ');

/** `lock` holds the order until the transaction ends. */
export async function findOrder(
  tx: Transaction,
  tenantId: string,
  id: string,
  lock = false,
): Promise<(OrderRow & { readonly client: string }) | undefined> {
  const [row] = await tx.query<OrderRow & { client: string }>(
    `SELECT ${COLUMNS}, o.client_id AS client FROM sales_order o
     WHERE o.tenant_id = $1 AND o.id = $2${lock ? ' FOR UPDATE OF o' : ''}`,
    [tenantId, id],
  );
  return row;
}

/** The newest first. */
export async function listOrders(
  tx: Transaction,
  tenantId: string,
  { text, status, payment_status, client }: OrderFilter,
  after: OrderPosition | null,
  limit: number,
): Promise<OrderRow[]> {
  return tx.query<OrderRow>(
    `SELECT ${COLUMNS} FROM sales_order o
     WHERE o.tenant_id = $1 AND ($2::text IS NULL OR o.number ILIKE $2 || '%')
       AND ($3::text IS NULL OR o.status = $3) AND ($4::text IS NULL OR o.payment_status = $4)
       AND ($5::text IS NULL OR o.client_id IN (
         SELECT other.key FROM client_key k JOIN client_key other
           ON other.tenant_id = k.tenant_id AND other.client_id = k.client_id
         WHERE k.tenant_id = $1 AND k.key = $5))
       AND ($6::timestamptz IS NULL OR (o.ordered_at, o.id) < ($6::timestamptz, $7::uuid))
     ORDER BY o.ordered_at DESC, o.id DESC LIMIT $8`,
    [
      tenantId,
      text?.replace(/[\\%_]/g, '\\$&') ?? null,
      status ?? null,
      payment_status ?? null,
      client ?? null,
      after === null ? null : new Date(after.at),
      after?.id ?? null,
      limit,
    ],
  );
}

/** Undefined when another order has the number. */
export async function insertOrder(
  tx: Transaction,
  tenantId: string,
  id: string,
  fields: OrderFields,
): Promise<OrderRow | undefined> {
  const places = FIELDS.map((_field, index) => `$${index + 3}`).join(', ');
  const [row] = await tx.query<OrderRow>(
    `INSERT INTO sales_order AS o (tenant_id, id, ${FIELDS.join(', ')}) VALUES ($1, $2, ${places})
     ON CONFLICT (tenant_id, number) DO NOTHING RETURNING ${COLUMNS}`,
    [tenantId, id, ...valuesOf(fields)],
  );
  return row;
}

/** The number of an order stays what it was. */
export async function updateOrder(
  tx: Transaction,
  tenantId: string,
  id: string,
  fields: OrderFields,
): Promise<OrderRow> {
  const set = FIELDS.map((field, index) => `${field} = $${index + 3}`).join(', ');
  const [row] = await tx.query<OrderRow>(
    `UPDATE sales_order o SET ${set}, version = version + 1, updated_at = now()
     WHERE o.tenant_id = $1 AND o.id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, ...valuesOf(fields)],
  );
  return row as OrderRow;
}

/** Whether a key names a client. */
export async function clientExists(
  tx: Transaction,
  tenantId: string,
  key: string,
): Promise<boolean> {
  const rows = await tx.query('SELECT FROM client_key WHERE tenant_id = $1 AND key = $2', [
    tenantId,
    key,
  ]);
  return rows.length > 0;
}

function valuesOf(fields: OrderFields): unknown[] {
  const { client, lines, payments, ordered_at, closed_at, ...same } = fields;
  const written = {
    ...same,
    client_id: client,
    lines: JSON.stringify(lines),
    payments: JSON.stringify(payments),
    ordered_at: new Date(ordered_at),
    closed_at: closed_at === null ? null : new Date(closed_at),
  };
  return FIELDS.map((field) => written[field]);
}
