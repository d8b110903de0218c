import { describe, expect, it } from 'vitest';
import { HOUR } from '../basics/index.ts';
import { compiled, day, event, START, workshop } from '../simulation/fixtures.ts';
import type { DomainEvent, Folded } from './index.ts';
import { emptyDeal, fold, isLate } from './index.ts';

const shop = compiled(workshop);

function stages({ transitions }: Folded): string[] {
  return transitions.map(({ from, to, reason }) => `${from} > ${to} (${reason})`);
}

function tell(...events: DomainEvent[]): Folded {
  return fold(shop, events);
}

const opened = event('order.opened', day(0));
const worthIt = event('diagnosis', day(1), { verdict: 'worth it' });
const repaired = event('repair.done', day(2));
const paid = event('payment', day(3));

describe('gates', () => {
  it('start out false, with nothing known', () => {
    const state = emptyDeal(shop);
    expect(state).toEqual({
      cursor: null,
      createdAt: null,
      gates: { ordered: false, diagnosed: false, repaired: false, paid: false },
      domains: {},
      stage: 'asked',
      stageStartedAt: null,
      outcome: null,
      closedAt: null,
      ended: false,
      fields: expect.objectContaining({ name: null, archivedAt: null, responsible: {} }),
      openRuns: [],
      transitionCount: 0,
      gateChangeCount: 0,
    });
    expect(tell().state).toEqual(state);
  });

  it('keep a record of every change: who, when, which, how', () => {
    const { gateChanges, state } = tell(
      opened,
      worthIt,
      event('repair.done', day(2), {}, { source: 'bench', eventId: 'r-1' }),
      event('test.failed', day(3)),
    );
    expect(gateChanges).toEqual([
      {
        seq: 1,
        gate: 'ordered',
        status: true,
        by: { occurredAt: day(0), source: 'crm', eventId: opened.eventId },
      },
      {
        seq: 2,
        gate: 'diagnosed',
        status: true,
        by: { occurredAt: day(1), source: 'crm', eventId: worthIt.eventId },
      },
      {
        seq: 3,
        gate: 'repaired',
        status: true,
        by: { occurredAt: day(2), source: 'bench', eventId: 'r-1' },
      },
      {
        seq: 4,
        gate: 'repaired',
        status: false,
        by: { occurredAt: day(3), source: 'crm', eventId: `test.failed@${day(3)}` },
      },
    ]);
    expect(state.gates).toEqual({ ordered: true, diagnosed: true, repaired: false, paid: false });
    expect(state.gateChangeCount).toBe(4);
  });

  it('one event may set and clear several; each change has its record', () => {
    const { gateChanges } = tell(opened, repaired, paid, event('part.swapped', day(4)));
    expect(gateChanges.slice(3).map(({ gate, status }) => [gate, status])).toEqual([
      ['diagnosed', true],
      ['repaired', false],
      ['paid', false],
    ]);
  });

  it('setting what holds and clearing what does not is no change', () => {
    const { gateChanges, transitions, effects } = tell(
      opened,
      event('order', day(1)),
      event('refund', day(2)),
    );
    expect(gateChanges).toHaveLength(1);
    expect(transitions).toHaveLength(1);
    expect(effects).toEqual(['applied', 'applied', 'applied']);
  });

  it('an alias is the same type; a mapping with a condition needs its condition', () => {
    expect(tell(event('order')).state.gates['ordered']).toBe(true);
    const { state, effects } = tell(opened, event('diagnosis', day(1), { verdict: 'unsure' }));
    expect(state.gates['diagnosed']).toBe(false);
    expect(effects).toEqual(['applied', 'stored']);
    expect(tell(opened, event('diagnosis', day(1), { verdict: 'too old' })).state.stage).toBe(
      'scrapped',
    );
  });
});

