import { adtech } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { pathOf } from './path-of.ts';

describe('pathOf', () => {
  it('has passed what ranks lower', () => {
    const states = pathOf(adtech, 'planning').map(({ key, state }) => `${key} ${state}`);
    expect(states.slice(0, 4)).toEqual([
      'draft passed',
      'briefed passed',
      'planning current',
      'offer_ready ahead',
    ]);
  });

  it('ends with the ending of the deal', () => {
    const path = pathOf(adtech, 'cancelled');
    expect(path.at(-1)).toEqual({ key: 'cancelled', title: 'Cancelled', state: 'ended' });
    expect(path.slice(0, -1).every(({ state }) => state === 'ahead')).toBe(true);
  });

  it('shows a stage that the pipeline does not know', () => {
    expect(pathOf(adtech, 'gone').at(-1)).toEqual({ key: 'gone', title: 'gone', state: 'ended' });
  });
});
