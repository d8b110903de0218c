import * as z from 'zod/mini';
import { askMak } from '../mak/graphql.ts';
import type { Operation } from '../mak/graphql.ts';
import type { RunReference } from '../twenty/records.ts';

const runSchema = z.object({
  timer: z.string(),
  status: z.string(),
  openedAt: z.string(),
  dueAt: z.string(),
  acknowledgedAt: z.nullable(z.string()),
  openedBy: z.object({ source: z.string(), eventId: z.string() }),
});
type Run = z.infer<typeof runSchema>;

const RUNS: Operation<{ deal: { slaRuns: Run[] } }> = {
  text: 'query Runs($id: ID!) { deal(id: $id) { slaRuns { timer status openedAt dueAt acknowledgedAt openedBy { source eventId } } } }',
  data: z.object({ deal: z.object({ slaRuns: z.array(runSchema) }) }),
};

const ACKNOWLEDGE: Operation<{ acknowledgeSlaBreach: { timer: string } }> = {
  text: 'mutation Acknowledge($run: SlaRunInput!) { acknowledgeSlaBreach(run: $run) { timer } }',
  data: z.object({ acknowledgeSlaBreach: z.object({ timer: z.string() }) }),
};

/** Says of the breaches of a deal that pass the filter that they have been seen; gives their number. */
async function acknowledge(dealId: string, wanted: (run: Run) => boolean): Promise<number> {
  const { deal } = await askMak(RUNS, { id: dealId });
  const breaches = deal.slaRuns.filter(
    (run) => run.status === 'breached' && run.acknowledgedAt === null && wanted(run),
  );
  for (const { timer, openedBy } of breaches) {
    const run = { dealId, timer, openedSource: openedBy.source, openedEventId: openedBy.eventId };
    await askMak(ACKNOWLEDGE, { run });
  }
  return breaches.length;
}

/** All breaches of a deal. */
export function acknowledgeDeal(dealId: string): Promise<number> {
  return acknowledge(dealId, () => true);
}

/** These runs only. */
export async function acknowledgeRuns(runs: readonly RunReference[]): Promise<number> {
  let number = 0;
  for (const { dealId, openedAt, dueAt } of runs) {
    number += await acknowledge(
      dealId,
      (run) =>
        Date.parse(run.openedAt) === Date.parse(openedAt) &&
        Date.parse(run.dueAt) === Date.parse(dueAt),
    );
  }
  return number;
}