describe('stages', () => {
  it('follow the first rule that holds', () => {
    const story = tell(opened, worthIt, repaired, paid);
    expect(stages(story)).toEqual([
      'asked > queued (facts)',
      'queued > in_work (facts)',
      'in_work > ready (facts)',
      'ready > done (facts)',
    ]);
    expect(story.transitions[3]).toEqual({
      seq: 4,
      from: 'ready',
      to: 'done',
      reason: 'facts',
      by: { occurredAt: day(3), source: 'crm', eventId: paid.eventId },
    });
    expect(story.state).toMatchObject({
      stage: 'done',
      stageStartedAt: day(3),
      transitionCount: 4,
    });
  });

  it('a condition over several gates needs all of them, in any order', () => {
    expect(
      stages(tell(event('payment', day(0)), event('order', day(1)), event('repair.done', day(2)))),
    ).toEqual(['asked > queued (facts)', 'queued > done (facts)']);
  });

  it('a gate may hold although an earlier one does not', () => {
    expect(tell(event('order.imported', day(0)), repaired).state.stage).toBe('ready');
  });

  it('all effects of an event apply before the stage is computed once', () => {
    expect(stages(tell(opened, repaired, paid, event('part.swapped', day(4))))).toEqual([
      'asked > queued (facts)',
      'queued > ready (facts)',
      'ready > done (facts)',
      'done > in_work (facts)',
    ]);
  });

  it('the initial stage starts with the first event that counts', () => {
    const { state } = tell(event('unheard of', day(0)), event('order.imported', day(1)));
    expect(state).toMatchObject({ stage: 'asked', stageStartedAt: day(1), createdAt: day(1) });
  });

  it('won sets outcome and closing time, and ends nothing', () => {
    const won = tell(opened, repaired, paid);
    expect(won.state).toMatchObject({
      stage: 'done',
      outcome: 'won',
      closedAt: day(3),
      ended: false,
    });
    const { state } = tell(opened, repaired, paid, event('refund', day(4)));
    expect(state).toMatchObject({ stage: 'ready', outcome: null, closedAt: null });
  });
});

describe('domain stages', () => {
  const bench = (stage: string, at: number) =>
    event('domain.stage.changed', at, { system: 'bench', stage });

  it('are set by a mapping and by domain.stage.changed', () => {
    expect(tell(opened, repaired).state.domains).toEqual({ bench: 'testing' });
    expect(tell(opened, bench('working', day(1))).state).toMatchObject({
      domains: { bench: 'working' },
      stage: 'in_work',
    });
  });

  it('of one system exclude each other', () => {
    const { state } = tell(
      opened,
      bench('working', day(1)),
      bench('waiting', day(2)),
      event('domain.stage.changed', day(3), { system: 'depot', stage: 'packed' }),
    );
    expect(state.domains).toEqual({ bench: 'waiting', depot: 'packed' });
  });

  it('that flicker do not take the deal back: no gate was cleared', () => {
    const story = tell(
      opened,
      bench('working', day(1)),
      bench('waiting', day(2)),
      bench('testing', day(3)),
      bench('waiting', day(4)),
    );
    expect(stages(story)).toEqual(['asked > queued (facts)', 'queued > in_work (facts)']);
  });

  it('after a flicker a cleared gate takes the deal to where the rules say', () => {
    const story = tell(
      opened,
      bench('working', day(1)),
      bench('waiting', day(2)),
      paid,
      event('refund', day(4)),
    );
    expect(stages(story).at(-1)).toBe('in_work > queued (facts)');
  });

  it('clearing a gate that does not hold allows no fall', () => {
    const story = tell(
      opened,
      bench('working', day(1)),
      bench('waiting', day(2)),
      event('refund', day(4)),
    );
    expect(story.state.stage).toBe('in_work');
  });

  it('a system or a stage that no rule knows is kept, too', () => {
    const odd = event('domain.stage.changed', day(1), { system: 'aardvark', stage: 'asleep' });
    const { state, effects } = tell(opened, bench('resting', day(1)), odd);
    expect(Object.entries(state.domains)).toEqual([
      ['aardvark', 'asleep'],
      ['bench', 'resting'],
    ]);
    expect(state.stage).toBe('queued');
    expect(effects).toEqual(['applied', 'applied', 'applied']);
  });

  it('a report without system or stage changes nothing', () => {
    for (const data of [
      { system: 'bench' },
      { stage: 'working' },
      { system: 5, stage: 'working' },
      {},
    ]) {
      const { state } = tell(opened, event('domain.stage.changed', day(1), data));
      expect(Object.keys(state.domains)).toEqual([]);
      expect(state.stage).toBe('queued');
    }
  });

  it('are not set by other events that happen to carry such fields', () => {
    const { state } = tell(opened, event('payment', day(1), { system: 'bench', stage: 'working' }));
    expect(state.domains).toEqual({});
  });

  it('a mapping of domain.stage.changed adds to it', () => {
    const linked = compiled({
      ...workshop,
      events: [
        ...workshop.events,
        { type: 'domain.stage.changed', where: { stage: 'packed' }, sets: ['repaired'] },
      ],
    });
    const { state } = fold(linked, [
      opened,
      event('domain.stage.changed', day(1), { system: 'depot', stage: 'packed' }),
    ]);
    expect(state).toMatchObject({
      domains: { depot: 'packed' },
      gates: { repaired: true },
      stage: 'shipped',
    });
  });

  it('names of the prototype are names like others', () => {
    const { state } = tell(
      opened,
      event('domain.stage.changed', day(1), { system: '__proto__', stage: 'x' }),
      event('domain.stage.changed', day(2), { system: 'constructor', stage: 'y' }),
    );
    expect(Object.entries(state.domains)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(state.domains)).toBe(Object.prototype);
  });
});

