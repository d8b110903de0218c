import { describe, expect, it } from 'vitest';
import { inputOf, isReadable } from './lead-values.ts';
import type { LeadValues } from './lead-values.ts';

const values: LeadValues = {
  version: 3,
  name: 'Ivan',
  phones: ['+380671234567'],
  emails: [],
  city: 'Kyiv',
  niche: '',
  legalForm: '',
  handling: '',
  title: '',
  score: '',
  amount: '',
  responsible: null,
  source: 'external',
  partner: null,
};

describe('what is changed of a lead', () => {
  it('is sent alone, and empty texts empty their fields', () => {
    expect(inputOf(3, { name: ' Petro ', niche: '' }, 'UAH')).toEqual({
      version: 3,
      name: 'Petro',
      niche: null,
    });
    expect(inputOf(3, { amount: '15.5', score: '70' }, 'UAH')).toEqual({
      version: 3,
      amount: 1_550,
      currency: 'UAH',
      score: 70,
    });
    expect(inputOf(3, { amount: ' ', responsible: null }, 'UAH')).toEqual({
      version: 3,
      amount: null,
      currency: null,
      responsibleId: null,
    });
    expect(inputOf(3, { source: 'partner', partner: { id: 'p', name: 'Bring' } }, 'UAH')).toEqual({
      version: 3,
      source: 'partner',
      partnerId: 'p',
    });
    expect(inputOf(3, { partner: null }, 'UAH')).toEqual({ version: 3, partnerId: null });
  });

  it('has to make sense', () => {
    expect(isReadable('amount', { ...values, amount: 'a lot' }, 'UAH')).toBe(false);
    expect(isReadable('amount', { ...values, amount: '-5' }, 'UAH')).toBe(false);
    expect(isReadable('score', { ...values, score: '101' }, 'UAH')).toBe(false);
    expect(isReadable('score', { ...values, score: '100' }, 'UAH')).toBe(true);
  });
});
