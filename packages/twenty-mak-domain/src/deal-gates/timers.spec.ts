import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../basics/index.ts';
import { compiled, day, event, workshop } from '../simulation/fixtures.ts';
import type { DomainEvent, Folded, SlaRun } from './index.ts';
import { decideBreaches, fold, runKey, runStatus } from './index.ts';

const shop = compiled(workshop);

function tell(...events: DomainEvent[]): Folded {
  return fold(shop, events);
}

function brief(runs: readonly SlaRun[]): unknown[] {
  return runs.map(({ timer, openedAt, closedAt, closedAs }) => [
    timer,
    openedAt,
    closedAt,
    closedAs,
  ]);
}

const opened = event('order.opened', day(0));
const worthIt = event('diagnosis', day(1), { verdict: 'worth it' });
const repaired = event('repair.done', day(2));
const bench = (stage: string, at: number) =>
  event('domain.stage.changed', at, { system: 'bench', stage });

describe('a run', () => {
  it('opens at the event that makes its start true, and is due a target later', () => {
    const { runs, state } = tell(opened);
    expect(runs).toEqual([
      {
        timer: 'answer',
        openedBy: { occurredAt: day(0), source: 'crm', eventId: opened.eventId },
        openedAt: day(0),
        dueAt: day(0) + 8 * HOUR,
        closedAt: null,
        closedAs: null,
      },
    ]);
    expect(state.openRuns).toEqual(runs);
  });

  it('closes met at the event that makes its stop true', () => {
    const { runs, state } = tell(opened, worthIt);
    expect(brief(runs)).toEqual([
      ['answer', day(0), day(1), 'met'],
      ['repair', day(1), null, null],
    ]);
    expect(state.openRuns.map(({ timer }) => timer)).toEqual(['repair']);
  });

  it('closes cancelled when its start no longer holds', () => {
    expect(brief(tell(opened, bench('working', day(1)), bench('waiting', day(2))).runs)).toEqual([
      ['on_bench', day(1), day(2), 'cancelled'],
      ['answer', day(0), null, null],
    ]);
  });

  it('does not open while its stop holds', () => {
    const { runs } = tell(
      event('diagnosis', day(-1), { verdict: 'worth it' }),
      event('order.imported', day(0)),
    );
    expect(runs).toEqual([]);
  });

  it('opens anew each time its condition comes back, as another run', () => {
    const { runs } = tell(
      opened,
      repaired,
      event('test.failed', day(3)),
      event('repair.done', day(4)),
    );
    expect(brief(runs)).toEqual([
      ['collect', day(2), day(3), 'cancelled'],
      ['on_bench', day(3), day(4), 'cancelled'],
      ['answer', day(0), null, null],
      ['collect', day(4), null, null],
    ]);
    expect(new Set(runs.map(runKey)).size).toBe(4);
  });

  it('stays open over events that change nothing for it', () => {
    const { state } = tell(opened, event('payment', day(1)), event('deal.note.added', day(2)));
    expect(brief(state.openRuns)).toEqual([['answer', day(0), null, null]]);
  });

  it('that starts with `created` waits for the creating event', () => {
    expect(brief(tell(event('payment', day(-1)), opened).runs)).toEqual([
      ['answer', day(0), null, null],
    ]);
  });

  it('is told by a fold only if this fold opened or closed it', () => {
    const first = tell(opened, repaired);
    expect(brief(first.runs)).toHaveLength(2);
    const second = fold(shop, [event('payment', day(3))], first.state);
    expect(brief(second.runs)).toEqual([['collect', day(2), day(3), 'met']]);
    expect(brief(second.state.openRuns)).toEqual([['answer', day(0), null, null]]);
  });
});

describe('runKey', () => {
  it('is timer, source and event', () => {
    const openedBy = { occurredAt: 1, source: 'crm', eventId: 'e 1' };
    expect(runKey({ timer: 'answer', openedBy })).toBe('answer\ncrm\ne 1');
  });
});

describe('runStatus', () => {
  const run = (closedAt: number | null, closedAs: SlaRun['closedAs']) => ({
    dueAt: 100,
    closedAt,
    closedAs,
  });

  it.each([
    ['running until due', run(null, null), 100, 'running'],
    ['breached while open after due', run(null, null), 101, 'breached'],
    ['met in time', run(99, 'met'), 500, 'met'],
    ['met to the millisecond', run(100, 'met'), 500, 'met'],
    ['breached when stopped late', run(101, 'met'), 101, 'breached'],
    ['cancelled in time', run(100, 'cancelled'), 500, 'cancelled'],
    ['breached when cancelled late', run(101, 'cancelled'), 500, 'breached'],
    ['breached by its end, not by the present', run(101, 'met'), 50, 'breached'],
  ] as const)('%s', (_name, given, now, status) => expect(runStatus(given, now)).toBe(status));
});

describe('decideBreaches', () => {
  const never = () => false;
  const answer: SlaRun = {
    timer: 'answer',
    openedBy: { occurredAt: day(0), source: 'crm', eventId: opened.eventId },
    openedAt: day(0),
    dueAt: day(0) + 8 * HOUR,
    closedAt: null,
    closedAs: null,
  };
  const met: SlaRun = { ...answer, closedAt: day(0) + HOUR, closedAs: 'met' };
  const late = answer.dueAt + 1;

  it('publishes a breach once', () => {
    expect(decideBreaches([answer], [], never, late)).toEqual({
      breached: [answer],
      retracted: [],
    });
    expect(decideBreaches([answer], [answer], never, late)).toEqual({
      breached: [],
      retracted: [],
    });
  });

  it('publishes nothing before the due time has passed', () => {
    expect(decideBreaches([answer], [], never, answer.dueAt)).toEqual({
      breached: [],
      retracted: [],
    });
  });

  it('publishes the breach of a run that opened and closed in one fold', () => {
    const { runs } = tell(opened, worthIt);
    expect(decideBreaches(runs, [], never, day(1)).breached.map(({ timer }) => timer)).toEqual([
      'answer',
    ]);
  });

  it('retracts when a late event shows that the target was met', () => {
    expect(decideBreaches([met], [answer], never, late)).toEqual({
      breached: [],
      retracted: [answer],
    });
  });

  it('retracts when the run is gone after a late event', () => {
    const { runs } = tell(opened, event('customer.left', day(0)));
    expect(brief(runs)).toEqual([]);
    expect(decideBreaches(runs, [answer], () => true, late)).toEqual({
      breached: [],
      retracted: [answer],
    });
  });

  it('retracts nothing it was not told about', () => {
    expect(decideBreaches([], [answer], never, late)).toEqual({ breached: [], retracted: [] });
    const asked: string[] = [];
    decideBreaches([], [answer], (key) => asked.push(key) > 1, late);
    expect(asked).toEqual([runKey(answer)]);
  });

  it('tells runs of one timer apart by the event that opened them', () => {
    const other = { ...answer, openedBy: { ...answer.openedBy, eventId: 'other' } };
    expect(decideBreaches([other], [answer], () => true, late)).toEqual({
      breached: [other],
      retracted: [answer],
    });
  });

  it('may publish again after a retraction', () => {
    expect(decideBreaches([answer], [], never, late + DAY).breached).toEqual([answer]);
  });
});