describe('fields', () => {
  it('are taken from creating events, deal.updated and deal.owner.changed, in fold order', () => {
    const { state } = tell(
      event('deal.updated', day(2), { name: 'Saw', amount: 300 }),
      event('order.opened', day(0), { name: 'Drill', amount: 200, owner_id: 'u1' }),
      event('deal.owner.changed', day(1), { owner_id: 'u2' }),
      event('payment', day(3), { name: 'Ignored' }),
      event('deal.note.added', day(4), { name: 'Ignored' }),
    );
    expect(state.fields).toMatchObject({ name: 'Saw', amount: 300, ownerId: 'u2' });
    expect(state).toMatchObject({ createdAt: day(0), stage: 'queued' });
  });

  it('deal.created makes a deal of every pipeline', () => {
    const { state, effects } = tell(event('deal.created', day(0), { name: 'Drill' }));
    expect(state).toMatchObject({ createdAt: day(0), stage: 'asked', fields: { name: 'Drill' } });
    expect(effects).toEqual(['applied']);
  });

  it('archiving and restoring', () => {
    expect(tell(opened, event('deal.archived', day(5))).state.fields.archivedAt).toBe(day(5));
    expect(
      tell(opened, event('deal.archived', day(5)), event('deal.restored', day(6))).state.fields
        .archivedAt,
    ).toBeNull();
    expect(
      tell(opened, event('deal.archived', day(5)), event('deal.updated', day(6), { name: 'x' }))
        .state.fields.archivedAt,
    ).toBe(day(5));
  });

  it('created holds from the first creating event', () => {
    const { state } = tell(
      event('payment', day(0)),
      event('order.opened', day(1)),
      event('order.imported', day(2)),
    );
    expect(state.createdAt).toBe(day(1));
  });
});

describe('what nothing listens to', () => {
  it('is stored, and moves nothing', () => {
    const { state, effects } = tell(opened, event('weather.changed', day(9)));
    expect(effects).toEqual(['applied', 'stored']);
    expect(state.cursor?.occurredAt).toBe(day(0));
  });

  it('may come late without another fold from the start', () => {
    const { state } = tell(repaired);
    const { effects } = fold(shop, [event('weather.changed', day(0)), paid], state);
    expect(effects).toEqual(['stored', 'applied']);
  });
});

