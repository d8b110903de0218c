import { describe, expect, it } from 'vitest';
import { formatInstant, HOUR } from '../basics/index.ts';
import { compiled, day, event, workshop } from '../simulation/fixtures.ts';
import type { DealChange, DealState, DomainEvent, Published, SlaRun } from './index.ts';
import { CANONICAL_TYPES, compareEvents, decideAnnouncements, fold, nearestDue } from './index.ts';

const shop = compiled(workshop);
const quiet = { breached: [], retracted: [] };

const opened = event('order.opened', day(0), { owner_id: 'u1' });
const worthIt = event('diagnosis', day(1), { verdict: 'worth it' });
const repaired = event('repair.done', day(2));
const paid = event('payment', day(3));

/** Announcements after folding all events, when the world was last told `before`. */
function announce(
  before: Published | null,
  events: readonly DomainEvent[],
  more: Partial<DealChange> = {},
) {
  const { state, transitions } = fold(shop, events);
  return decideAnnouncements({
    pipeline: shop,
    before,
    state,
    lastTransition: transitions.at(-1) ?? null,
    cause: 'in_order',
    latestEvent: events.toSorted(compareEvents).at(-1) ?? null,
    breaches: quiet,
    ...more,
  });
}

function told(
  before: Published | null,
  events: readonly DomainEvent[],
  more: Partial<DealChange> = {},
) {
  return announce(before, events, more).announcements.map(({ type, data }) => [
    type.replace('masterdeal.', ''),
    data,
  ]);
}

function types(...args: Parameters<typeof told>) {
  return told(...args).map(([type]) => type);
}

/** What the world knows after `opened`. */
const atStart: Published = {
  stage: 'queued',
  ownerId: 'u1',
  outcome: null,
  dueAt: day(0) + 8 * HOUR,
  offerApproved: false,
  billingReady: false,
};

describe('a new deal', () => {
  it('is created in the first stage, then moves', () => {
    const due = formatInstant(day(0) + 8 * HOUR);
    expect(told(null, [opened])).toEqual([
      ['created', { pipeline: 'workshop', stage: 'asked', owner_id: 'u1' }],
      ['stage.changed', { from: 'asked', to: 'queued', reason: 'facts', gates: ['ordered'] }],
      ['owner.changed', { from: null, to: 'u1' }],
      ['sla.updated', { due_at: due, timers: [{ timer: 'answer', due_at: due }] }],
    ]);
  });

  it('is created when its creating event occurred, caused by the latest event', () => {
    const [created, moved] = announce(null, [opened, worthIt]).announcements;
    expect(created).toMatchObject({ occurredAt: day(0), causationId: worthIt.eventId });
    expect(moved).toMatchObject({ occurredAt: day(1), causationId: worthIt.eventId });
  });

  it('that stays in the first stage does not move', () => {
    expect(types(null, [event('order.imported', day(0))])).toEqual(['created', 'sla.updated']);
  });

  it('leaves the world knowing all of it', () => {
    expect(announce(null, [opened]).published).toEqual(atStart);
  });
});

