import type { Transaction } from '../../platform/database/index.ts';
import type { RunKeys } from './sla.repository.ts';

export const DESK_STATES = ['breached', 'due'] as const;
export type DeskState = (typeof DESK_STATES)[number];

/** An open run with whom it waits for. Instants are milliseconds. */
export interface DeskRow {
  readonly deal_id: string;
  readonly timer: string;
  readonly opened_source: string;
  readonly opened_event_id: string;
  readonly opened_at: number;
  readonly due_at: number;
  readonly state: DeskState;
  readonly acknowledged_at: number | null;
  readonly acknowledged_by: string | null;
  /** Assignee of the escalation, else the owner of the deal. */
  readonly person_id: string | null;
  readonly person_name: string | null;
  readonly task_id: string | null;
}

export interface DeskFilter {
  readonly state?: DeskState | undefined;
  readonly person?: string | undefined;
  /** Key of a pipeline. */
  readonly pipeline?: string | undefined;
  /** Milliseconds. */
  readonly dueBefore?: number | undefined;
}

export interface PersonCounts {
  /** Null: nobody. */
  readonly person_id: string | null;
  readonly person_name: string | null;
  readonly breached: number;
  readonly acknowledged: number;
  readonly due_within_day: number;
  readonly due_later: number;
}

/** A source in the subject of an escalation task; see `Escalations`. Sources are printable ASCII. */
const SOURCE_IN_SUBJECT = `(SELECT string_agg(CASE WHEN c ~ '[A-Za-z0-9_.!~*''()-]' THEN c ELSE '%' || upper(to_hex(ascii(c))) END, '' ORDER BY n)
  FROM regexp_split_to_table(r.opened_source, '') WITH ORDINALITY AS part (c, n))`;

/** $1 tenant, $2 pipeline, $3 person, $4 state, $5 due before. */
const FROM = `CROSS JOIN (SELECT coalesce(clock_frozen_at, now()) AS present FROM tenant WHERE id = $1) clock
  LEFT JOIN task t ON t.tenant_id = $1 AND t.kind = 'sla_breach' AND t.status = 'open'
    AND t.subject = r.deal_id || '/' || r.timer || '/' || ${SOURCE_IN_SUBJECT} || '/' || r.opened_event_id
  LEFT JOIN account a ON a.tenant_id = $1 AND a.id::text = coalesce(t.assignee_id::text, d.owner_id)
  WHERE r.tenant_id = $1 AND d.tenant_id = $1 AND d.archived_at IS NULL AND r.closed_at IS NULL
    AND ($2::text IS NULL OR d.pipeline_id = (SELECT id FROM pipeline WHERE tenant_id = $1 AND key = $2))
    AND ($3::text IS NULL OR coalesce(t.assignee_id::text, d.owner_id) = $3)
    AND ($4::text IS NULL OR (r.due_at < present) = ($4 = 'breached'))
    AND ($5::float8 IS NULL OR r.due_at < to_timestamp($5 / 1000))`;

/**
 * Open runs, in two parts: those that the world was told of belong to deals that are overdue, all others stand in the
 * sweeper's index in the order of their due times. No index more than these has to be kept while events come in.
 */
const PARTS = [
  `FROM deal d JOIN sla_run r ON r.deal_id = d.id ${FROM} AND r.breach_published AND d.sla_due_at < present`,
  `FROM sla_run r JOIN deal d ON d.id = r.deal_id ${FROM} AND NOT r.breach_published`,
] as const;

const COLUMNS = `r.deal_id, r.timer, r.opened_source, r.opened_event_id, r.opened_at, r.due_at,
  CASE WHEN r.due_at < present THEN 'breached' ELSE 'due' END AS state, r.acknowledged_at, r.acknowledged_by,
  coalesce(t.assignee_id::text, d.owner_id) AS person_id, a.name AS person_name, t.id AS task_id`;
const KEYS = ['due_at', 'deal_id', 'timer', 'opened_source', 'opened_event_id'];

/** Open runs, the nearest due time first, after the keys. */
export async function listDesk(
  tx: Transaction,
  tenantId: string,
  filter: DeskFilter,
  after: RunKeys | null,
  limit: number,
): Promise<DeskRow[]> {
  const keys = KEYS.map((key) => `r.${key}`).join(', ');
  const parts = PARTS.map(
    (part) => `(SELECT ${COLUMNS} ${part} AND ($6::float8 IS NULL OR (${keys})
        > (to_timestamp($6 / 1000), $7::uuid, $8::text, $9::text, $10::text)) ORDER BY ${keys} LIMIT $11)`,
  );
  return tx.query<DeskRow>(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) open ORDER BY ${KEYS.join(', ')} LIMIT $11`,
    [...valuesOf(tenantId, filter), ...(after ?? [null, null, null, null, null]), limit],
  );
}

/** How many open runs wait for whom, those with most breaches first. */
export async function countByPerson(
  tx: Transaction,
  tenantId: string,
  filter: DeskFilter,
): Promise<PersonCounts[]> {
  const parts = PARTS.map(
    (
      part,
    ) => `SELECT coalesce(t.assignee_id::text, d.owner_id) AS person_id, a.name AS person_name, r.due_at, present,
      r.acknowledged_at ${part}`,
  );
  return tx.query<PersonCounts>(
    `SELECT person_id, person_name, count(*) FILTER (WHERE due_at < present) AS breached,
       count(*) FILTER (WHERE due_at < present AND acknowledged_at IS NOT NULL) AS acknowledged,
       count(*) FILTER (WHERE due_at >= present AND due_at < present + interval '24 hours') AS due_within_day,
       count(*) FILTER (WHERE due_at >= present + interval '24 hours') AS due_later
     FROM (${parts.join(' UNION ALL ')}) open
     GROUP BY 1, 2 ORDER BY breached DESC, due_within_day DESC, due_later DESC, person_name, person_id`,
    valuesOf(tenantId, filter),
  );
}

function valuesOf(tenantId: string, { pipeline, person, state, dueBefore }: DeskFilter): unknown[] {
  return [tenantId, pipeline ?? null, person ?? null, state ?? null, dueBefore ?? null];
}