describe('folding on', () => {
  it('continues counters, stage and runs', () => {
    const first = tell(opened, worthIt);
    const second = fold(shop, [repaired, paid], first.state);
    const whole = tell(opened, worthIt, repaired, paid);
    expect(second.state).toEqual(whole.state);
    expect([...first.transitions, ...second.transitions]).toEqual(whole.transitions);
    expect([...first.gateChanges, ...second.gateChanges]).toEqual(whole.gateChanges);
    expect(second.transitions[0]?.seq).toBe(3);
    expect(second.gateChanges[0]?.seq).toBe(3);
  });

  it('leaves what it was given untouched, and keeps what did not change', () => {
    const { state } = tell(opened);
    const before = JSON.stringify(state);
    const after = fold(shop, [event('deal.note.added', day(1))], state).state;
    expect(JSON.stringify(state)).toBe(before);
    expect(after.gates).toBe(state.gates);
    expect(after.domains).toBe(state.domains);
    expect(after.openRuns).toBe(state.openRuns);
    expect(after.fields).toBe(state.fields);
    expect(fold(shop, [event('order', day(1))], state).state.gates).toBe(state.gates);
    const again = tell(opened, repaired).state;
    expect(fold(shop, [event('repair.done', day(4))], again).state.domains).toBe(again.domains);
  });

  it('does not need the events in order', () => {
    const events = [paid, opened, repaired, worthIt];
    const shuffled = fold(shop, events);
    expect(shuffled).toEqual(tell(opened, worthIt, repaired, paid));
    expect(events[0]).toBe(paid);
  });

  it('refuses an event before the cursor, or the same again', () => {
    const { state } = tell(repaired);
    expect(isLate(state, [opened])).toBe(true);
    expect(isLate(state, [paid, repaired])).toBe(true);
    expect(isLate(state, [paid])).toBe(false);
    expect(isLate(state, [])).toBe(false);
    expect(isLate(emptyDeal(shop), [opened])).toBe(false);
    expect(() => fold(shop, [paid, opened], state)).toThrow(RangeError);
    expect(() => fold(shop, [repaired], state)).toThrow('does not come after the cursor');
  });

  it('equal times are ordered by source and id', () => {
    const set = event('payment', START, {}, { eventId: '2' });
    const clear = event('refund', START, {}, { eventId: '10' });
    expect(tell(set, clear).state.gates['paid']).toBe(true);
    expect(tell({ ...set, source: 'a' }, clear).state.gates['paid']).toBe(false);
  });
});

describe('a late event', () => {
  it('may lower the stage', () => {
    const bench = event('domain.stage.changed', day(1), { system: 'bench', stage: 'working' });
    const waiting = event('domain.stage.changed', day(1) + HOUR, {
      system: 'bench',
      stage: 'waiting',
    });
    expect(tell(opened, bench, waiting).state.stage).toBe('in_work');
    // The late refund falls between: at that moment the bench still works, so it lowers nothing …
    expect(
      tell(opened, bench, waiting, event('payment', day(0) + 1), event('refund', day(1) + 1)).state
        .stage,
    ).toBe('in_work');
    // … but a late one after it lowers the stage to where the rules see it.
    expect(
      tell(opened, bench, waiting, event('payment', day(0) + 1), event('refund', day(2))).state
        .stage,
    ).toBe('queued');
  });

  it('may take a whole history back', () => {
    const left = event('customer.left', day(0) + 1);
    const story = tell(opened, worthIt, repaired, paid, left);
    expect(stages(story)).toEqual(['asked > queued (facts)', 'queued > abandoned (ended)']);
    expect(story.effects).toEqual(['applied', 'applied', 'stored', 'stored', 'stored']);
  });
});

describe('another version of the pipeline', () => {
  it('folds the same events into another deal', () => {
    const next = compiled({
      ...workshop,
      stages: workshop.stages.filter(({ key }) => key !== 'ready'),
      rules: workshop.rules.map((rule) =>
        rule.stage === 'ready' ? { ...rule, stage: 'shipped' } : rule,
      ),
      timers: [
        {
          key: 'wait',
          start: 'created',
          stop: 'gates.repaired',
          target: { amount: 1, unit: 'hours' },
        },
      ],
    });
    const events = [opened, worthIt, repaired];
    expect(tell(...events).state).toMatchObject({ stage: 'ready', gates: { repaired: true } });
    const migrated = fold(next, events);
    expect(migrated.state).toMatchObject({
      stage: 'shipped',
      gates: { repaired: true },
      openRuns: [],
    });
    expect(stages(migrated)).toEqual([
      'asked > queued (facts)',
      'queued > in_work (facts)',
      'in_work > shipped (facts)',
    ]);
    expect(migrated.runs).toEqual([
      expect.objectContaining({ timer: 'wait', openedAt: day(0), closedAs: 'met' }),
    ]);
  });
});
