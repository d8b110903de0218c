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
};
const DRAFT = draftOf(RULES, 'EUR');

it('comes back as it was', () => {
  expect(inputOf(DRAFT, 'EUR')).toEqual(RULES);
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
])('takes no value that cannot be used: %o', (part) => {
  expect(inputOf({ ...DRAFT, ...part }, 'EUR')).toBeNull();
});
