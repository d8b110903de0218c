import { describe, expect, it } from 'vitest';
import { compiled, day, event, workshop } from '../simulation/fixtures.ts';
import type { DomainEvent, Folded } from './index.ts';
import { fold } from './index.ts';

const shop = compiled(workshop);

function tell(...events: DomainEvent[]): Folded {
  return fold(shop, events);
}

const opened = event('order.opened', day(0));
const repaired = event('repair.done', day(2));
const scrapped = event('diagnosis', day(4), { verdict: 'too old' });
const reopened = event('deal.reopened', day(6));

describe('an ending event', () => {
  it('gives stage, outcome and closing time', () => {
    const { state, transitions } = tell(opened, repaired, scrapped);
    expect(state).toMatchObject({
      stage: 'scrapped',
      outcome: 'lost',
      closedAt: day(4),
      stageStartedAt: day(4),
      ended: true,
    });
    expect(transitions.at(-1)).toMatchObject({
      seq: 3,
      from: 'ready',
      to: 'scrapped',
      reason: 'ended',
    });
  });

  it('may be a win', () => {
    expect(tell(opened, event('bought.back', day(1))).state).toMatchObject({
      stage: 'traded',
      outcome: 'won',
      closedAt: day(1),
    });
  });

  it('takes a won deal, too', () => {
    const { state } = tell(opened, repaired, event('payment', day(3)), scrapped);
    expect(state).toMatchObject({ stage: 'scrapped', outcome: 'lost', closedAt: day(4) });
  });

  it('may clear and set gates as it ends', () => {
    const { state, gateChanges } = tell(opened, event('customer.left', day(1)));
    expect(state).toMatchObject({ stage: 'abandoned', gates: { ordered: false } });
    expect(gateChanges.at(-1)).toMatchObject({ seq: 2, gate: 'ordered', status: false });
  });

  it('closes all runs, cancelled unless overdue', () => {
    const { state, runs } = tell(opened, repaired, scrapped);
    expect(state.openRuns).toEqual([]);
    expect(runs.map(({ timer, closedAt, closedAs }) => [timer, closedAt, closedAs])).toEqual([
      ['answer', day(4), 'cancelled'],
      ['collect', day(4), 'cancelled'],
    ]);
  });

  it('cancels even the run whose stop it brings', () => {
    const settled = compiled({
      ...workshop,
      events: [...workshop.events, { type: 'settled', sets: ['diagnosed'], ends: 'traded' }],
    });
    const { runs } = fold(settled, [opened, event('settled', day(0) + 1)]);
    expect(runs).toMatchObject([{ timer: 'answer', closedAs: 'cancelled' }]);
  });
});

describe('after the end', () => {
  const ended = [opened, repaired, scrapped];
  const base = () => tell(...ended).state;

  it('gates, domain stages, stage and timers stand still', () => {
    const story = tell(
      ...ended,
      event('payment', day(5)),
      event('test.failed', day(5)),
      event('domain.stage.changed', day(5), { system: 'bench', stage: 'working' }),
      event('order.opened', day(5), { name: 'Again' }),
      event('deal.created', day(5), { name: 'Again' }),
    );
    expect(story.effects.slice(3)).toEqual(['stored', 'stored', 'stored', 'stored', 'stored']);
    expect(story.state).toEqual({ ...base(), cursor: story.state.cursor });
  });

  it('a second ending is only stored', () => {
    const story = tell(...ended, event('bought.back', day(5)));
    expect(story.effects.at(-1)).toBe('stored');
    expect(story.state).toMatchObject({
      stage: 'scrapped',
      outcome: 'lost',
      closedAt: day(4),
      transitionCount: 3,
    });
  });

  it('events move the cursor all the same', () => {
    expect(tell(...ended, event('payment', day(5))).state.cursor?.occurredAt).toBe(day(5));
  });

  it.each([
    ['deal.updated', { name: 'Saw' }, { name: 'Saw' }],
    ['deal.owner.changed', { owner_id: 'u7' }, { ownerId: 'u7' }],
    ['deal.archived', {}, { archivedAt: day(5) }],
    ['deal.restored', {}, { archivedAt: null }],
    ['deal.note.added', { text: 'hm' }, {}],
    ['deal.note.edited', { text: 'hm' }, {}],
    ['deal.note.removed', {}, {}],
  ])('%s still takes effect', (type, data, fields) => {
    const story = tell(...ended, event(type, day(5), data));
    expect(story.effects.at(-1)).toBe('applied');
    expect(story.state).toEqual({
      ...base(),
      cursor: story.state.cursor,
      fields: { ...base().fields, ...fields },
    });
  });

  it('the event that makes the deal may come only then', () => {
    const story = tell(
      event('bought.back', day(0)),
      event('order.opened', day(1), { name: 'Drill' }),
    );
    expect(story.effects).toEqual(['applied', 'applied']);
    expect(story.state).toMatchObject({
      createdAt: day(1),
      fields: { name: 'Drill' },
      stage: 'traded',
      gates: { ordered: false },
      openRuns: [],
    });
  });
});

