import type { JsonObject } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';

/** Ids by UUIDs only: others name nothing here. */
export function uuidsOf(ids: readonly (string | null | undefined)[]): readonly string[] {
  return ids.filter((id) => typeof id === 'string' && isUuid(id)) as string[];
}

export interface CompanyRow {
  readonly id: string;
  readonly name: string;
  readonly attributes: JsonObject;
  /** E-mail address of the account that looks after it. */
  readonly owner: string | null;
  readonly version: number;
}

export async function findCompanies(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly CompanyRow[]> {
  return tx.query<CompanyRow>(
    `SELECT c.id, c.name, c.attributes, lower(a.email) AS owner, c.version
     FROM client c LEFT JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.owner_id
     WHERE c.tenant_id = $1 AND c.kind = 'company' AND c.merged_into IS NULL AND c.id = ANY ($2::uuid[])`,
    [tenantId, uuidsOf(ids)],
  );
}

/** Companies that deals name. */
export async function listCompanies(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT c.id FROM client c
     WHERE c.tenant_id = $1 AND c.kind = 'company' AND ($2::uuid IS NULL OR c.id > $2) AND EXISTS (
       SELECT FROM client_key k JOIN deal d ON d.tenant_id = k.tenant_id AND d.client_id = k.key
       WHERE k.tenant_id = $1 AND k.client_id = c.id)
     ORDER BY c.id LIMIT $3`,
    [tenantId, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Contacts that deals name, and people who are clients of deals themselves; or all of clients who are not archived. */
export async function listContacts(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
  isWhole: boolean,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT cc.id FROM client_contact cc JOIN client c ON c.id = cc.client_id
     WHERE cc.tenant_id = $1 AND ($2::uuid IS NULL OR cc.id > $2) AND (
       $4 AND c.archived_at IS NULL OR EXISTS (
       SELECT FROM client_key k JOIN deal d ON d.tenant_id = k.tenant_id AND d.client_id = k.key
       WHERE k.tenant_id = $1 AND k.client_id = c.id AND (c.kind = 'person' OR d.attributes ->> 'contact_id' = cc.id::text
         OR d.attributes ->> 'contact_id' IN (SELECT former.key FROM client_contact_former former WHERE former.contact_id = cc.id))))
     ORDER BY cc.id LIMIT $3`,
    [tenantId, after, limit, isWhole],
  );
  return rows.map(({ id }) => id);
}

/**
 * The company that another system means by this name and domain, among those that it is not linked with yet: the same domain
 * goes before the same name, the oldest before the others.
 */
export async function companyTwin(
  tx: Transaction,
  tenantId: string,
  connector: string,
  name: string,
  domain: string | null,
): Promise<string | null> {
  const [twin] = await tx.query<{ id: string }>(
    `SELECT c.id FROM client c
     WHERE c.tenant_id = $1 AND c.kind = 'company' AND c.archived_at IS NULL
       AND (lower(trim(c.name)) = lower(trim($3)) OR c.attributes ->> 'domain' = $4)
       AND ${unlinked('c.id', 'company')}
     ORDER BY coalesce(c.attributes ->> 'domain' = $4, false) DESC, c.created_at, c.id LIMIT 1`,
    [tenantId, connector, name, domain],
  );
  return twin?.id ?? null;
}

export interface SyncedContactRow {
  readonly id: string;
  readonly client_id: string;
  readonly client_kind: string;
  readonly seq: number;
  readonly position: string | null;
  readonly contact: JsonObject;
  readonly key_id: string;
  /** Of the client. */
  readonly segments: readonly string[];
  readonly version: number;
}

export async function findContactsById(
  tx: Transaction,
  tenantId: string,
  ids: readonly (string | null | undefined)[],
  lock = false,
): Promise<readonly SyncedContactRow[]> {
  return tx.query<SyncedContactRow>(
    `SELECT cc.id, cc.client_id, c.kind AS client_kind, cc.seq, cc.position, cc.contact, cc.key_id, c.segments,
       cc.version
     FROM client_contact cc JOIN client c ON c.id = cc.client_id
     WHERE cc.tenant_id = $1 AND cc.id = ANY ($2::uuid[]) ORDER BY cc.id${lock ? ' FOR UPDATE' : ''}`,
    [tenantId, uuidsOf(ids)],
  );
}

/** A contact of the same person that the connector is not linked with yet; one of the same client goes before the others. */
export async function contactTwin(
  tx: Transaction,
  tenantId: string,
  connector: string,
  keyIds: readonly string[],
  clientId: string | null,
): Promise<string | null> {
  if (keyIds.length === 0) return null;
  const [twin] = await tx.query<{ id: string }>(
    `SELECT cc.id FROM client_contact cc
     WHERE cc.tenant_id = $1 AND cc.key_id = ANY ($3::uuid[]) AND ${unlinked('cc.id', 'contact')}
     ORDER BY coalesce(cc.client_id = $4, false) DESC, cc.id LIMIT 1`,
    [tenantId, connector, keyIds, clientId],
  );
  return twin?.id ?? null;
}

/** The place behind the last contact of a client, who is held until the transaction ends. */
export async function nextSeat(
  tx: Transaction,
  tenantId: string,
  clientId: string,
): Promise<number> {
  await tx.query('SELECT FROM client WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
    tenantId,
    clientId,
  ]);
  const [seat] = await tx.query<{ seq: number }>(
    `SELECT coalesce(max(seq) + 1, 0)::int AS seq FROM client_contact WHERE tenant_id = $1 AND client_id = $2`,
    [tenantId, clientId],
  );
  return seat?.seq ?? 0;
}

export async function companyExists(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<boolean> {
  const rows = await findCompanies(tx, tenantId, [id]);
  return rows.length > 0;
}

/** `$2` is the connector. */
function unlinked(id: string, entity: string): string {
  return `NOT EXISTS (SELECT FROM sync_link l WHERE l.tenant_id = $1 AND l.connector = $2 AND l.entity = '${entity}'
    AND l.local_id = ${id}::text)`;
}
