import { describe, expect, it } from 'vitest';
import { groupRuns, keyOf, totals } from './desk-runs.ts';

const NOW = Date.parse('2026-03-02T12:00:00.000Z');
const due = (dueAt: string): { dueAt: string } => ({ dueAt });

describe('runs on the desk', () => {
  it('are grouped by how near their due time is', () => {
    const late = due('2026-03-02T11:59:59.999Z');
    const now = due('2026-03-02T12:00:00.000Z');
    const soon = due('2026-03-03T11:59:59.999Z');
    const later = due('2026-03-03T12:00:00.000Z');
    expect(groupRuns([late, now, soon, later], NOW)).toEqual({
      breached: [late],
      soon: [now, soon],
      later: [later],
    });
  });

  it('move on by themselves as time passes', () => {
    const run = due('2026-03-03T12:00:00.000Z');
    expect(groupRuns([run], NOW + 1).soon).toEqual([run]);
    expect(groupRuns([run], NOW + 86_400_001).breached).toEqual([run]);
  });

  it('are told apart by the event that opened them', () => {
    const run = { dealId: 'd', timer: 't', openedSource: 's', openedEventId: '1' };
    expect(keyOf(run)).toBe(keyOf({ ...run }));
    expect(keyOf(run)).not.toBe(keyOf({ ...run, openedEventId: '2' }));
  });

  it('are counted for all, or for one person', () => {
    const people = [
      { personId: 'ann', breached: 2, dueWithinDay: 1, dueLater: 0 },
      { personId: null, breached: 1, dueWithinDay: 0, dueLater: 4 },
    ];
    expect(totals(people, null)).toEqual({ breached: 3, soon: 1, later: 4 });
    expect(totals(people, 'ann')).toEqual({ breached: 2, soon: 1, later: 0 });
    expect(totals(people, 'nobody known')).toEqual({ breached: 0, soon: 0, later: 0 });
  });
});
