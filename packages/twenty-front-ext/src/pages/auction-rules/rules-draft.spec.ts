import { expect, it } from 'vitest';
import { draftOf, inputOf } from './rules-draft.ts';

const RULES = {
  version: 3,
  matchCity: true,
  matchNiche: false,
  grades: ['gold'],
  limits: [{ grade: 'gold', lotsPerDay: 5 }],
  relists: 1,
  cheaperBy: 10,
  assigns: true,
  returnWindowHours: 72,
  returnReasons: [{ key: 'other', title: 'Something else' }],
  amountBands: [100_050, 500_000],
  endingSoonMinutes: 15,
  newLot: {
    kind: 'descending' as const,
    lastsHours: 48,
    start: 100_050,
    step: null,
    intervalSeconds: 30,
    antiSniping: { windowSeconds: 45, extensionSeconds: 90, times: 3 },
  },
};
const DRAFT = draftOf(RULES, 'EUR');

it('comes back as it was', () => {
  expect(inputOf(DRAFT, 'EUR')).toEqual(RULES);
});

it('keeps what a new lot begins with, prices and late bids or none of them', () => {
  const bare = { ...RULES.newLot, start: null, step: 5_000, antiSniping: null };
  const draft = draftOf({ ...RULES, newLot: bare }, 'EUR');
  expect(inputOf(draft, 'EUR')?.newLot).toEqual(bare);
  expect(inputOf({ ...draft, lotExtends: true }, 'EUR')?.newLot?.antiSniping).toEqual({
    windowSeconds: 60,
    extensionSeconds: 60,
    times: 10,
  });
  // Fields that are not shown may hold anything.
  expect(inputOf({ ...draft, lotWindow: '' }, 'EUR')?.newLot).toEqual(bare);
});

it('orders bands and gives new reasons a key', () => {
  const returnReasons = [
    { key: 'reason_1', title: 'One' },
    { key: '', title: ' Two ' },
    { key: '', title: 'Three' },
  ];
  const changed = inputOf({ ...DRAFT, amountBands: ['5000', '1000.5'], returnReasons }, 'EUR');
  expect(changed?.amountBands).toEqual([100_050, 500_000]);
  expect(changed?.returnReasons).toEqual([
    { key: 'reason_1', title: 'One' },
    { key: 'reason_2', title: 'Two' },
    { key: 'reason_3', title: 'Three' },
  ]);
});

it.each([
  { relists: 'often' },
  { cheaperBy: '-1' },
  { returnWindowHours: '' },
  { amountBands: ['ten'] },
  { returnReasons: [] },
  { returnReasons: [{ key: '', title: ' ' }] },
  { lotHours: '0' },
  { lotInterval: '' },
  { lotStart: 'ten' },
  { lotStep: '0' },
  { lotTimes: 'often' },
])('takes no value that cannot be used: %o', (part) => {
  expect(inputOf({ ...DRAFT, ...part }, 'EUR')).toBeNull();
});
