import type {
  Consent,
  ExternalRef,
  JsonObject,
  LeadKind,
  LeadMover,
  MatchWay,
  StatusChange,
} from 'twenty-mak-domain';
import { insertRows } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';

/** `contact` is `{contact: …}` with the person sealed, as in events. */
export interface LeadContactRow {
  readonly lead_id: string;
  readonly contact: JsonObject;
  readonly key_id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface LeadKeyRow {
  readonly digest: string;
  readonly lead_id: string;
  readonly way: MatchWay;
}

export async function findContacts(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): Promise<LeadContactRow[]> {
  return tx.query<LeadContactRow>(
    'SELECT lead_id, contact, key_id, attributes FROM lead_contact WHERE tenant_id = $1 AND lead_id = ANY ($2::uuid[])',
    [tenantId, leadIds],
  );
}

export function saveContacts(
  tx: Transaction,
  tenantId: string,
  rows: readonly LeadContactRow[],
  areNew: boolean,
): void {
  insertRows(
    tx,
    tenantId,
    'lead_contact',
    { lead_id: 'uuid', contact: 'jsonb', key_id: 'uuid', attributes: 'jsonb' },
    rows,
    areNew
      ? ''
      : 'ON CONFLICT (lead_id) DO UPDATE SET contact = excluded.contact, key_id = excluded.key_id, attributes = excluded.attributes',
  );
}

/** Makes these the keys of their leads; those of new leads need no look for old ones. */
export function saveKeys(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
  rows: readonly LeadKeyRow[],
  areNew: boolean,
): void {
  if (!areNew)
    tx.send('DELETE FROM lead_key WHERE tenant_id = $1 AND lead_id = ANY ($2::uuid[])', [
      tenantId,
      leadIds,
    ]);
  insertRows(tx, tenantId, 'lead_key', { digest: 'uuid', lead_id: 'uuid', way: 'text' }, rows);
}

/** A lead that has one of the keys. */
export interface FoundLead {
  readonly digest: string;
  readonly way: MatchWay;
  readonly id: string;
  readonly kind: LeadKind;
  readonly responsible_id: string | null;
  readonly partner_id: string | null;
  readonly buyer_id: string | null;
}

/**
 * Leads with one of these numbers or addresses, each looked up by itself: of rows that an import has just written the planner
 * knows nothing, and would read all of the tenant's leads for every batch.
 */
export async function findByDigests(
  tx: Transaction,
  tenantId: string,
  digests: readonly string[],
): Promise<FoundLead[]> {
  if (digests.length === 0) return [];
  return tx.query<FoundLead>(
    `SELECT k.digest, k.way, l.id, l.kind, l.responsible_id, l.partner_id, l.buyer_id FROM unnest($2::uuid[]) AS wanted (digest)
     CROSS JOIN LATERAL (SELECT * FROM lead_key WHERE tenant_id = $1 AND digest = wanted.digest AND way <> 'name' OFFSET 0) AS k
     CROSS JOIN LATERAL (SELECT * FROM lead WHERE id = k.lead_id AND merged_into IS NULL OFFSET 0) AS l
     ORDER BY l.id`,
    [tenantId, digests],
  );
}

export async function findRefs(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): Promise<(ExternalRef & { readonly lead_id: string })[]> {
  return tx.query(
    `SELECT lead_id, system, ref AS id FROM lead_ref WHERE tenant_id = $1 AND lead_id = ANY ($2::uuid[])
     ORDER BY system, ref`,
    [tenantId, leadIds],
  );
}

/** Leads that outer systems call so. */
export async function findByRefs(
  tx: Transaction,
  tenantId: string,
  refs: readonly ExternalRef[],
): Promise<(ExternalRef & { readonly lead_id: string })[]> {
  if (refs.length === 0) return [];
  return tx.query(
    `SELECT r.lead_id, r.system, r.ref AS id FROM unnest($2::text[], $3::text[]) AS wanted (system, ref)
     CROSS JOIN LATERAL (SELECT * FROM lead_ref l
       WHERE l.tenant_id = $1 AND l.system = wanted.system AND l.ref = wanted.ref OFFSET 0) AS r`,
    [tenantId, refs.map(({ system }) => system), refs.map(({ id }) => id)],
  );
}

export function insertRefs(
  tx: Transaction,
  tenantId: string,
  rows: readonly (ExternalRef & { readonly lead_id: string })[],
): void {
  insertRows(
    tx,
    tenantId,
    'lead_ref',
    { system: 'text', ref: 'text', lead_id: 'uuid' },
    rows.map(({ system, id, lead_id }) => ({ system, ref: id, lead_id })),
    'ON CONFLICT (tenant_id, system, ref) DO UPDATE SET lead_id = excluded.lead_id',
  );
}

/** Entries of the history of leads and of those that were merged into them, the oldest first. */
export async function findHistory(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): Promise<(StatusChange & { readonly holder: string })[]> {
  const rows = await tx.query<{
    holder: string;
    of_lead: string;
    number: number;
    from_status: string | null;
    to_status: string;
    kind: LeadKind;
    at: number;
    mover: LeadMover;
    actor_id: string | null;
    reason: string | null;
  }>(
    `SELECT lead_id AS holder, of_lead, number, from_status, to_status, kind, at, mover, actor_id, reason
     FROM lead_status_change WHERE tenant_id = $1 AND lead_id = ANY ($2::uuid[]) ORDER BY at, of_lead, number`,
    [tenantId, leadIds],
  );
  return rows.map(({ of_lead, from_status, to_status, mover, actor_id, ...row }) => ({
    ...row,
    leadId: of_lead,
    from: from_status,
    to: to_status,
    by: mover,
    actorId: actor_id,
  }));
}

export function insertHistory(
  tx: Transaction,
  tenantId: string,
  changes: readonly (StatusChange & { readonly holder: string })[],
): void {
  insertRows(
    tx,
    tenantId,
    'lead_status_change',
    {
      of_lead: 'uuid',
      number: 'int',
      lead_id: 'uuid',
      from_status: 'text',
      to_status: 'text',
      kind: 'text',
      at: 'timestamptz',
      mover: 'text',
      actor_id: 'text',
      reason: 'text',
    },
    changes.map(({ leadId, number, holder, from, to, kind, at, by, actorId, reason }) => ({
      of_lead: leadId,
      number,
      lead_id: holder,
      from_status: from,
      to_status: to,
      kind,
      at,
      mover: by,
      actor_id: actorId,
      reason,
    })),
  );
}

/** Answers of people about their data, the last recorded one of each lead. */
export async function findConsents(
  tx: Transaction,
  tenantId: string,
  leadIds: readonly string[],
): Promise<(Consent & { readonly lead_id: string })[]> {
  return tx.query(
    `SELECT DISTINCT ON (c.lead_id) c.lead_id, c.answer, c.at, c.evidence FROM lead_consent c
     JOIN lead l ON l.id = c.lead_id
     WHERE c.tenant_id = $1 AND c.lead_id = ANY ($2::uuid[]) AND c.answer = l.consent AND c.at = l.consent_at
     ORDER BY c.lead_id, c.recorded_at DESC`,
    [tenantId, leadIds],
  );
}

export interface NewConsent extends Consent {
  readonly id: string;
  readonly lead_id: string;
  readonly recorded_by: string;
  readonly recorded_at: number;
}

export function insertConsents(
  tx: Transaction,
  tenantId: string,
  rows: readonly NewConsent[],
): void {
  insertRows(
    tx,
    tenantId,
    'lead_consent',
    {
      id: 'uuid',
      lead_id: 'uuid',
      answer: 'text',
      at: 'timestamptz',
      evidence: 'text',
      recorded_by: 'text',
      recorded_at: 'timestamptz',
    },
    rows,
  );
}

export interface CommentRow {
  readonly id: string;
  readonly lead_id: string;
  readonly author_kind: string;
  readonly author_id: string;
  readonly text: string;
  readonly created_at: number;
}

export function insertComments(
  tx: Transaction,
  tenantId: string,
  rows: readonly CommentRow[],
): void {
  insertRows(
    tx,
    tenantId,
    'lead_comment',
    {
      id: 'uuid',
      lead_id: 'uuid',
      author_kind: 'text',
      author_id: 'text',
      text: 'text',
      created_at: 'timestamptz',
    },
    rows,
  );
}
