import { describe, expect, it } from 'vitest';
import { ANY_FIELD, markPending } from './pending.ts';
import type { Mark } from './pending.ts';

const mark = (change: Partial<Mark>): Mark => ({
  urgency: 'system',
  side: 'mak',
  fields: [],
  at: 100,
  ...change,
});

describe('markPending', () => {
  it('begins with the first reason', () => {
    expect(markPending(null, mark({ fields: ['name'] }))).toEqual({
      urgency: 'system',
      heardAt: { mak: { name: 100 }, remote: {} },
      remoteTouched: false,
      generation: 1,
      attempts: 0,
      dueAt: 100,
    });
    expect(markPending(null, mark({ side: 'remote' }))).toMatchObject({
      remoteTouched: true,
      heardAt: { mak: {}, remote: { [ANY_FIELD]: 100 } },
    });
  });

  it('keeps the last change of each field and side', () => {
    const first = markPending(null, mark({ fields: ['name', 'amount'], at: 200 }));
    const second = markPending(first, mark({ side: 'remote', fields: ['name'], at: 150 }));
    const third = markPending(second, mark({ fields: ['name'], at: 180 }));
    expect(markPending(third, mark({ fields: ['amount'], at: 300 }))).toEqual({
      urgency: 'system',
      heardAt: { mak: { name: 200, amount: 300 }, remote: { name: 150 } },
      remoteTouched: true,
      generation: 4,
      attempts: 0,
      dueAt: 200,
    });
  });

  it('is as urgent as its most urgent reason', () => {
    const backfill = markPending(null, mark({ urgency: 'backfill' }));
    expect(markPending(backfill, mark({ urgency: 'person' })).urgency).toBe('person');
    const person = markPending(null, mark({ urgency: 'person' }));
    expect(markPending(person, mark({ urgency: 'backfill' })).urgency).toBe('person');
    expect(markPending(person, mark({ urgency: 'person' })).urgency).toBe('person');
  });

  it('does not shorten a pause after failures', () => {
    const failed = { ...markPending(null, mark({})), attempts: 3, dueAt: 9_000 };
    expect(markPending(failed, mark({ at: 200 }))).toMatchObject({ attempts: 3, dueAt: 9_000 });
  });
});
