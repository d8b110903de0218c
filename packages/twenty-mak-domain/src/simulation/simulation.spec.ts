import { describe, expect, it } from 'vitest';
import { DAY } from '../basics/index.ts';
import { BUGS } from './bugs.ts';
import type { Bug } from './bugs.ts';
import { Random } from './random.ts';
import { Schedule } from './schedule.ts';
import { simulate } from './simulate.ts';
import type { INVARIANTS } from './watch.ts';

describe('the engine on virtual time', () => {
  it('keeps every promise over 150 stories, and each fault happens in them', () => {
    const faults: Record<string, number> = {};
    let [checks, breaches] = [0, 0];
    for (let seed = 1; seed <= 150; seed += 1) {
      const report = simulate(seed);
      expect(report.violation, `seed ${seed}`).toBeNull();
      expect(report.simulated).toBeGreaterThan(10 * DAY);
      checks += report.checks;
      breaches += report.store.outbox.filter(
        ({ announcement }) => announcement.type === 'masterdeal.sla.breached',
      ).length;
      for (const [fault, count] of Object.entries(report.faults))
        faults[fault] = (faults[fault] ?? 0) + count;
    }
    expect(
      Object.values(faults).every((count) => count > 20),
      JSON.stringify(faults),
    ).toBe(true);
    expect(checks).toBeGreaterThan(50_000);
    expect(breaches).toBeGreaterThan(500);
  });

  it('tells the same story for the same seed', () => {
    const [first, again, other] = [simulate(7), simulate(7), simulate(8)];
    expect(again.history).toEqual(first.history);
    expect(again.store.outbox).toEqual(first.store.outbox);
    expect(other.history).not.toEqual(first.history);
  });
});

describe('a planted bug is found', () => {
  const expected: Record<Bug, readonly (typeof INVARIANTS)[number][]> = {
    'no-deduplication': ['effect twice', 'wrong answer'],
    'no-writer-lock': ['effect twice', 'state differs from a fold from scratch'],
    'late-is-ignored': ['state differs from a fold from scratch'],
    'orphans-forgotten': ['state differs from a fold from scratch'],
    'acknowledged-before-commit': ['acknowledged and lost'],
    'breach-not-marked': ['breach twice'],
    'breach-never-retracted': ['breaches differ from the truth'],
    'outbox-read-ahead': ['outbox row lost', 'stage heard differs from the stage'],
    'cursor-before-delivery': ['outbox row lost', 'stage heard differs from the stage'],
    'announced-from-memory': ['stage heard differs from the stage'],
  };

  it.each(Object.keys(BUGS) as Bug[])('%s', (bug) => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { violation } = simulate(seed, [bug]);
      if (violation === null) continue;
      expect(expected[bug]).toContain(violation.invariant);
      expect(simulate(seed, [bug]).violation?.message).toBe(violation.message);
      return;
    }
    expect.unreachable('60 stories did not show it');
  });
});

describe('Schedule', () => {
  it('runs tasks by time, and tasks of one moment in their order', () => {
    const schedule = new Schedule(100);
    const random = new Random(3);
    const planned = Array.from({ length: 200 }, (_, index) => ({
      at: 100 + random.int(0, 20),
      index,
    }));
    const ran: typeof planned = [];
    for (const task of planned) schedule.at(task.at, () => ran.push(task));
    schedule.in(5, () => schedule.in(1, () => ran.push({ at: schedule.now, index: 200 })));
    schedule.run();
    const ordered = [...planned, { at: 106, index: 200 }].toSorted(
      (left, right) => left.at - right.at || left.index - right.index,
    );
    expect(ran).toEqual(ordered);
    expect(schedule.steps).toBe(202);
  });
});

describe('Random', () => {
  it('is the same for a seed and even over its range', () => {
    const list = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 6_000 }, () => random.int(1, 6));
    };
    expect(list(1)).toEqual(list(1));
    expect(list(1)).not.toEqual(list(2));
    for (let face = 1; face <= 6; face += 1) {
      expect(list(1).filter((value) => value === face).length).toBeGreaterThan(850);
    }
    const random = new Random(1);
    expect(random.shuffled([1, 2, 3, 4, 5]).toSorted()).toEqual([1, 2, 3, 4, 5]);
  });
});
