import type { Transaction } from '../../platform/database/index.ts';

type Language = 'en' | 'ru' | 'uk';

/** A calendar as in pipeline definitions, with its key there. */
export interface NamedCalendar {
  readonly name: string;
  readonly calendar: Record<string, unknown>;
}

export interface TenantRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly currency: string;
  readonly time_zone: string;
  readonly locale: Language;
  readonly languages: Language[];
  readonly working_calendar: NamedCalendar | null;
  /** Milliseconds. */
  readonly clock_frozen_at: number | null;
  readonly escalation: boolean;
  /** Origin of the twenty that may embed our pages. */
  readonly twenty_url: string | null;
  readonly registration_open: boolean;
  readonly privacy_url: string | null;
  /** Whether partners and franchisees need a second factor. */
  readonly company_totp: boolean;
  readonly demo: boolean;
  readonly version: number;
  /** Milliseconds. */
  readonly created_at: number;
}

/** What a new tenant begins with by default. */
type SetLater =
  | ('languages' | 'working_calendar' | 'registration_open' | 'privacy_url' | 'company_totp')
  | ('version' | 'created_at');

const COLUMNS =
  'id, key, name, currency, time_zone, locale, languages, working_calendar, clock_frozen_at, escalation, twenty_url, registration_open, privacy_url, company_totp, demo, version, created_at';

const EDITABLE = [
  ...(['name', 'currency', 'time_zone', 'locale', 'languages', 'working_calendar'] as const),
  ...(['escalation', 'twenty_url', 'registration_open', 'privacy_url', 'company_totp'] as const),
] as const;
export type TenantChanges = {
  readonly [Column in (typeof EDITABLE)[number]]?: TenantRow[Column] | undefined;
};

/** Adds a tenant. The transaction must run under its id. Undefined when the key is taken. */
export async function insertTenant(
  transaction: Transaction,
  tenant: Omit<TenantRow, SetLater>,
): Promise<TenantRow | undefined> {
  const [row] = await transaction.query<TenantRow>(
    `INSERT INTO tenant (id, key, name, currency, time_zone, locale, clock_frozen_at, escalation, twenty_url, demo)
     VALUES ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000), $8, $9, $10)
     ON CONFLICT (key) DO NOTHING RETURNING ${COLUMNS}`,
    [
      tenant.id,
      tenant.key,
      tenant.name,
      tenant.currency,
      tenant.time_zone,
      tenant.locale,
      tenant.clock_frozen_at,
      tenant.escalation,
      tenant.twenty_url,
      tenant.demo,
    ],
  );
  return row;
}

/** The tenant with this id or key, as far as the transaction may see it. */
export async function findTenant(
  transaction: Transaction,
  idOrKey: string,
): Promise<TenantRow | undefined> {
  const [row] = await transaction.query<TenantRow>(
    `SELECT ${COLUMNS} FROM tenant WHERE id::text = $1 OR key = $1`,
    [idOrKey],
  );
  return row;
}

/** The tenants that the transaction may see, by key, beginning after `after`. */
export async function listTenants(
  transaction: Transaction,
  after: string,
  limit: number,
): Promise<TenantRow[]> {
  return transaction.query<TenantRow>(
    `SELECT ${COLUMNS} FROM tenant WHERE key > $1 ORDER BY key LIMIT $2`,
    [after, limit],
  );
}

/** Changes the named columns. Undefined when the version is not the current one. */
export async function updateTenant(
  transaction: Transaction,
  id: string,
  version: number,
  changes: TenantChanges,
): Promise<TenantRow | undefined> {
  const columns = EDITABLE.filter((column) => changes[column] !== undefined);
  const assignments = columns.map((column, index) => `${column} = $${index + 3}, `).join('');
  const [row] = await transaction.query<TenantRow>(
    `UPDATE tenant SET ${assignments}version = version + 1 WHERE id = $1 AND version = $2 RETURNING ${COLUMNS}`,
    [id, version, ...columns.map((column) => changes[column])],
  );
  return row;
}

/** Freezes the tenant's clock at an instant in milliseconds, or lets it run again. */
export async function setClock(
  transaction: Transaction,
  id: string,
  frozenAt: number | null,
): Promise<TenantRow | undefined> {
  const [row] = await transaction.query<TenantRow>(
    `UPDATE tenant SET clock_frozen_at = to_timestamp($2::float8 / 1000), version = version + 1
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, frozenAt],
  );
  return row;
}

/** Deletes a tenant with all its rows. The transaction must run under its id. */
export async function deleteTenant(transaction: Transaction, id: string): Promise<void> {
  // Whoever is writing ends before, so that no row comes after its table was emptied.
  await transaction.query('SELECT FROM tenant WHERE id = $1 FOR UPDATE', [id]);
  const tables = await transaction.query<{ name: string }>(
    `SELECT quote_ident(class.relname) AS name
     FROM pg_class class JOIN pg_attribute attribute ON attribute.attrelid = class.oid
     WHERE class.relnamespace = 'public'::regnamespace AND class.relkind IN ('r', 'p') AND NOT class.relispartition
       AND attribute.attname = 'tenant_id' AND NOT attribute.attisdropped AND has_table_privilege(class.oid, 'DELETE')
     ORDER BY class.relname`,
  );
  for (const { name } of tables) {
    await transaction.execute(`DELETE FROM ${name} WHERE tenant_id = $1`, [id]);
  }
  await transaction.execute('DELETE FROM tenant WHERE id = $1', [id]);
}
