import type { JsonObject } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/index.ts';
import type { CompanyKind, LegalForm } from './company-fields.ts';

/** Instants are milliseconds. */
export interface RegistrationRow {
  readonly id: string;
  readonly status: 'applied' | 'approved' | 'rejected';
  readonly kind: CompanyKind;
  readonly legal_form: LegalForm;
  readonly city: string;
  readonly niche: string;
  readonly locale: 'en' | 'ru' | 'uk';
  /** `{contact: …}` sealed. */
  readonly contact: JsonObject;
  readonly key_id: string;
  readonly consent_at: number;
  readonly account_id: string | null;
  readonly reason: string | null;
  readonly decided_at: number | null;
  readonly version: number;
  readonly created_at: number;
}

const COLUMNS = `id, status, kind, legal_form, city, niche, locale, contact, key_id, consent_at, account_id, reason,
  decided_at, version, created_at`;

export type NewRegistration = Pick<
  RegistrationRow,
  'kind' | 'legal_form' | 'city' | 'niche' | 'locale' | 'contact' | 'key_id'
>;

/** Keeps an application; its id, or undefined while an earlier one of the same person waits. */
export async function insertRegistration(
  tx: Transaction,
  tenantId: string,
  row: NewRegistration,
): Promise<string | undefined> {
  const { kind, legal_form, city, niche, locale, contact, key_id } = row;
  const [made] = await tx.query<{ id: string }>(
    `INSERT INTO registration (id, tenant_id, kind, legal_form, city, niche, locale, contact, key_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (tenant_id, key_id) WHERE status = 'applied' DO NOTHING RETURNING id`,
    [uuidv7(), tenantId, kind, legal_form, city, niche, locale, JSON.stringify(contact), key_id],
  );
  return made?.id;
}

/** Newest first, older than `before`. */
export async function listRegistrations(
  tx: Transaction,
  tenantId: string,
  status: RegistrationRow['status'] | undefined,
  before: string | null,
  limit: number,
): Promise<RegistrationRow[]> {
  return tx.query<RegistrationRow>(
    `SELECT ${COLUMNS} FROM registration
     WHERE tenant_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [tenantId, status ?? null, before, limit],
  );
}

/** Locks it until the transaction ends. */
export async function findRegistration(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<RegistrationRow | undefined> {
  const [row] = await tx.query<RegistrationRow>(
    `SELECT ${COLUMNS} FROM registration WHERE tenant_id = $1 AND id = $2 FOR UPDATE`,
    [tenantId, id],
  );
  return row;
}

export interface Decision {
  readonly status: 'approved' | 'rejected';
  readonly accountId: string | null;
  readonly reason: string | null;
  readonly decidedBy: string;
}

export async function saveDecision(
  tx: Transaction,
  tenantId: string,
  id: string,
  { status, accountId, reason, decidedBy }: Decision,
): Promise<RegistrationRow> {
  const [row] = await tx.query<RegistrationRow>(
    `UPDATE registration SET status = $3, account_id = $4, reason = $5, decided_by = $6, decided_at = now(),
       version = version + 1
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, status, accountId, reason, decidedBy],
  );
  if (row === undefined) throw new Error('a locked registration is gone');
  return row;
}

/** Applications of erased people, decided or not. */
export async function deleteRegistrationsOf(
  tx: Transaction,
  tenantId: string,
  keyIds: readonly string[],
): Promise<void> {
  await tx.execute('DELETE FROM registration WHERE tenant_id = $1 AND key_id = ANY ($2::uuid[])', [
    tenantId,
    keyIds,
  ]);
}
