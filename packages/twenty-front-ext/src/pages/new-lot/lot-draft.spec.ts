import { expect, it } from 'vitest';
import { newDraft, readDraft } from './lot-draft.ts';
import type { LotDraft } from './lot-draft.ts';

const TERMS = {
  kind: 'ascending' as const,
  lastsHours: 24,
  start: null,
  step: null,
  intervalSeconds: 60,
  antiSniping: { windowSeconds: 60, extensionSeconds: 60, times: 10 },
};

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const read = (part: Partial<LotDraft>): ReturnType<typeof readDraft> =>
  readDraft({ ...newDraft(TERMS, 'EUR', ['a']), ...part }, 'EUR', NOW);

it('begins with the terms of the head office', () => {
  const own = { ...TERMS, lastsHours: 2, start: 100_050, step: 500, antiSniping: null };
  expect(readDraft(newDraft(own, 'EUR', ['a']), 'EUR', NOW)).toEqual({
    input: {
      kind: 'ascending',
      leadIds: ['a'],
      currency: 'EUR',
      start: 100_050,
      step: 500,
      endsAt: '2026-03-01T14:00:00.000Z',
    },
  });
  const falling = { ...TERMS, kind: 'descending' as const, intervalSeconds: 30 };
  expect(newDraft(falling, 'EUR', [])).toMatchObject({ kind: 'descending', interval: '30' });
});

it('reads a rising price with everything', () => {
  expect(read({ start: '100', step: '10', reserve: '150', buyNow: '1 000.50' })).toEqual({
    input: {
      kind: 'ascending',
      leadIds: ['a'],
      currency: 'EUR',
      start: 10_000,
      step: 1_000,
      reserve: 15_000,
      buyNow: 100_050,
      antiSniping: { windowSeconds: 60, extensionSeconds: 60, times: 10 },
      endsAt: '2026-03-02T12:00:00.000Z',
    },
  });
});

it('asks only for what the kind needs', () => {
  expect(read({ kind: 'sealed', reserve: '5', lasts: '30', unit: 'minutes' })).toEqual({
    input: {
      kind: 'sealed',
      leadIds: ['a'],
      currency: 'EUR',
      reserve: 500,
      endsAt: '2026-03-01T12:30:00.000Z',
    },
  });
  const falling = read({ kind: 'descending', start: '9', step: '1', floor: '3' });
  expect(falling).toMatchObject({
    input: { start: 900, step: 100, floor: 300, intervalSeconds: 60 },
  });
});

it('counts the time from the opening', () => {
  const opens = '2026-03-05T08:00';
  const later = read({ kind: 'sealed', reserve: '5', opens, lasts: '1', unit: 'days' });
  const opensAt = new Date(opens).getTime();
  expect(later).toMatchObject({
    input: {
      opensAt: new Date(opensAt).toISOString(),
      endsAt: new Date(opensAt + 86_400_000).toISOString(),
    },
  });
});

it.each<[string, Partial<LotDraft>, string[]]>([
  ['nothing', {}, ['start', 'step']],
  ['no leads', { leadIds: [], start: '1', step: '1' }, ['leadIds']],
  ['words', { start: 'ten', step: '-1', lasts: '1.5' }, ['start', 'step', 'lasts']],
  ['a wrong extension', { start: '1', step: '1', window: '0', times: '' }, ['window', 'times']],
])('says which fields are wrong: %s', (_, part, fields) => {
  const reading = read(part);
  expect('wrong' in reading && [...reading.wrong].toSorted()).toEqual(fields.toSorted());
});

it('does not mind what another kind needs', () => {
  expect(read({ kind: 'sealed', reserve: '5', start: 'ten', window: '0' })).toHaveProperty('input');
});
