import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastOf } from './fixtures.ts';
import { enterLead, lastChange, moveLead, moveToKind, possibleStatuses } from './moves.ts';
import type { LeadMover, StatusChange } from './moves.ts';
import { DEFAULT_LEAD_SETTINGS, LEAD_KINDS } from './settings.ts';
import type { LeadKind, LeadSettings } from './settings.ts';

const SETTINGS: LeadSettings = {
  ...DEFAULT_LEAD_SETTINGS,
  statuses: [
    ...DEFAULT_LEAD_SETTINGS.statuses,
    { key: 'thinking', title: 'Thinking', kind: 'working' },
    { key: 'deal', title: 'Deal', kind: 'converted' },
  ],
};
const BY = { at: 9, actorId: 'kim' };
const MOVERS: readonly LeadMover[] = ['person', 'auction', 'conversion', 'return'];

/** From, to, who: everything that is allowed between kinds. */
const ALLOWED = new Set([
  'new working person',
  'new rejected person',
  'new auction auction',
  'new converted conversion',
  'working rejected person',
  'working auction auction',
  'working converted conversion',
  'auction sold auction',
  'auction unsold auction',
  'auction working auction',
  'sold returned return',
  'sold converted conversion',
  'unsold working person',
  'unsold working auction',
  'unsold rejected person',
  'unsold auction auction',
  'unsold converted conversion',
  'returned working person',
  'returned rejected person',
  'returned auction auction',
  'returned converted conversion',
  'converted returned return',
  'rejected new person',
  'rejected working person',
]);

describe('possibleStatuses', () => {
  it.each(LEAD_KINDS)('are those that the table allows from %s', (from) => {
    for (const mover of MOVERS) {
      const expected = SETTINGS.statuses.filter(({ key, kind }) =>
        kind === from
          ? mover === 'person' && from !== 'converted' && key !== lastOf(from).to
          : ALLOWED.has(`${from} ${kind} ${mover}`),
      );
      expect(possibleStatuses(SETTINGS, lastOf(from), mover)).toEqual(expected);
    }
  });
});

describe('enterLead', () => {
  it('is the first entry of the history', () => {
    expect(enterLead(SETTINGS, 'a', { source: 'partner' }, BY)).toEqual({
      leadId: 'a',
      number: 1,
      from: null,
      to: 'from_partner',
      kind: 'new',
      at: 9,
      by: 'person',
      actorId: 'kim',
      reason: null,
    });
  });

  it('may begin where a file says', () => {
    const entered = enterLead(
      SETTINGS,
      'a',
      { source: 'partner', status: 'rejected' },
      { ...BY, reason: 'old' },
    );
    expect(entered).toMatchObject({ to: 'rejected', kind: 'rejected', reason: 'old' });
    expect(enterLead(SETTINGS, 'a', { source: 'x', status: 'gone' }, BY).to).toBe('new');
    expect(enterLead(SETTINGS, 'a', { source: 'x', status: null }, BY).to).toBe('new');
  });
});

describe('moveLead', () => {
  it('adds to the history', () => {
    expect(moveLead(SETTINGS, lastOf('new'), 'rejected', { ...BY, reason: 'spam' })).toEqual({
      ok: true,
      value: {
        leadId: 'a',
        number: 2,
        from: 'new',
        to: 'rejected',
        kind: 'rejected',
        at: 9,
        by: 'person',
        actorId: 'kim',
        reason: 'spam',
      },
    });
    expect(moveLead(SETTINGS, lastOf('new'), 'in_work', BY)).toMatchObject({
      value: { number: 2, to: 'in_work', reason: null },
    });
  });

  it('moves within a kind, and does nothing twice', () => {
    expect(moveLead(SETTINGS, lastOf('working'), 'thinking', BY)).toMatchObject({
      value: { from: 'in_work', to: 'thinking' },
    });
    for (const kind of LEAD_KINDS)
      expect(moveLead(SETTINGS, lastOf(kind), lastOf(kind).to, BY)).toEqual({
        ok: true,
        value: null,
      });
  });

  it.each([
    ['new', 'gone', 'unknown_status', 'There is no status gone.', 'status'],
    [
      'new',
      'sold',
      'move_not_possible',
      'A lead that is new cannot become sold so. Possible are: From partner, In work, Rejected, Thinking.',
      'status',
    ],
    [
      'sold',
      'in_work',
      'move_not_possible',
      'A lead that is sold cannot become working so. Its lot or its buyer decides.',
      'status',
    ],
    [
      'converted',
      'in_work',
      'lead_converted',
      'The lead is a deal now; work goes on there.',
      'status',
    ],
    [
      'converted',
      'deal',
      'lead_converted',
      'The lead is a deal now; work goes on there.',
      'status',
    ],
    ['new', 'rejected', 'reason_missing', 'Say why the lead becomes Rejected.', 'reason'],
  ] as const)('from %s to %s is refused: %s', (kind, to, code, reason, field) => {
    expect(moveLead(SETTINGS, lastOf(kind), to, BY)).toEqual({
      ok: false,
      refusal: { code, reason, field },
    });
  });

  it('refuses a reason that is none', () => {
    for (const to of ['rejected', 'in_work'])
      expect(moveLead(SETTINGS, lastOf('new'), to, { ...BY, reason: '' })).toEqual({
        ok: false,
        refusal: {
          code: 'reason_invalid',
          reason: 'A reason has 1 to 200 printable characters, without spaces at its ends.',
          field: 'reason',
        },
      });
  });
});

