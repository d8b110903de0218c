import { RollupBuilder } from '../features/analytics/index.ts';
import { DashboardRepository, DashboardService } from '../features/dashboard/index.ts';
import { PipelineRegistry } from '../features/pipelines/index.ts';
import type { Principal } from '../platform/auth/index.ts';
import { Database } from '../platform/database/index.ts';
import type { ServerAddresses } from './board-database.ts';
import { makeRollupsDatabase } from './rollups-database.ts';
import { withClient } from './sweep-database.ts';
import type { SweepDatabase } from './sweep-database.ts';

export interface RollupsOptions extends ServerAddresses {
  /** How often both arms are measured; each round gives one ratio. */
  readonly rounds?: number;
  /** Reports out of the rollups in one round; one looks at the deals. */
  readonly reports?: number;
  readonly deals?: number;
  readonly log?: (text: string) => void;
}

/**
 * Time of a dashboard out of the rollups ÷ of the same one by looking at the deals, over a year of deals. Throws when
 * the two differ.
 */
export async function rollupsRatios(options: RollupsOptions): Promise<number[]> {
  const { rounds = 7, reports = 5, deals = 100_000, log = () => undefined } = options;
  const place = await makeRollupsDatabase(options, { deals, log });
  const database = await Database.connect(
    { PG_APP_URL: place.appUrl, PG_SCAN_URL: place.scanUrl, PG_POOL_SIZE: 2 },
    [],
  );
  try {
    await new RollupBuilder(database).build(place.tenantIds[0] ?? '');
    await withClient(place.ownerUrl, (client) => client.query('VACUUM ANALYZE rollup'));
    const dashboards = new DashboardService(
      database,
      new PipelineRegistry(),
      new DashboardRepository(),
    );
    const ratios: number[] = [];
    await pair(place, dashboards, 1);
    for (let round = 0; round < rounds; round += 1) {
      const [kept, scanned] = await pair(place, dashboards, reports);
      log(`round ${round + 1}: ${kept.toFixed(1)} ms ÷ ${scanned.toFixed(0)} ms`);
      ratios.push(kept / scanned);
    }
    return ratios;
  } finally {
    await database.close();
    await place.drop();
  }
}

/** Milliseconds of both arms: the median of some reports, and one. The clock stands still, so that they may be equal. */
async function pair(
  place: SweepDatabase,
  dashboards: DashboardService,
  reports: number,
): Promise<readonly [number, number]> {
  await run(place, 'UPDATE tenant SET clock_frozen_at = now()');
  await run(place, 'UPDATE rollup_build SET rules = abs(rules)');
  const kept: number[] = [];
  let [answer, time] = ['', 0];
  for (let report = 0; report < reports; report += 1) {
    [answer, time] = await timed(place, dashboards);
    kept.push(time);
  }
  await run(place, 'UPDATE rollup_build SET rules = -abs(rules)');
  const [scanned, scan] = await timed(place, dashboards);
  if (scanned !== answer) throw new Error('the rollups do not give what the deals give');
  return [kept.toSorted((one, other) => one - other)[Math.floor(reports / 2)] ?? 0, scan];
}

async function timed(
  { tenantIds }: SweepDatabase,
  dashboards: DashboardService,
): Promise<[string, number]> {
  const principal: Principal = {
    kind: 'client',
    id: 'bench',
    tenantId: tenantIds[0] ?? '',
    role: null,
    scopes: new Set(),
  };
  const from = performance.now();
  const dashboard = await dashboards.dashboard(principal, {});
  return [JSON.stringify(dashboard), performance.now() - from];
}

async function run({ ownerUrl }: SweepDatabase, sql: string): Promise<void> {
  await withClient(ownerUrl, (client) => client.query(sql));
}
