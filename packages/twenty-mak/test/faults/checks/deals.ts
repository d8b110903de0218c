import { fold, runKey, runStatus } from 'twenty-mak-domain';
import type { CompiledPipeline, DomainEvent, ExternalRef, JsonObject } from 'twenty-mak-domain';
import type { Report } from '../report.ts';
import type { Store } from '../store.ts';
import { canonical, groupBy } from './canonical.ts';
import { readDeals, sortedRuns } from './read-deals.ts';

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
  const deals = await readDeals(store, pipeline);
  const events = groupBy(
    await store.rows<EventRow>(
      `SELECT deal_id, source, event_id, type, version, occurred_at, correlation_id, refs, data
       FROM event WHERE tenant_id = $1`,
    ),
    ({ deal_id: id }) => id,
  );
  const known = new Set(deals.map(({ id }) => id));
  for (const id of named) report.expect(known.has(id), 'lost', () => `deal ${id}`);
  for (const { id, parkedReason, breaches, ...deal } of deals) {
    report.expect(parkedReason === null, 'state', () => `${id} is parked: ${parkedReason}`);
    const folded = fold(pipeline, (events.get(id) ?? []).map(eventOf));
    const stored = [deal.state, deal.transitions, deal.gateChanges, deal.runs];
    const runs = sortedRuns(folded.runs);
    const truth = [folded.state, folded.transitions, folded.gateChanges, runs];
    report.expect(
      canonical(stored) === canonical(truth),
      'state',
      () => `${id} is ${canonical(stored)} and should be ${canonical(truth)}`,
    );
    for (const run of deal.runs) {
      const breached = runStatus(run, present) === 'breached';
      report.expect(
        breaches.has(runKey(run)) === breached,
        'breaches',
        () => `${id} ${run.timer}: breached ${breached}, published ${!breached}`,
      );
    }
  }
  await checkCounters(store, report);
  return deals.length;
}

async function checkCounters(store: Store, report: Report): Promise<void> {
  const wrong = await store.rows<{ stage: string }>(
    `SELECT stage FROM (
       SELECT pipeline_id, stage, business_stage, currency, deals, amount FROM stage_counter
       WHERE tenant_id = $1 AND (deals <> 0 OR amount <> 0)
     ) AS kept FULL JOIN (
       SELECT pipeline_id, stage, coalesce(business_stage, '') AS business_stage, coalesce(currency, '') AS currency,
         count(*) AS deals, coalesce(sum(amount), 0) AS amount
       FROM deal WHERE tenant_id = $1 AND archived_at IS NULL GROUP BY 1, 2, 3, 4
     ) AS counted USING (pipeline_id, stage, business_stage, currency)
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