describe('moveToKind', () => {
  it('puts a lead into the first status of the kind, once', () => {
    const moved = moveToKind(SETTINGS, lastOf('sold'), 'converted', 'conversion', BY);
    expect(moved).toMatchObject({ value: { number: 2, to: 'converted', by: 'conversion', at: 9 } });
    expect(moveToKind(SETTINGS, lastOf('converted'), 'converted', 'conversion', BY)).toEqual({
      ok: true,
      value: null,
    });
  });

  it('leaves an end only for a return', () => {
    expect(moveToKind(SETTINGS, lastOf('converted'), 'returned', 'return', BY)).toMatchObject({
      ok: true,
    });
    expect(moveToKind(SETTINGS, lastOf('converted'), 'auction', 'auction', BY)).toMatchObject({
      refusal: { code: 'lead_converted' },
    });
    expect(moveToKind(SETTINGS, lastOf('new'), 'returned', 'return', BY)).toMatchObject({
      refusal: { code: 'move_not_possible' },
    });
  });
});

/** A lead as a person looking on would keep it: its kind and how often it has moved. */
interface Seen {
  kind: LeadKind;
  changes: number;
}

const moved = (to: string, by: LeadMover): fc.Command<Seen, StatusChange[]> => ({
  check: () => true,
  run(seen, history) {
    const last = history.at(-1) ?? lastOf('new');
    const kind = SETTINGS.statuses.find(({ key }) => key === to)?.kind ?? 'new';
    const decided =
      by === 'person'
        ? moveLead(SETTINGS, last, to, { ...BY, reason: 'so' })
        : moveToKind(SETTINGS, last, kind, by, BY);
    const allowed =
      kind === seen.kind
        ? by !== 'person' || to === last.to || kind !== 'converted'
        : ALLOWED.has(`${seen.kind} ${kind} ${by}`);
    expect(decided.ok).toBe(allowed);
    if (!decided.ok || decided.value === null) return;
    history.push(decided.value);
    seen.kind = kind;
    seen.changes += 1;
    expect(history.map(({ number }) => number)).toEqual(
      Array.from({ length: seen.changes + 1 }, (_, index) => index + 1),
    );
    expect(decided.value).toMatchObject({ from: last.to, kind, by });
  },
  toString: () => `${by} → ${to}`,
});

it('whatever people and rules do, a history has no gaps and no forbidden step', () => {
  const step = fc
    .tuple(fc.constantFrom(...SETTINGS.statuses.map(({ key }) => key)), fc.constantFrom(...MOVERS))
    .map(([to, by]) => moved(to, by));
  fc.assert(
    fc.property(fc.commands([step], { maxCommands: 30 }), (commands) => {
      const seen: Seen = { kind: 'new', changes: 0 };
      const history = [lastOf('new')];
      fc.modelRun(() => ({ model: seen, real: history }), commands);
      expect(history.at(-1)?.kind).toBe(seen.kind);
    }),
  );
});

describe('lastChange', () => {
  it('goes by the number, whatever the clock says', () => {
    const change = (number: number, at: number, leadId = 'a') => ({
      ...lastOf('working', leadId, at),
      number,
    });
    const all = [change(2, 50), change(3, 50), change(1, 90), change(7, 99, 'b'), change(4, 10)];
    for (const history of [all, all.toReversed()])
      expect(lastChange(history, 'a')).toMatchObject({ leadId: 'a', number: 4, at: 10 });
    expect(lastChange(all, 'c')).toBeUndefined();
  });
});
