import type { CompiledPipeline, DealState, SlaRun } from 'twenty-mak-domain';
import { runKey } from 'twenty-mak-domain';
import { DEAL_COLUMNS, stateOf } from '../../../src/features/events/deal-record.ts';
import type { DealRow } from '../../../src/features/events/deal-record.ts';
import type { Store } from '../store.ts';
import { groupBy } from './canonical.ts';

/** A deal as its rows tell it, in the shape of a fold. */
export interface KeptDeal {
  readonly id: string;
  readonly parkedReason: string | null;
  readonly state: DealState;
  readonly transitions: readonly object[];
  readonly gateChanges: readonly object[];
  readonly runs: readonly SlaRun[];
  /** Keys of the runs whose breach was published and not taken back. */
  readonly breaches: ReadonlySet<string>;
}

interface HistoryRow {
  readonly deal_id: string;
  readonly record: object;
}

interface RunRow {
  readonly deal_id: string;
  readonly run: SlaRun;
  readonly breach_published: boolean;
}

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`;

/** All deals of the tenant with their histories and runs. */
export async function readDeals(store: Store, pipeline: CompiledPipeline): Promise<KeptDeal[]> {
  const deals = await store.rows<DealRow>(`SELECT ${DEAL_COLUMNS} FROM deal WHERE tenant_id = $1`);
  const transitions = await history(
    store,
    'stage_change',
    `'from', from_stage, 'to', to_stage, 'reason', reason`,
  );
  const gateChanges = await history(store, 'gate_change', `'gate', gate, 'status', status`);
  const runs = groupBy(await readRuns(store), ({ deal_id: id }) => id);
  return deals.map((deal) => {
    const found = runs.get(deal.id) ?? [];
    const published = found.filter((row) => row.breach_published);
    return {
      id: deal.id,
      parkedReason: deal.parked_reason,
      state: stateOf(deal, pipeline),
      transitions: transitions.get(deal.id) ?? [],
      gateChanges: gateChanges.get(deal.id) ?? [],
      runs: sortedRuns(found.map(({ run }) => run)),
      breaches: new Set(published.map(({ run }) => runKey(run))),
    };
  });
}

export function sortedRuns(runs: readonly SlaRun[]): readonly SlaRun[] {
  return runs.toSorted((left, right) => (runKey(left) < runKey(right) ? -1 : 1));
}

async function history(
  store: Store,
  table: 'stage_change' | 'gate_change',
  members: string,
): Promise<Map<string, object[]>> {
  const rows = await store.rows<HistoryRow>(
    `SELECT deal_id, jsonb_build_object('seq', seq, ${members}, 'by', jsonb_build_object(
       'occurredAt', ${ms('occurred_at')}, 'source', source, 'eventId', event_id)) AS record
     FROM ${table} WHERE tenant_id = $1 ORDER BY deal_id, seq`,
  );
  const groups = groupBy(rows, ({ deal_id: id }) => id);
  return new Map([...groups].map(([id, group]) => [id, group.map(({ record }) => record)]));
}

function readRuns(store: Store): Promise<RunRow[]> {
  return store.rows<RunRow>(
    `SELECT deal_id, breach_published, jsonb_build_object('timer', timer,
       'openedBy', jsonb_build_object('occurredAt', ${ms('opened_at')}, 'source', opened_source, 'eventId', opened_event_id),
       'openedAt', ${ms('opened_at')}, 'dueAt', ${ms('due_at')}, 'closedAt', ${ms('closed_at')}, 'closedAs', closed_as) AS run
     FROM sla_run WHERE tenant_id = $1`,
  );
}
