import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEvent, runKey } from 'twenty-mak-domain';
import type { CompiledPipeline, PipelineDefinition } from 'twenty-mak-domain';
import { simulate, TENANTS } from '../../twenty-mak-domain/src/simulation/simulate.ts';
import type { Report } from '../../twenty-mak-domain/src/simulation/simulate.ts';
import { Database } from '../src/platform/database/index.ts';
import { EventIngestion } from '../src/features/events/index.ts';
import { SlaSweeper } from '../src/features/sla/sla.sweeper.ts';
import { canonical, groupBy } from './faults/checks/canonical.ts';
import { readOutbox } from './faults/checks/outbox.ts';
import { readDeals, sortedRuns } from './faults/checks/read-deals.ts';
import { Store } from './faults/store.ts';
import { startApp } from './support/app.ts';
import type { TestApp } from './support/app.ts';

/*
 * Stories of the simulation on virtual time, played again on PostgreSQL: what the model committed, in its order, at
 * its moments. The model and the server must end with the same deals, histories, runs and published events.
 */
const SEEDS = [1, 2, 3, 4, 5, 6];

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

/** Past the verifier: the workshop of the simulation has a timer that nothing stops, on purpose. */
async function publish(tenantId: string, definition: PipelineDefinition): Promise<void> {
  const database = app.app.get(Database);
  const pipelineId = randomUUID();
  await database.within({ tenantId }, async (tx) => {
    await tx.execute(
      `INSERT INTO pipeline (id, tenant_id, key, title, is_default, current_version)
       VALUES ($1, $2, $3, $4, true, 1)`,
      [pipelineId, tenantId, definition.key, definition.title],
    );
    await tx.execute(
      'INSERT INTO pipeline_version (tenant_id, pipeline_id, version, definition) VALUES ($1, $2, 1, $3)',
      [tenantId, pipelineId, JSON.stringify(definition)],
    );
  });
}

/** Plays the operations of one tenant and gives a look into its rows. */
async function play(
  { history }: Report,
  key: string,
  definition: PipelineDefinition,
): Promise<Store> {
  const { id } = await app.createTenant({ escalation: false });
  await publish(id, definition);
  const database = app.app.get(Database);
  for (const { at, operation } of history.filter(({ tenant }) => tenant === key)) {
    await database.within({ tenantId: id }, (tx) =>
      tx.execute(
        'UPDATE tenant SET clock_frozen_at = to_timestamp($2::float8 / 1000) WHERE id = $1',
        [id, at],
      ),
    );
    if (operation.kind === 'sweep') {
      await app.app.get(SlaSweeper).sweepTenant(id);
      continue;
    }
    // Whether an event is too far ahead depends on the real clock here; the model has refused it by its own.
    const known = operation.raws.filter((raw) => parseEvent(raw, at).ok);
    for (const answer of await app.app.get(EventIngestion).ingest(id, known))
      if (answer.status === 'rejected') throw new Error(JSON.stringify(answer));
  }
  return new Store(app.database.ownerUrl, id);
}

/** By the reference under which everybody knows a deal: the model and the server give ids of their own. */
async function serverDeals(
  store: Store,
  pipeline: CompiledPipeline,
): Promise<Map<string, unknown>> {
  const refs = await store.rows<{ external_id: string; deal_id: string }>(
    "SELECT external_id, deal_id FROM deal_ref WHERE tenant_id = $1 AND system = 'crm'",
  );
  const refOf = new Map(refs.map((row) => [row.deal_id, row.external_id]));
  const published = groupBy(await readOutbox(store), ({ deal_id: id }) => id);
  const deals = await readDeals(store, pipeline);
  return new Map(
    deals.map(({ id, state, transitions, gateChanges, runs, breaches }) => [
      refOf.get(id) ?? id,
      {
        state,
        transitions,
        gateChanges,
        runs,
        breaches: [...breaches].sort(),
        told: (published.get(id) ?? []).map(told),
      },
    ]),
  );
}

/** Without the reason: when waiting events join their deal, the server always speaks of a late event. */
function told({ type, data }: { type: string; data: object & { reason?: unknown } }): object {
  const rest = { ...data };
  delete rest.reason;
  return { type, data: rest };
}

function modelDeals({ store }: Report, tenant: string): Map<string, unknown> {
  const rows = store.rowsOf(tenant);
  const refs = [...rows.links].filter(([ref]) => ref.startsWith('crm\n'));
  const published = groupBy(
    store.outbox.filter((row) => row.tenant === tenant),
    ({ dealId }) => dealId,
  );
  return new Map(
    refs.map(([ref, id]) => {
      const deal = rows.deals.get(id);
      return [
        ref.slice('crm\n'.length),
        {
          state: deal?.state,
          transitions: deal?.transitions,
          gateChanges: deal?.gateChanges,
          runs: sortedRuns([...(rows.runs.get(id)?.values() ?? [])]),
          breaches: [...(rows.breaches.get(id)?.values() ?? [])].map(runKey).sort(),
          told: (published.get(id) ?? []).map(({ announcement }) => told(announcement)),
        },
      ];
    }),
  );
}

const sorted = (deals: Map<string, unknown>): unknown =>
  JSON.parse(canonical(Object.fromEntries(deals)));

describe.each(SEEDS)('story %i', (seed) => {
  const report = simulate(seed);

  it.each(TENANTS)('$tenant', async ({ tenant, definition, pipeline }) => {
    expect(report.violation).toBeNull();
    const model = modelDeals(report, tenant);
    expect(model.size).toBeGreaterThan(0);
    const store = await play(report, tenant, definition);
    expect(sorted(await serverDeals(store, pipeline))).toEqual(sorted(model));
  });
});
