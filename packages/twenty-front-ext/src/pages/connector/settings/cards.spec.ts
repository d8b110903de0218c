import { describe, expect, it } from 'vitest';
import { withFirst, withFunnels } from './cards.ts';

describe('the funnel that new cards go to', () => {
  it('stays the same when another one is added, or taken away', () => {
    expect(withFunnels(['9'], ['3', '9'])).toEqual(['9', '3']);
    expect(withFunnels(['9', '3', '5'], ['3', '9'])).toEqual(['9', '3']);
  });

  it('is the next one when it is taken away itself', () => {
    expect(withFunnels(['9', '5', '3'], ['3', '5'])).toEqual(['5', '3']);
    expect(withFunnels(['9'], [])).toEqual([]);
  });

  it('is the one that is chosen', () => {
    expect(withFirst(['9', '5', '3'], '5')).toEqual(['5', '9', '3']);
  });
});
