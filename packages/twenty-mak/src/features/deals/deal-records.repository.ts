import { formatInstant } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { isUuid } from '../../platform/ids/index.ts';
import { isLinkedSql } from '../../platform/records/index.ts';
import type { MakRecord } from '../../platform/records/index.ts';
import { stageRecordId } from '../pipelines/index.ts';
import { opportunityRefs } from './deal-refs.ts';
import type { DealRef } from './deal-refs.ts';

/** Whom deals may be for, and whom one speaks with. */
export interface Parties {
  readonly companies: ReadonlySet<string>;
  /** By id, with the client that the contact is itself; null for one of a company. */
  readonly contacts: ReadonlyMap<string, string | null>;
}

interface DealRecordRow {
  readonly id: string;
  readonly version: number;
  readonly name: string | null;
  readonly amount: number | null;
  readonly currency: string;
  readonly owner: string | null;
  readonly client: string | null;
  readonly contact: string | null;
  readonly pipeline_id: string;
  readonly stage: string;
  readonly business_stage: string | null;
  readonly stage_started_at: number;
  readonly gates: Readonly<Record<string, boolean>>;
  readonly missing_gates: readonly string[];
  readonly sla_due_at: number | null;
  readonly has_breach: boolean;
  readonly outcome: string | null;
  readonly closed_at: number | null;
  readonly archived: boolean;
  readonly merged_into: string | null;
  readonly refs: readonly DealRef[];
  readonly opportunity: string | null;
}

/** Deals in the terms in which other systems hear of them; each system hears of its own opportunity alone. */
export async function readDealRecords(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
  system?: string,
): Promise<ReadonlyMap<string, MakRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<DealRecordRow>(
    `SELECT d.id, d.version, d.name, d.amount, coalesce(d.currency, t.currency) AS currency, lower(a.email) AS owner,
       CASE c.kind WHEN 'company' THEN c.id END AS client, ${CONTACT} AS contact,
       d.pipeline_id, d.stage, d.business_stage, d.stage_started_at, d.gates, d.missing_gates, d.sla_due_at,
       EXISTS (SELECT FROM sla_run r WHERE r.tenant_id = $1 AND r.deal_id = d.id AND r.breach_published AND r.closed_at IS NULL) AS has_breach,
       d.outcome, d.closed_at, d.archived_at IS NOT NULL AS archived, d.merged_into,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('system', f.system, 'id', f.external_id) ORDER BY f.system, f.external_id), '[]')
        FROM deal_ref f WHERE f.deal_id = d.id) AS refs,
       (SELECT f.external_id FROM deal_ref f WHERE f.deal_id = d.id AND f.system = $4
        ORDER BY ${OWN_FIRST}, f.external_id LIMIT 1) AS opportunity
     FROM deal d JOIN tenant t ON t.id = d.tenant_id
     LEFT JOIN account a ON a.tenant_id = d.tenant_id AND a.id::text = d.owner_id
     LEFT JOIN client_key k ON k.tenant_id = d.tenant_id AND k.key = d.client_id LEFT JOIN client c ON c.id = k.client_id
     WHERE d.tenant_id = $1 AND d.id = ANY ($2::uuid[])`,
    [
      tenantId,
      ids.filter(isUuid),
      system ?? null,
      system === undefined ? null : opportunityRefs(system),
    ],
  );
  return new Map(rows.map((row) => [row.id, recordOf(row)]));
}

export async function listDealIds(
  tx: Transaction,
  tenantId: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM deal WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3',
    [tenantId, after, limit],
  );
  return rows.map(({ id }) => id);
}

/** Keys of pipelines by id. */
export async function pipelineKeys(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = ids.filter(isUuid);
  if (wanted.length === 0) return new Map();
  const rows = await tx.query<{ id: string; key: string }>(
    'SELECT id, key FROM pipeline WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
    [tenantId, wanted],
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}

/** A merged deal has the opportunities of both; the one that is linked with it is alive. */
const OWN_FIRST = `${isLinkedSql('$3', "'opportunity'", 'd.id::text', 'f.external_id')} DESC`;

/** Where a deal's contact stands: a client who is a person is one too. */
const CONTACT = `coalesce(
  (SELECT cc.id FROM client_contact cc WHERE cc.tenant_id = $1 AND cc.id::text = d.attributes ->> 'contact_id'),
  (SELECT former.contact_id FROM client_contact_former former WHERE former.tenant_id = $1 AND former.key = d.attributes ->> 'contact_id'),
  CASE c.kind WHEN 'person' THEN (SELECT cc.id FROM client_contact cc WHERE cc.client_id = c.id ORDER BY cc.seq LIMIT 1) END)`;

/** Which clients and contacts there are, of those that changes name. */
export async function findParties(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Parties> {
  const wanted = ids.filter(isUuid);
  if (wanted.length === 0) return NO_PARTIES;
  const companies = await tx.query<{ id: string }>(
    `SELECT id FROM client WHERE tenant_id = $1 AND kind = 'company' AND id = ANY ($2::uuid[])`,
    [tenantId, wanted],
  );
  const contacts = await tx.query<{ id: string; person_client: string | null }>(
    `SELECT cc.id, CASE c.kind WHEN 'person' THEN c.id END AS person_client
     FROM client_contact cc JOIN client c ON c.id = cc.client_id WHERE cc.tenant_id = $1 AND cc.id = ANY ($2::uuid[])
     UNION ALL
     SELECT former.key::uuid, CASE c.kind WHEN 'person' THEN c.id END
     FROM client_contact_former former JOIN client_contact cc ON cc.id = former.contact_id JOIN client c ON c.id = cc.client_id
     WHERE former.tenant_id = $1 AND former.key = ANY ($2::text[])`,
    [tenantId, wanted],
  );
  return {
    companies: new Set(companies.map(({ id }) => id)),
    contacts: new Map(contacts.map(({ id, person_client: client }) => [id, client])),
  };
}

const NO_PARTIES: Parties = { companies: new Set(), contacts: new Map() };

function recordOf(row: DealRecordRow): MakRecord {
  const instant = (value: number | null): string | null =>
    value === null ? null : formatInstant(value);
  return {
    version: row.version,
    values: {
      id: row.id,
      name: row.name,
      amount: row.amount === null ? null : { minor: row.amount, currency: row.currency },
      owner: row.owner,
      client: row.client,
      contact: row.contact,
      pipeline: row.pipeline_id,
      stage: stageRecordId(row.pipeline_id, row.stage),
      business_stage: row.business_stage,
      stage_started_at: instant(row.stage_started_at),
      gates: Object.keys(row.gates).filter((key) => row.gates[key] === true),
      missing_gates: row.missing_gates,
      sla_due_at: instant(row.sla_due_at),
      sla_state: row.has_breach ? 'breached' : row.sla_due_at === null ? null : 'on_time',
      outcome: row.outcome,
      closed_at: instant(row.closed_at),
      archived: row.archived,
      merged_into: row.merged_into,
      external_refs: row.refs.map(({ system, id }) => ({ system, id })),
      opportunity: row.opportunity,
    },
  };
}
