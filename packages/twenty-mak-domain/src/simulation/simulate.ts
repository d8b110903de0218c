import { adtech, credit } from '../pipelines/presets/index.ts';
import type { Bug } from './bugs.ts';
import { Engine } from './engine.ts';
import { compiled, START, workshop } from './fixtures.ts';
import { planDeals } from './population.ts';
import { Random } from './random.ts';
import { Schedule } from './schedule.ts';
import { ModelStore } from './store.ts';
import { Violation, Watch } from './watch.ts';
import { Cluster } from './world.ts';
import type { Performed } from './world.ts';

/** One tenant for each pipeline; tenants share the store and the processes, never a lock. */
export const TENANTS = [workshop, adtech, credit].map((definition) => ({
  tenant: definition.key,
  definition,
  pipeline: compiled(definition),
}));

export interface Report {
  readonly seed: number;
  /** Milliseconds of virtual time. */
  readonly simulated: number;
  readonly steps: number;
  readonly checks: number;
  readonly events: number;
  readonly outboxRows: number;
  readonly faults: Cluster['faults'];
  readonly violation: Violation | null;
  /** Committed operations in their order, to play the story again on another store. */
  readonly history: readonly Performed[];
  /** What the model store holds in the end. */
  readonly store: ModelStore;
}

/** Runs one story. The same seed and bugs give the same story, step by step. */
export function simulate(seed: number, bugs: readonly Bug[] = []): Report {
  const planted = new Set(bugs);
  const random = new Random(seed);
  const schedule = new Schedule(START);
  const store = new ModelStore(
    TENANTS.map(({ tenant }) => tenant),
    () => schedule.now,
    planted,
  );
  const watch = new Watch(
    store,
    new Map(TENANTS.map(({ tenant, pipeline }) => [tenant, pipeline])),
  );
  const engines = new Map(
    TENANTS.map(({ tenant, pipeline }) => [tenant, new Engine(pipeline, planted)]),
  );
  const plans = new Map(
    TENANTS.map(({ tenant, definition }) => [
      tenant,
      planDeals(definition, START, random, random.int(1, 4)),
    ]),
  );
  const cluster = new Cluster({ schedule, random, store, watch, engines, bugs: planted });
  let violation: Violation | null = null;
  try {
    cluster.run(plans);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    violation = error;
  }
  return {
    seed,
    simulated: schedule.now - START,
    steps: schedule.steps,
    checks: watch.checks,
    events: [...plans.values()].flat().reduce((sum, { sayings }) => sum + sayings.length, 0),
    outboxRows: store.outbox.length,
    faults: cluster.faults,
    violation,
    history: cluster.history,
    store,
  };
}
