import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import { adtech, adtechCanonicalCase, credit } from '../pipelines/presets/index.ts';
import type { CompiledPipeline } from '../pipelines/index.ts';
import { eventsOf, inBatches, repeatedAndShuffled } from '../simulation/arbitraries.ts';
import { canonical, compiled, START, workshop } from '../simulation/fixtures.ts';
import { retell } from '../simulation/oracle.ts';
import type {
  Announcement,
  DealState,
  DomainEvent,
  Folded,
  GateChange,
  Published,
  SlaRun,
  Transition,
} from './index.ts';
import {
  compareEvents,
  decideAnnouncements,
  decideBreaches,
  distinct,
  emptyDeal,
  fold,
  isLate,
  listens,
  runKey,
  runStatus,
} from './index.ts';

const RUNS = { numRuns: 60 };

/** A deal as a store keeps it, written batch by batch. */
class StoredDeal {
  state: DealState;
  transitions: Transition[] = [];
  gateChanges: GateChange[] = [];
  runs = new Map<string, SlaRun>();
  events: readonly DomainEvent[] = [];

  readonly pipeline: CompiledPipeline;
  constructor(pipeline: CompiledPipeline) {
    this.pipeline = pipeline;
    this.state = emptyDeal(pipeline);
  }

  /** Takes events in the order in which they come; a late one folds all again. Says what the fold gave. */
  receive(batch: readonly DomainEvent[]): Folded & { readonly late: boolean } {
    const known = this.events.length;
    this.events = distinct([...this.events, ...batch]);
    const fresh = this.events.slice(known);
    const late = isLate(
      this.state,
      fresh.filter((event) => listens(this.pipeline, event)),
    );
    if (late) {
      this.transitions = [];
      this.gateChanges = [];
      this.runs = new Map();
    }
    const folded = late ? fold(this.pipeline, this.events) : fold(this.pipeline, fresh, this.state);
    this.state = folded.state;
    this.transitions.push(...folded.transitions);
    this.gateChanges.push(...folded.gateChanges);
    for (const run of folded.runs) this.runs.set(runKey(run), run);
    return { ...folded, late };
  }

  toString(): string {
    return picture(this.state, this.transitions, this.gateChanges, [...this.runs.values()]);
  }
}

function picture(
  state: DealState,
  transitions: readonly Transition[],
  gateChanges: readonly GateChange[],
  runs: readonly SlaRun[],
): string {
  return canonical({
    state,
    transitions,
    gateChanges,
    runs: runs.toSorted((left, right) => (runKey(left) < runKey(right) ? -1 : 1)),
  });
}

function fromScratch(pipeline: CompiledPipeline, events: readonly DomainEvent[]): string {
  const { state, transitions, gateChanges, runs } = fold(pipeline, events);
  return picture(state, transitions, gateChanges, runs);
}

describe.each([workshop, adtech, adtechCanonicalCase, credit])('$key', (definition) => {
  const pipeline = compiled(definition);
  const events = eventsOf(definition);
  const arrivals = events.chain(repeatedAndShuffled).chain(inBatches);

  it('any permutation with any duplication gives the same bytes', () => {
    fc.assert(
      fc.property(
        events.chain((list) => fc.tuple(fc.constant(list), repeatedAndShuffled(list))),
        ([list, shuffled]) => {
          expect(canonical(fold(pipeline, distinct(shuffled)))).toBe(
            canonical(fold(pipeline, list)),
          );
        },
      ),
      RUNS,
    );
  });

  it('folding on in fold order gives the same bytes as folding from scratch', () => {
    fc.assert(
      fc.property(
        events.chain((list) => inBatches(list.toSorted(compareEvents))),
        (batches) => {
          const deal = new StoredDeal(pipeline);
          for (const batch of batches) expect(deal.receive(batch).late).toBe(false);
          expect(String(deal)).toBe(fromScratch(pipeline, batches.flat()));
        },
      ),
      RUNS,
    );
  });

  it('folding in the order of arrival, and again when late, gives the same bytes at every step', () => {
    fc.assert(
      fc.property(arrivals, (batches) => {
        const deal = new StoredDeal(pipeline);
        for (const batch of batches) {
          deal.receive(batch);
          expect(String(deal)).toBe(fromScratch(pipeline, deal.events));
        }
      }),
      RUNS,
    );
  });

  it('gates, stage and runs are what the text says after every event', () => {
    fc.assert(
      fc.property(events, (list) => {
        let state = emptyDeal(pipeline);
        for (const moment of retell(definition, list)) {
          state = fold(pipeline, [moment.event], state).state;
          const { gates, domains, stage, ended, outcome } = state;
          const running = state.openRuns.map(({ timer }) => timer);
          expect({ gates, domains, stage, ended, outcome, running }).toEqual({
            ...moment,
            event: undefined,
          });
        }
      }),
      RUNS,
    );
  });

  it('each run is breached once net, and in the end exactly the overdue ones are', () => {
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.constant('arrival' as const) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }) },
    );
    fc.assert(
      fc.property(arrivals, fc.array(step, { maxLength: 30 }), (batches, steps) => {
        const deal = new StoredDeal(pipeline);
        const published = new Map<string, SlaRun>();
        let now: Instant = START;
        const publish = (runs: readonly SlaRun[], all: boolean): void => {
          const vanished = (key: string): boolean => all && !deal.runs.has(key);
          const decision = decideBreaches(runs, [...published.values()], vanished, now);
          for (const run of decision.breached) {
            expect(published.has(runKey(run))).toBe(false);
            published.set(runKey(run), run);
          }
          for (const run of decision.retracted)
            expect(published.delete(runKey(run as SlaRun))).toBe(true);
        };
        const waiting = [...batches];
        const arrive = (): void => {
          const { runs, late } = deal.receive(waiting.shift() ?? []);
          publish(runs, late);
        };
        const sweep = (): void => {
          publish(
            [...deal.runs.values()].filter((run) => run.closedAt === null && run.dueAt < now),
            false,
          );
        };
        for (const next of steps) {
          if (next === 'arrival') {
            arrive();
          } else {
            now += next * HOUR;
            sweep();
          }
        }
        while (waiting.length > 0) arrive();
        sweep();
        const overdue = [...deal.runs.values()]
          .filter((run) => runStatus(run, now) === 'breached')
          .map(runKey);
        expect([...published.keys()].toSorted()).toEqual(overdue.toSorted());
      }),
      RUNS,
    );
  });

  it('who replays stage.changed ends at the current stage and never hears a stage twice in a row', () => {
    fc.assert(
      fc.property(arrivals, (batches) => {
        const deal = new StoredDeal(pipeline);
        let published: Published | null = null;
        let heard = definition.stages[0]?.key;
        for (const batch of batches) {
          const { late } = deal.receive(batch);
          const decision: { announcements: readonly Announcement[]; published: Published } =
            decideAnnouncements({
              pipeline,
              before: published,
              state: deal.state,
              lastTransition: deal.transitions.at(-1) ?? null,
              cause: late ? 'late_event' : 'in_order',
              latestEvent: batch.at(-1) ?? null,
              breaches: { breached: [], retracted: [] },
            });
          for (const { type, data } of decision.announcements) {
            if (type !== 'masterdeal.stage.changed') continue;
            expect(data['from']).toBe(heard);
            expect(data['to']).not.toBe(heard);
            heard = data['to'] as string;
          }
          published = decision.published;
          expect(heard).toBe(deal.state.stage);
        }
      }),
      RUNS,
    );
  });
});
