import type { Transaction } from '../../platform/database/index.ts';
import type { SumRow } from '../deals/index.ts';
import type { HistoryKind } from './clients.dto.ts';

export interface PersonRow {
  readonly account_id: string;
  readonly name: string | null;
  readonly roles: string[];
  readonly deals: number;
  readonly open_deals: number;
}

export type ClientCountRow = SumRow & { readonly client_id: string };

/** Instants are milliseconds; `key` orders lines of the same instant. */
export interface HistoryRow {
  readonly kind: HistoryKind;
  readonly at: number;
  readonly key: string;
  readonly deal_id: string | null;
  readonly deal_name: string | null;
  readonly detail: Record<string, unknown>;
}

export interface HistoryPosition {
  readonly at: number;
  readonly kind: string;
  readonly key: string;
}

/** Deals of clients, archived ones left out: those that call a client by any of its keys. */
const DEALS = `client_key k JOIN deal d ON d.tenant_id = k.tenant_id AND d.client_id = k.key AND d.archived_at IS NULL
  WHERE k.tenant_id = $1 AND k.client_id = ANY ($2::uuid[])`;

/** Deals and sums by client, pipeline, stage and currency. */
export async function countDeals(
  tx: Transaction,
  tenantId: string,
  clientIds: readonly string[],
): Promise<ClientCountRow[]> {
  return tx.query<ClientCountRow>(
    `SELECT k.client_id, d.pipeline_id, d.stage, coalesce(d.currency, '') AS currency, count(*) AS deals,
       coalesce(sum(d.amount), 0)::float8 AS amount
     FROM ${DEALS} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    [tenantId, clientIds],
  );
}

/** Owners and responsible persons of the client's deals, those with most open deals first. */
export async function findPeople(
  tx: Transaction,
  tenantId: string,
  clientId: string,
): Promise<PersonRow[]> {
  return tx.query<PersonRow>(
    `SELECT person.account_id, account.name, array_agg(DISTINCT person.role ORDER BY person.role) AS roles,
       count(DISTINCT deal_id) AS deals, count(DISTINCT deal_id) FILTER (WHERE open) AS open_deals
     FROM (
       SELECT d.id AS deal_id, d.closed_at IS NULL AS open, part.role, part.account_id
       FROM client_key k JOIN deal d ON d.tenant_id = k.tenant_id AND d.client_id = k.key AND d.archived_at IS NULL
       CROSS JOIN LATERAL (
         SELECT 'owner' AS role, d.owner_id AS account_id WHERE d.owner_id IS NOT NULL
         UNION ALL SELECT key, value FROM jsonb_each_text(d.responsible) WHERE value IS NOT NULL) part
       WHERE k.tenant_id = $1 AND k.client_id = $2
     ) person
     LEFT JOIN account ON account.tenant_id = $1 AND account.id::text = person.account_id
     GROUP BY 1, 2 ORDER BY open_deals DESC, deals DESC, 1`,
    [tenantId, clientId],
  );
}

/** Of one deal, behind a fence: the planner would rather read whole tables than believe that a client has few deals. */
const ofDeal = (select: string): string => `FROM own CROSS JOIN LATERAL (${select} OFFSET 0) one`;

/** Parts of the history, ordered alike. $1 tenant, $2 client, $3 the tenant's present, $8 its leads. */
const HISTORY: Readonly<Record<HistoryKind, string>> = {
  stage: `SELECT 'stage' AS kind, at, key, own.id, own.name, detail ${ofDeal(`
    SELECT s.occurred_at AS at, s.deal_id || ' ' || lpad(s.seq::text, 9, '0') AS key,
      jsonb_build_object('from', s.from_stage, 'to', s.to_stage, 'reason', s.reason, 'source', s.source, 'event_id', s.event_id) AS detail
    FROM stage_change s WHERE s.tenant_id = $1 AND s.deal_id = own.id`)}`,
  note: `SELECT 'note', at, key, own.id, own.name, detail ${ofDeal(`
    SELECT e.occurred_at AS at, e.source || ' ' || e.event_id AS key, jsonb_build_object('source', e.source, 'event_id', e.event_id, 'data', e.data) AS detail
    FROM event e WHERE e.tenant_id = $1 AND e.deal_id = own.id AND e.type = 'deal.note.added'`)}`,
  breach: `SELECT 'breach', at, key, own.id, own.name, detail ${ofDeal(`
    SELECT r.due_at AS at, r.deal_id || ' ' || r.timer || ' ' || r.opened_source || ' ' || r.opened_event_id AS key,
      jsonb_build_object('timer', r.timer, 'open', r.closed_at IS NULL) AS detail
    FROM sla_run r WHERE r.tenant_id = $1 AND r.deal_id = own.id AND coalesce(r.closed_at, $3::timestamptz) > r.due_at`)}`,
  lead: `SELECT 'lead', s.at, s.of_lead || ' ' || lpad(s.number::text, 9, '0'), NULL::uuid, NULL,
      jsonb_build_object('lead', s.lead_id, 'from', s.from_status, 'to', s.to_status, 'kind', s.kind, 'reason', s.reason, 'by', s.actor_id)
    FROM lead_status_change s WHERE s.tenant_id = $1 AND s.lead_id = ANY ($8::uuid[])`,
  edit: `SELECT 'edit', a.at, a.id::text, NULL::uuid, NULL, a.detail || jsonb_build_object('action', a.action, 'by', a.actor_id)
    FROM audit_entry a WHERE a.tenant_id = $1 AND a.entity = 'client' AND a.action LIKE 'client.%' AND a.entity_id = ANY (ARRAY(
      SELECT c.id::text FROM client c WHERE c.tenant_id = $1 AND (c.id = $2::uuid OR c.merged_into = $2::uuid)))`,
};

/** What happened to the client, its deals and these leads, newest first, after a position. */
export async function findHistory(
  tx: Transaction,
  tenantId: string,
  clientId: string,
  {
    kinds,
    present,
    leads,
  }: {
    readonly kinds: readonly HistoryKind[];
    readonly present: number;
    readonly leads: readonly string[];
  },
  after: HistoryPosition | null,
  limit: number,
): Promise<HistoryRow[]> {
  const parts = kinds.map((kind) => HISTORY[kind]).join(' UNION ALL ');
  return tx.query<HistoryRow>(
    `WITH own AS (
       SELECT d.id, d.name FROM client_key k JOIN deal d ON d.tenant_id = k.tenant_id AND d.client_id = k.key
       WHERE k.tenant_id = $1 AND k.client_id = $2::uuid AND d.merged_into IS NULL)
     SELECT kind, at, key, deal_id, name AS deal_name, detail FROM (${parts}) line (kind, at, key, deal_id, name, detail)
     WHERE $3::timestamptz IS NOT NULL AND $8::uuid[] IS NOT NULL AND ($4::timestamptz IS NULL
       OR (at, kind COLLATE "C", key COLLATE "C") < ($4::timestamptz, $5::text, $6::text))
     ORDER BY at DESC, kind COLLATE "C" DESC, key COLLATE "C" DESC LIMIT $7`,
    [
      tenantId,
      clientId,
      new Date(present),
      after === null ? null : new Date(after.at),
      after?.kind ?? null,
      after?.key ?? null,
      limit,
      leads,
    ],
  );
}
