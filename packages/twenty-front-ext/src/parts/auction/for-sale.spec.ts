import { expect, it } from 'vitest';
import { isForSale } from './for-sale.ts';

const lead = { kind: 'working', buyerId: null, changeable: true } as const;

it.each(['new', 'working', 'unsold', 'returned'] as const)(
  'a lead that is %s is for sale',
  (kind) => {
    expect(isForSale({ ...lead, kind })).toBe(true);
  },
);

it.each(['auction', 'sold', 'converted', 'rejected'] as const)(
  'a lead that is %s is not for sale',
  (kind) => {
    expect(isForSale({ ...lead, kind })).toBe(false);
  },
);

it('what a company has, or somebody else counts on, is not for sale', () => {
  expect(isForSale({ ...lead, buyerId: 'company' })).toBe(false);
  expect(isForSale({ ...lead, changeable: false })).toBe(false);
});
