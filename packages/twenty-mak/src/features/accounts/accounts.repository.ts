import { v7 as uuidv7 } from 'uuid';
import { isCompanyRole } from '../../platform/auth/index.ts';
import type { Role } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';
import { tellOfCompany } from './company-feed.ts';

export interface AccountRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly user_id: string | null;
  /** Head account of the company that this one is of the staff of. */
  readonly member_of: string | null;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly locale: 'en' | 'ru' | 'uk';
  readonly status: 'invited' | 'active' | 'deactivated';
  readonly version: number;
  /** Milliseconds. */
  readonly created_at: number;
}

/** Of an account, without its invitation. */
export const COLUMNS =
  'id, tenant_id, user_id, member_of, email, name, role, locale, status, version, created_at';
/** How long an invitation may be accepted. */
const INVITATION_LIFE = '14 days';

/** Adds an account. Undefined when the tenant has one with this e-mail. */
export async function insertAccount(
  transaction: Transaction,
  tenantId: string,
  account: Pick<AccountRow, 'user_id' | 'email' | 'name' | 'role' | 'locale' | 'status'> &
    Partial<Pick<AccountRow, 'member_of'>>,
): Promise<AccountRow | undefined> {
  const { user_id, email, name, role, locale, status, member_of = null } = account;
  const [row] = await transaction.query<AccountRow>(
    `INSERT INTO account (id, tenant_id, user_id, email, name, role, locale, status, member_of)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant_id, lower(email)) DO NOTHING RETURNING ${COLUMNS}`,
    [uuidv7(), tenantId, user_id, email, name, role, locale, status, member_of],
  );
  tellOf(transaction, row);
  return row;
}

/** Who has not bound an account to a password here yet: the invited, and those who come from twenty. */
const MAY_ACCEPT = "user_id IS NULL AND status <> 'deactivated'";

/** Gives an account that nobody accepted a new invitation; an older one ends. The time is in milliseconds. */
export async function setInvitation(
  transaction: Transaction,
  tenantId: string,
  id: string,
  hash: string,
): Promise<number | undefined> {
  const [row] = await transaction.query<{ invitation_expires_at: number }>(
    `UPDATE account SET invitation_hash = $3, invitation_expires_at = now() + interval '${INVITATION_LIFE}'
     WHERE tenant_id = $1 AND id = $2 AND ${MAY_ACCEPT} RETURNING invitation_expires_at`,
    [tenantId, id, hash],
  );
  return row?.invitation_expires_at;
}

/** The account that a valid invitation is for. The transaction must run under the hash as its credential. */
export async function findInvited(
  transaction: Transaction,
  hash: string,
): Promise<AccountRow | undefined> {
  const [row] = await transaction.query<AccountRow>(
    `SELECT ${COLUMNS} FROM account
     WHERE invitation_hash = $1 AND ${MAY_ACCEPT} AND invitation_expires_at > now()`,
    [hash],
  );
  return row;
}

/** Binds an invited account to a person. Undefined when the invitation was used in the meantime. */
export async function activateAccount(
  transaction: Transaction,
  tenantId: string,
  id: string,
  hash: string,
  userId: string,
): Promise<AccountRow | undefined> {
  const [row] = await transaction.query<AccountRow>(
    `UPDATE account SET user_id = $4, status = 'active', invitation_hash = NULL, invitation_expires_at = NULL,
       version = version + 1
     WHERE tenant_id = $1 AND id = $2 AND invitation_hash = $3 RETURNING ${COLUMNS}`,
    [tenantId, id, hash, userId],
  );
  tellOf(transaction, row);
  return row;
}

export async function findAccount(
  transaction: Transaction,
  tenantId: string,
  id: string,
  lock: 'FOR UPDATE' | '' = '',
): Promise<AccountRow | undefined> {
  const [row] = await transaction.query<AccountRow>(
    `SELECT ${COLUMNS} FROM account WHERE tenant_id = $1 AND id = $2 ${lock}`,
    [tenantId, id],
  );
  return row;
}

/** Ids of accounts by e-mail address in lower case. */
export async function accountsByEmail(
  tx: Transaction,
  tenantId: string,
  emails: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (emails.length === 0) return new Map();
  const rows = await tx.query<{ email: string; id: string }>(
    'SELECT lower(email) AS email, id FROM account WHERE tenant_id = $1 AND lower(email) = ANY ($2::text[])',
    [tenantId, emails],
  );
  return new Map(rows.map(({ email, id }) => [email, id]));
}