describe('reopening', () => {
  const story = () => tell(opened, repaired, scrapped, event('payment', day(5)), reopened);

  it('restores the gates of the end, not what came in between', () => {
    expect(story().state.gates).toEqual({
      ordered: true,
      diagnosed: false,
      repaired: true,
      paid: false,
    });
    expect(story().gateChanges).toHaveLength(2);
  });

  it('computes the stage anew, however low, and clears the outcome', () => {
    expect(story().state).toMatchObject({
      stage: 'ready',
      stageStartedAt: day(6),
      outcome: null,
      closedAt: null,
      ended: false,
    });
    expect(story().transitions.at(-1)).toMatchObject({
      seq: 4,
      from: 'scrapped',
      to: 'ready',
      reason: 'reopened',
    });
    const flickered = tell(
      opened,
      event('domain.stage.changed', day(1), { system: 'bench', stage: 'working' }),
      event('domain.stage.changed', day(2), { system: 'bench', stage: 'waiting' }),
      scrapped,
      reopened,
    );
    expect(flickered.state.stage).toBe('queued');
  });

  it('opens runs from its own time', () => {
    expect(story().state.openRuns).toMatchObject([
      {
        timer: 'answer',
        openedAt: day(6),
        openedBy: { eventId: reopened.eventId },
        closedAt: null,
        closedAs: null,
      },
      { timer: 'collect', openedAt: day(6), dueAt: day(9) },
    ]);
    expect(story().runs.map(({ timer, openedAt }) => [timer, openedAt])).toEqual([
      ['answer', day(0)],
      ['collect', day(2)],
      ['answer', day(6)],
      ['collect', day(6)],
    ]);
    expect(story().effects).toEqual(['applied', 'applied', 'applied', 'stored', 'applied']);
  });

  it('brings back a won stage with its outcome', () => {
    const { state } = tell(opened, repaired, event('payment', day(3)), scrapped, reopened);
    expect(state).toMatchObject({ stage: 'done', outcome: 'won', closedAt: day(6), ended: false });
  });

  it('lets later events count, and a new end', () => {
    const { state, effects } = tell(
      opened,
      repaired,
      scrapped,
      reopened,
      event('payment', day(7)),
      event('bought.back', day(8)),
    );
    expect(state).toMatchObject({ stage: 'traded', outcome: 'won', transitionCount: 6 });
    expect(effects.every((effect) => effect === 'applied')).toBe(true);
  });

  it('by a mapped event applies what else it says', () => {
    const { state, effects } = tell(
      opened,
      event('customer.left', day(1)),
      event('customer.returned', day(2)),
    );
    expect(effects.at(-1)).toBe('applied');
    expect(state).toMatchObject({ stage: 'queued', gates: { ordered: true }, ended: false });
    const again = tell(opened, scrapped, event('order.again', day(5)));
    expect(again.state).toMatchObject({ stage: 'queued', ended: false });
  });

  it('of an open deal is only stored', () => {
    const open = tell(opened, repaired).state;
    for (const type of ['deal.reopened', 'order.again', 'customer.returned']) {
      const told = fold(shop, [event(type, day(6))], open);
      expect(told.effects).toEqual(['stored']);
      expect(told.state).toEqual({ ...open, cursor: told.state.cursor });
      expect(told.runs).toEqual([]);
    }
  });

  it('of an open deal counts what else it says', () => {
    const { state, effects } = tell(
      event('order.imported', day(0)),
      event('customer.returned', day(1)),
    );
    expect(effects).toEqual(['applied', 'applied']);
    expect(state).toMatchObject({ stage: 'queued', gates: { ordered: true }, transitionCount: 1 });
  });

  it('does not lower an open deal', () => {
    const bench = (stage: string, at: number) =>
      event('domain.stage.changed', at, { system: 'bench', stage });
    const { state } = tell(opened, bench('working', day(1)), bench('waiting', day(2)), reopened);
    expect(state.stage).toBe('in_work');
  });

  it('takes fields if it also creates', () => {
    const again = compiled({
      ...workshop,
      events: [...workshop.events, { type: 'resubmitted', creates: true, reopens: true }],
    });
    const { state } = fold(again, [
      opened,
      scrapped,
      event('resubmitted', day(5), { name: 'Second try' }),
    ]);
    expect(state).toMatchObject({
      createdAt: day(0),
      fields: { name: 'Second try' },
      stage: 'queued',
    });
    expect(fold(again, [event('resubmitted', day(5))]).effects).toEqual(['applied']);
  });
});
