import { describe, expect, it } from 'vitest';
import { keyOf } from './choice-key.ts';

describe('the key of a new word', () => {
  it('is made of its letters, and is nobody else’s', () => {
    expect(keyOf('Cold base 2', [])).toBe('cold_base_2');
    expect(keyOf('1st call!', [])).toBe('st_call');
    expect(keyOf('Київ', [])).toBe('choice');
    expect(keyOf('Львів', [{ key: 'choice' }, { key: 'choice_2' }])).toBe('choice_3');
  });
});
