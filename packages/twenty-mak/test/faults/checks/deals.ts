import { fold, runKey, runStatus } from 'twenty-mak-domain';
import type { CompiledPipeline, DomainEvent, ExternalRef, JsonObject } from 'twenty-mak-domain';
import { DEAL_COLUMNS, stateOf } from '../../../src/features/events/deal-record.ts';
import type { DealRow } from '../../../src/features/events/deal-record.ts';
import type { Report } from '../report.ts';
import type { Store } from '../store.ts';
import { canonical, groupBy } from './canonical.ts';

interface EventRow {
  readonly deal_id: string;
  readonly source: string;
  readonly event_id: string;
  readonly type: string;
  readonly version: number;
  readonly occurred_at: number;
  readonly correlation_id: string | null;
  readonly refs: readonly ExternalRef[];
  readonly data: JsonObject;
}

interface HistoryRow {
  readonly deal_id: string;
  readonly record: object;
}

interface RunRow {
  readonly deal_id: string;
  readonly run: Parameters<typeof runStatus>[0] & Parameters<typeof runKey>[0];
  readonly breach_published: boolean;
}

const BY = `'by', jsonb_build_object('occurredAt', (extract(epoch FROM occurred_at) * 1000)::bigint,
  'source', source, 'eventId', event_id)`;
const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/**
 * Every deal is what a fold of its stored events from scratch makes of it, and every deal that an answer `named` is
 * there. `present` is the tenant's clock. Gives the number of deals.
 */
export async function checkDeals(
  store: Store,
  named: ReadonlySet<string>,
  pipeline: CompiledPipeline,
  present: number,
  report: Report,
): Promise<number> {
  const deals = await store.rows<DealRow>(`SELECT ${DEAL_COLUMNS} FROM deal WHERE tenant_id = $1`);
  const events = groupBy(
    await store.rows<EventRow>(
      `SELECT deal_id, source, event_id, type, version, occurred_at, correlation_id, refs, data
       FROM event WHERE tenant_id = $1`,
    ),
    ({ deal_id: id }) => id,
  );
  const transitions = await history(
    store,
    'stage_change',
    `'from', from_stage, 'to', to_stage, 'reason', reason`,
  );
  const gates = await history(store, 'gate_change', `'gate', gate, 'status', status`);
  const runs = groupBy(await readRuns(store), ({ deal_id: id }) => id);

  const known = new Set(deals.map(({ id }) => id));
  for (const id of named) report.expect(known.has(id), 'lost', () => `deal ${id}`);
  for (const deal of deals) {
    report.expect(
      deal.parked_reason === null,
      'state',
      () => `${deal.id} is parked: ${deal.parked_reason}`,
    );
    const folded = fold(pipeline, (events.get(deal.id) ?? []).map(eventOf));
    const found = runs.get(deal.id) ?? [];
    const stored = [
      stateOf(deal, pipeline),
      transitions.get(deal.id) ?? [],
      gates.get(deal.id) ?? [],
      sorted(found.map(({ run }) => run)),
    ];
    const truth = [folded.state, folded.transitions, folded.gateChanges, sorted(folded.runs)];
    report.expect(
      canonical(stored) === canonical(truth),
      'state',
      () => `${deal.id} is ${canonical(stored)} and should be ${canonical(truth)}`,
    );
    for (const { run, breach_published: published } of found) {
      const breached = runStatus(run, present) === 'breached';
      report.expect(
        published === breached,
        'breaches',
        () => `${deal.id} ${run.timer}: breached ${breached}, published ${published}`,
      );
    }
  }
  await checkCounters(store, report);
  return deals.length;
}

async function history(
  store: Store,
  table: 'stage_change' | 'gate_change',
  members: string,
): Promise<Map<string, object[]>> {
  const rows = await store.rows<HistoryRow>(
    `SELECT deal_id, jsonb_build_object('seq', seq, ${members}, ${BY}) AS record
     FROM ${table} WHERE tenant_id = $1 ORDER BY deal_id, seq`,
  );
  const groups = groupBy(rows, ({ deal_id: id }) => id);
  return new Map([...groups].map(([id, group]) => [id, group.map(({ record }) => record)]));
}

function readRuns(store: Store): Promise<RunRow[]> {
  return store.rows<RunRow>(
    `SELECT deal_id, breach_published, jsonb_build_object('timer', timer,
       'openedBy', jsonb_build_object('occurredAt', ${MS('opened_at')}, 'source', opened_source, 'eventId', opened_event_id),
       'openedAt', ${MS('opened_at')}, 'dueAt', ${MS('due_at')}, 'closedAt', ${MS('closed_at')}, 'closedAs', closed_as) AS run
     FROM sla_run WHERE tenant_id = $1`,
  );
}

async function checkCounters(store: Store, report: Report): Promise<void> {
  const wrong = await store.rows<{ stage: string }>(
    `SELECT stage FROM (
       SELECT pipeline_id, stage, currency, deals, amount FROM stage_counter
       WHERE tenant_id = $1 AND (deals <> 0 OR amount <> 0)
     ) AS kept FULL JOIN (
       SELECT pipeline_id, stage, coalesce(currency, '') AS currency, count(*) AS deals, coalesce(sum(amount), 0) AS amount
       FROM deal WHERE tenant_id = $1 AND archived_at IS NULL GROUP BY 1, 2, 3
     ) AS counted USING (pipeline_id, stage, currency)
     WHERE kept.deals IS DISTINCT FROM counted.deals OR kept.amount IS DISTINCT FROM counted.amount`,
  );
  report.expect(wrong.length === 0, 'counters', () => wrong.map(({ stage }) => stage).join(', '));
}

function eventOf(row: EventRow): DomainEvent {
  return {
    eventId: row.event_id,
    source: row.source,
    type: row.type,
    version: row.version,
    occurredAt: row.occurred_at,
    masterDealId: null,
    externalRefs: row.refs,
    correlationId: row.correlation_id,
    data: row.data,
  };
}

function sorted<Run extends Parameters<typeof runKey>[0]>(runs: readonly Run[]): readonly Run[] {
  return runs.toSorted((left, right) => (runKey(left) < runKey(right) ? -1 : 1));
}
