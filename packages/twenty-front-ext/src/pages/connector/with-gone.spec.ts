import { describe, expect, it } from 'vitest';
import { withGone } from './with-gone.ts';

const label = (value: string): string => `${value}, gone`;
const SALES = { value: '1', label: 'Sales' };

describe('what can be chosen', () => {
  it('names once what is chosen and not there any more, after what is there', () => {
    expect(withGone([SALES], ['2', '1', '2', ''], label)).toEqual([
      SALES,
      { value: '2', label: '2, gone' },
    ]);
  });

  it('calls nothing gone while nobody knows what there is', () => {
    expect(withGone(null, ['1', ''], label)).toEqual([{ value: '1', label: '1' }]);
  });
});
