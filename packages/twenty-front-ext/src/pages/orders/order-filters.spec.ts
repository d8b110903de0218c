import { describe, expect, it } from 'vitest';
import {
  countFilters,
  filterVariables,
  NO_FILTERS,
  readOrderFilters,
  writeOrderFilters,
} from './order-filters.ts';

const filters = { text: ' WEB ', status: 'in_work', payment: 'part_paid', client: null } as const;

describe('filters of orders', () => {
  it('live in the address and come back from it', () => {
    const params = writeOrderFilters(filters, new URLSearchParams('client=old&tab=a'));
    expect(params.toString()).toBe('tab=a&text=+WEB+&status=in_work&payment_status=part_paid');
    expect(readOrderFilters(params)).toEqual(filters);
  });

  it('leave out what makes no sense in an address', () => {
    const params = new URLSearchParams('status=lost&payment_status=maybe');
    expect(readOrderFilters(params)).toEqual(NO_FILTERS);
  });

  it('are told to the server only where they narrow', () => {
    expect(filterVariables(NO_FILTERS)).toEqual({});
    expect(filterVariables({ ...filters, client: 'c' })).toEqual({
      text: 'WEB',
      status: 'in_work',
      paymentStatus: 'part_paid',
      client: 'c',
    });
  });

  it('are counted without the searched text', () => {
    expect(countFilters(filters)).toBe(2);
  });
});
