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
  readonly task_id: string | null;
}

export interface DeskFilter {
  readonly state?: DeskState | undefined;
  readonly person?: string | undefined;
  /** Key of a pipeline. */
  readonly pipeline?: string | undefined;
  readonly timer?: string | undefined;
  /** Milliseconds. */
  readonly dueBefore?: number | undefined;
  /** The tenant's, in milliseconds. */
  readonly present: number;
}

export interface PersonCounts {
  /** Null: nobody. */
  readonly person_id: string | null;
  readonly breached: number;
  readonly acknowledged: number;
  readonly due_within_day: number;
  readonly due_later: number;
}

/** A source in the subject of an escalation task; see `Escalations`. Sources are printable ASCII. */
const SOURCE_IN_SUBJECT = `(SELECT string_agg(CASE WHEN c ~ '[A-Za-z0-9_.!~*''()-]' THEN c ELSE '%' || upper(to_hex(ascii(c))) END, '' ORDER BY n)
  FROM regexp_split_to_table(r.opened_source, '') WITH ORDINALITY AS part (c, n))`;

/**
 * Open runs, in two parts. Those that the world was told of belong to deals that are overdue, and have tasks; all others
 * stand in the sweeper's index in the order of their due times. So no further index has to be kept while events come in.
 * The fence (OFFSET 0) keeps the planner from reading all runs where it overestimates how many deals are overdue.
 * $1 tenant, $2 present, $3 pipeline, $4 person, $5 state, $6 due before, $7 timer.
 */
const OPEN = `r.tenant_id = $1 AND d.tenant_id = $1 AND d.archived_at IS NULL AND r.closed_at IS NULL
  AND ($3::text IS NULL OR d.pipeline_id = (SELECT id FROM pipeline WHERE tenant_id = $1 AND key = $3))
  AND ($5::text IS NULL OR (r.due_at < $2::timestamptz) = ($5 = 'breached'))
  AND ($6::timestamptz IS NULL OR r.due_at < $6)
  AND ($7::text IS NULL OR r.timer = $7)`;
const PARTS = [
  {
    task: 't.id',
    person: 'coalesce(t.assignee_id::text, d.owner_id)',
    from: `FROM deal d CROSS JOIN LATERAL (SELECT * FROM sla_run run WHERE run.tenant_id = $1 AND run.deal_id = d.id
        AND run.closed_at IS NULL AND run.breach_published OFFSET 0) r
      LEFT JOIN task t ON t.tenant_id = $1 AND t.kind = 'sla_breach' AND t.status = 'open'
        AND t.subject = r.deal_id || '/' || r.timer || '/' || ${SOURCE_IN_SUBJECT} || '/' || r.opened_event_id
      WHERE ${OPEN} AND d.sla_due_at < $2::timestamptz
        AND ($4::text IS NULL OR coalesce(t.assignee_id::text, d.owner_id) = $4)`,
  },
  {
    task: 'NULL::uuid',
    person: 'd.owner_id',
    from: `FROM sla_run r JOIN deal d ON d.id = r.deal_id
      WHERE ${OPEN} AND NOT r.breach_published AND ($4::text IS NULL OR d.owner_id = $4)`,
  },
] as const;
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
  const position =
    after === null
      ? ''
      : `AND (${keys}) > ($9::timestamptz, $10::uuid, $11::text, $12::text, $13::text)`;
  const parts = PARTS.map(
    ({ from, person, task }) =>
      `(SELECT ${keys}, r.opened_at, CASE WHEN r.due_at < $2::timestamptz THEN 'breached' ELSE 'due' END AS state,
         r.acknowledged_at, r.acknowledged_by, ${person} AS person_id, ${task} AS task_id
       ${from} ${position} ORDER BY ${keys} LIMIT $8)`,
  );
  const [dueAt, ...identity] = after ?? [0];
  return tx.query<DeskRow>(
    `SELECT * FROM (${parts.join(' UNION ALL ')}) open ORDER BY ${KEYS.join(', ')} LIMIT $8`,
    [
      ...valuesOf(tenantId, filter),
      limit,
      ...(after === null ? [] : [new Date(dueAt), ...identity]),
    ],
  );
}

/** How many open runs wait for whom, those with most breaches first. */
export async function countByPerson(
  tx: Transaction,
  tenantId: string,
  filter: DeskFilter,
): Promise<PersonCounts[]> {
  const parts = PARTS.map(
    ({ from, person }) => `SELECT ${person} AS person_id, r.due_at, r.acknowledged_at ${from}`,
  );
  return tx.query<PersonCounts>(
    `SELECT person_id, count(*) FILTER (WHERE due_at < $2) AS breached,
       count(*) FILTER (WHERE due_at < $2 AND acknowledged_at IS NOT NULL) AS acknowledged,
       count(*) FILTER (WHERE due_at >= $2 AND due_at < $2 + interval '24 hours') AS due_within_day,
       count(*) FILTER (WHERE due_at >= $2 + interval '24 hours') AS due_later
     FROM (${parts.join(' UNION ALL ')}) open
     GROUP BY 1 ORDER BY breached DESC, due_within_day DESC, due_later DESC, person_id`,
    valuesOf(tenantId, filter),
  );
}

function valuesOf(
  tenantId: string,
  { present, pipeline, person, state, dueBefore, timer }: DeskFilter,
): unknown[] {
  const before = dueBefore === undefined ? null : new Date(dueBefore);
  return [
    tenantId,
    new Date(present),
    pipeline ?? null,
    person ?? null,
    state ?? null,
    before,
    timer ?? null,
  ];
}