describe('a change', () => {
  it('that changes nothing is not told', () => {
    expect(types(atStart, [opened])).toEqual([]);
    expect(types(atStart, [opened, event('deal.note.added', day(1))])).toEqual([]);
  });

  it('of the stage is told once, from the last told to the current', () => {
    const { announcements } = announce(atStart, [opened, worthIt, repaired]);
    expect(announcements.filter(({ type }) => type === 'masterdeal.stage.changed')).toEqual([
      {
        type: 'masterdeal.stage.changed',
        occurredAt: day(2),
        causationId: repaired.eventId,
        data: {
          from: 'queued',
          to: 'ready',
          reason: 'facts',
          gates: ['ordered', 'diagnosed', 'repaired'],
        },
      },
    ]);
  });

  it('of the stage has the time of the last transition, whatever came after', () => {
    const { announcements } = announce(atStart, [
      opened,
      repaired,
      event('deal.note.added', day(5)),
    ]);
    expect(announcements[0]).toMatchObject({
      occurredAt: day(2),
      causationId: `deal.note.added@${day(5)}`,
    });
  });

  it('of the stage says why: the rules, the end, a reopening', () => {
    const reason = (before: Published, events: DomainEvent[], more: Partial<DealChange> = {}) =>
      announce(before, events, more).announcements.find(
        ({ type }) => type === 'masterdeal.stage.changed',
      )?.data['reason'];
    const left = event('customer.left', day(4));
    const back = event('deal.reopened', day(5));
    expect(reason(atStart, [opened, left])).toBe('ended');
    expect(reason({ ...atStart, stage: 'abandoned' }, [opened, left, back])).toBe('reopened');
    for (const cause of ['late_event', 'migration', 'merge'] as const) {
      expect(reason({ ...atStart, stage: 'ready' }, [opened], { cause })).toBe(cause);
    }
    expect(reason({ ...atStart, stage: 'ready' }, [event('order.imported', day(0))])).toBe('facts');
  });

  it('of the owner', () => {
    const given = event('deal.owner.changed', day(1), { owner_id: 'u2' });
    expect(told(atStart, [opened, given])).toEqual([['owner.changed', { from: 'u1', to: 'u2' }]]);
    const nobody = event('deal.owner.changed', day(1), { owner_id: null });
    expect(told(atStart, [opened, nobody])).toEqual([['owner.changed', { from: 'u1', to: null }]]);
    expect(announce(atStart, [opened, given]).published.ownerId).toBe('u2');
  });

  it('of the nearest due time', () => {
    const events = [opened, worthIt];
    const due = formatInstant(day(3));
    expect(told(atStart, events).at(-1)).toEqual([
      'sla.updated',
      { due_at: due, timers: [{ timer: 'repair', due_at: due }] },
    ]);
    const left = event('customer.left', day(4));
    expect(told(atStart, [opened, left]).at(-1)).toEqual([
      'sla.updated',
      { due_at: null, timers: [] },
    ]);
  });
});

describe('offer and invoice', () => {
  it('an approved offer is told, and told again after it was rejected', () => {
    const first = announce(atStart, [opened, worthIt]);
    expect(first.announcements.map(({ type }) => type)).toContain('masterdeal.offer.approved');
    expect(
      first.announcements.find(({ type }) => type === 'masterdeal.offer.approved')?.data,
    ).toEqual({});
    expect(first.published.offerApproved).toBe(true);
    expect(types(first.published, [opened, worthIt, paid])).not.toContain('offer.approved');
    expect(types({ ...first.published, offerApproved: false }, [opened, worthIt])).toContain(
      'offer.approved',
    );
    expect(announce(first.published, [opened]).published.offerApproved).toBe(false);
  });

  it('billing is ready with the first invoice only', () => {
    const first = announce(atStart, [opened, paid]);
    expect(
      first.announcements.filter(({ type }) => type === 'masterdeal.billing.ready'),
    ).toMatchObject([{ data: {} }]);
    const after = announce(first.published, [opened, paid, event('refund', day(4))]);
    expect(after.published.billingReady).toBe(true);
    expect(types(after.published, [opened, paid])).not.toContain('billing.ready');
  });

  it('is not told of gates that announce nothing', () => {
    expect(types(atStart, [opened, repaired])).toEqual(['stage.changed']);
    expect(types(null, [opened, event('repair.done', day(2))])).not.toContain('offer.approved');
  });
});

describe('the end', () => {
  const all = [opened, worthIt, repaired, paid];

  it('a won deal is told as won and as closed, at its closing time', () => {
    const { announcements, published } = announce(atStart, all);
    const closed = announcements.filter(({ type }) => type.startsWith('masterdeal.closed'));
    const data = { outcome: 'won', stage: 'done' };
    expect(closed).toEqual([
      { type: 'masterdeal.closed.won', occurredAt: day(3), causationId: paid.eventId, data },
      { type: 'masterdeal.closed', occurredAt: day(3), causationId: paid.eventId, data },
    ]);
    expect(published.outcome).toBe('won');
    expect(types(published, all)).toEqual([]);
  });

  it('a lost deal is told as lost, also after it was won', () => {
    const left = event('customer.left', day(4));
    expect(types(atStart, [opened, left])).toEqual([
      'stage.changed',
      'closed.lost',
      'closed',
      'sla.updated',
    ]);
    const won = announce(atStart, all).published;
    expect(types(won, [...all, left])).toEqual(['stage.changed', 'closed.lost', 'closed']);
  });

  it('an open deal again is a change of stage only', () => {
    const left = event('customer.left', day(4));
    const { published } = announce(atStart, [opened, left]);
    const back = announce(published, [opened, left, event('order.again', day(5))]);
    expect(back.announcements.map(({ type }) => type)).toEqual([
      'masterdeal.stage.changed',
      'masterdeal.sla.updated',
    ]);
    expect(back.published.outcome).toBeNull();
  });
});

