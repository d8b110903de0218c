import { describe, expect, it } from 'vitest';
import { createInput, fateOf, namesSomebody, NEW_LEAD } from './new-lead-draft.ts';

const byPhone = { leadId: '1', by: 'phone', score: 1000 };
const byName = { leadId: '2', by: 'name', score: 900 };

describe('a new lead', () => {
  it('tells the server only what is known', () => {
    const draft = { ...NEW_LEAD, name: ' Ivan ', phones: ['0671234567'], amount: '1500,5' };
    expect(createInput(draft, 'UAH')).toEqual({
      name: 'Ivan',
      phones: ['0671234567'],
      emails: [],
      amount: 150_050,
      currency: 'UAH',
    });
  });

  it('tells who brought it and who works on it, where the office says so', () => {
    const partner = { value: 'p1', label: 'Bureau' };
    const draft = { ...NEW_LEAD, name: 'Ivan', partner, responsible: { id: 'r1', name: 'Ann' } };
    expect(createInput(draft, 'UAH')).toMatchObject({ partnerId: 'p1', responsibleId: 'r1' });
  });

  it('needs somebody to speak of', () => {
    expect(namesSomebody({ ...NEW_LEAD, city: 'Kyiv' })).toBe(false);
    expect(namesSomebody({ ...NEW_LEAD, emails: ['a@b.example'] })).toBe(true);
  });
});

describe('what becomes of it', () => {
  const rules = { certain: 'merge', likely: 'warn' };

  it('follows the strictest rule of the matches', () => {
    expect(fateOf({ exists: true, matches: [byName, byPhone] }, rules)).toBe('merge');
    expect(fateOf({ exists: true, matches: [byName] }, rules)).toBe('warn');
    expect(fateOf({ exists: true, matches: [byPhone] }, { ...rules, certain: 'block' })).toBe(
      'block',
    );
    expect(fateOf({ exists: true, matches: [byName] }, { ...rules, likely: 'ignore' })).toBe('new');
  });

  it('is the server’s to say where the matches are not told', () => {
    expect(fateOf({ exists: true, matches: null }, rules)).toBe('warn');
    expect(fateOf({ exists: true, matches: null }, { certain: 'block', likely: 'block' })).toBe(
      'block',
    );
    expect(fateOf({ exists: false, matches: null }, rules)).toBe('new');
  });
});