/** The account with this e-mail address, in lower case. */
export async function findAccountByEmail(
  transaction: Transaction,
  tenantId: string,
  email: string,
): Promise<AccountRow | undefined> {
  const [row] = await transaction.query<AccountRow>(
    `SELECT ${COLUMNS} FROM account WHERE tenant_id = $1 AND lower(email) = $2 FOR UPDATE`,
    [tenantId, email],
  );
  return row;
}

/** Makes an invited account active for somebody whom another system vouches for. The invitation ends. */
export async function admitInvited(
  transaction: Transaction,
  tenantId: string,
  id: string,
): Promise<void> {
  const [row] = await transaction.query<AccountRow>(
    `UPDATE account SET status = 'active', invitation_hash = NULL, invitation_expires_at = NULL, version = version + 1
     WHERE tenant_id = $1 AND id = $2 AND status = 'invited' RETURNING ${COLUMNS}`,
    [tenantId, id],
  );
  tellOf(transaction, row);
}

export interface AccountFilter {
  readonly role?: Role | undefined;
  readonly status?: AccountRow['status'] | undefined;
  /** Head account of a company: only its people. */
  readonly company?: string | undefined;
  /** Part of the name, and of the e-mail address if the caller may see it. */
  readonly text?: string | undefined;
  readonly withEmail: boolean;
  readonly after?: readonly [name: string, id: string] | undefined;
  readonly limit: number;
}

/** By name. */
export async function listAccounts(
  transaction: Transaction,
  tenantId: string,
  { role, status, company, text, withEmail, after, limit }: AccountFilter,
): Promise<AccountRow[]> {
  return transaction.query<AccountRow>(
    `SELECT ${COLUMNS} FROM account
     WHERE tenant_id = $1 AND ($2::text IS NULL OR role = $2) AND ($3::text IS NULL OR status = $3)
       AND ($4::uuid IS NULL OR id = $4 OR member_of = $4) AND ($5::text IS NULL OR (name, id) > ($5, $6::uuid))
       AND ($8::text IS NULL OR name ILIKE $8 OR ($9 AND email ILIKE $8))
     ORDER BY name, id LIMIT $7`,
    [
      tenantId,
      role ?? null,
      status ?? null,
      company ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
      text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
      withEmail,
    ],
  );
}

/**
 * Names of accounts by id; ids that name no account are left out, also those that are no UUIDs: deals name their owners by text,
 * because an outer system may have ids of its own.
 */
export async function accountNames(
  transaction: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await transaction.query<{ id: string; name: string }>(
    'SELECT id, name FROM account WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, ids.filter(isUuid)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Ids of the active admins with a password of their own; their rows stay locked, so that two admins cannot remove each other at once. */
export async function lockAdmins(transaction: Transaction, tenantId: string): Promise<string[]> {
  const rows = await transaction.query<{ id: string }>(
    `SELECT id FROM account WHERE tenant_id = $1 AND role = 'admin' AND status = 'active' AND user_id IS NOT NULL
     ORDER BY id FOR UPDATE`,
    [tenantId],
  );
  return rows.map((row) => row.id);
}

/** Saves an edited account. Undefined when the version is not the current one. */
export async function saveAccount(
  transaction: Transaction,
  row: AccountRow,
): Promise<AccountRow | undefined> {
  const [saved] = await transaction.query<AccountRow>(
    `UPDATE account SET name = $4, role = $5, locale = $6, status = $7, version = version + 1
     WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [row.tenant_id, row.id, row.version, row.name, row.role, row.locale, row.status],
  );
  // Whoever is no company any more may have been one.
  if (saved?.member_of === null) tellOfCompany(transaction, saved.tenant_id, saved.id);
  return saved;
}

function tellOf(transaction: Transaction, row: AccountRow | undefined): void {
  if (row === undefined || row.member_of !== null || !isCompanyRole(row.role)) return;
  tellOfCompany(transaction, row.tenant_id, row.id);
}

/** Whether a person has an active account in any tenant. The transaction must run under the person's id. */
export async function hasActiveAccount(transaction: Transaction, userId: string): Promise<boolean> {
  const rows = await transaction.query(
    "SELECT 1 FROM account WHERE user_id = $1 AND status = 'active' LIMIT 1",
    [userId],
  );
  return rows.length > 0;
}