describe('breaches', () => {
  const run: SlaRun = {
    timer: 'answer',
    openedBy: opened,
    openedAt: day(0),
    dueAt: day(0) + 8 * HOUR,
    closedAt: null,
    closedAs: null,
  };
  const data = { timer: 'answer', opened_by: opened.eventId, due_at: formatInstant(run.dueAt) };

  it('are told with their due time, retractions with the event that showed it', () => {
    const breach = announce(atStart, [opened], {
      breaches: { breached: [run], retracted: [] },
      latestEvent: null,
    });
    expect(breach.announcements).toEqual([
      { type: 'masterdeal.sla.breached', occurredAt: run.dueAt, causationId: null, data },
    ]);
    const taken = announce(atStart, [opened], { breaches: { breached: [], retracted: [run] } });
    expect(taken.announcements).toEqual([
      { type: 'masterdeal.sla.retracted', occurredAt: day(0), causationId: opened.eventId, data },
    ]);
  });
});

describe('the time of an announcement without an event', () => {
  const bare = { latestEvent: null, lastTransition: null };

  it('is the start of the stage, else the creation, else nothing', () => {
    const { state } = fold(shop, [opened, event('deal.updated', day(1), { owner_id: 'u9' })]);
    const at = (change: Partial<DealState>) =>
      announce(atStart, [opened], { ...bare, state: { ...state, ...change } }).announcements[0]
        ?.occurredAt;
    expect(at({ stageStartedAt: 7 })).toBe(7);
    expect(at({ stageStartedAt: null })).toBe(day(0));
    expect(at({ stageStartedAt: null, createdAt: null })).toBe(0);
  });

  it('of the creation is the creating event, else the latest', () => {
    const { state } = fold(shop, [opened]);
    const created = announce(null, [opened], {
      state: { ...state, createdAt: null },
      latestEvent: worthIt,
    });
    expect(created.announcements[0]?.occurredAt).toBe(day(1));
  });

  it('of a change of stage without history is the latest event', () => {
    const moved = announce({ ...atStart, stage: 'ready' }, [opened], {
      lastTransition: null,
      latestEvent: worthIt,
    });
    expect(moved.announcements[0]).toMatchObject({
      type: 'masterdeal.stage.changed',
      occurredAt: day(1),
    });
  });

  it('of the end is the closing time, else the latest event', () => {
    const { state } = fold(shop, [opened, event('customer.left', day(4))]);
    const closed = announce(atStart, [opened], {
      state: { ...state, closedAt: null },
      latestEvent: worthIt,
    });
    const times = closed.announcements
      .filter(({ type }) => type.includes('closed'))
      .map(({ occurredAt }) => occurredAt);
    expect(times).toEqual([day(1), day(1)]);
  });
});

describe('nearestDue', () => {
  it('is the earliest of the open runs, or null', () => {
    const run = (dueAt: number) => ({ ...(fold(shop, [opened]).runs[0] as SlaRun), dueAt });
    const state = fold(shop, [opened]).state;
    expect(nearestDue({ ...state, openRuns: [] })).toBeNull();
    expect(nearestDue({ ...state, openRuns: [run(5), run(3), run(9)] })).toBe(3);
  });
});

it('lists the canonical types', () => {
  expect(CANONICAL_TYPES).toEqual(
    [
      'created',
      'stage.changed',
      'owner.changed',
      'offer.approved',
      'billing.ready',
      'closed.won',
      'closed.lost',
      'closed',
      'sla.updated',
      'sla.breached',
      'sla.retracted',
      'merged',
    ].map((type) => `masterdeal.${type}`),
  );
});
