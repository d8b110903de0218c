import { describe, expect, it } from 'vitest';
import { compact, freeKey, keyFrom } from './lists.ts';

describe('lists', () => {
  it('leave out what says nothing, but not what is required', () => {
    const event = { type: '', aliases: [], creates: false, ends: undefined, sets: ['a'], rank: 0 };
    expect(compact(event, ['type'])).toEqual({ type: '', sets: ['a'], rank: 0 });
  });
});

describe('keys', () => {
  it.each([
    ['Contract signed!', 'contract_signed'],
    ['  2nd Offer ', 'nd_offer'],
    ['Café', 'cafe'],
    ['Договор', ''],
    ['a'.repeat(80), 'a'.repeat(64)],
  ])('of %j is %j', (title, key) => expect(keyFrom(title)).toBe(key));

  it('are made free by a number', () => {
    expect(freeKey('stage', [])).toBe('stage');
    expect(freeKey('stage', ['stage', 'stage_2'])).toBe('stage_3');
  });
});
