import { describe, expect, it } from 'vitest';
import { choicesOf, chosenOf, withChoice } from './choices.ts';

const deals = { entity: 'deal', ids: ['a', 'b'], pipelines: ['p'], createdThere: false };

describe('chosen records', () => {
  it('are taken from the connector and sent as they are', () => {
    const choices = choicesOf({ chosen: [deals] });
    expect(choices).toEqual([{ ...deals, ids: 'a\nb' }]);
    expect(chosenOf(choices)).toEqual([deals]);
  });

  it('are typed in any way', () => {
    const typed = { entity: 'deal', pipelines: [], ids: ' a,b;\n b  c ', createdThere: true };
    expect(chosenOf([typed])).toEqual([
      { entity: 'deal', ids: ['a', 'b', 'c'], createdThere: true },
    ]);
  });

  it('are all where nothing limits them', () => {
    const none = { entity: 'deal', pipelines: [], ids: ' ', createdThere: true };
    expect(chosenOf([none])).toEqual([]);
    expect(chosenOf([{ ...none, createdThere: false }])).toEqual([
      { entity: 'deal', createdThere: false },
    ]);
    expect(choicesOf({ chosen: [{ ...deals, ids: null, pipelines: null }] })).toEqual([
      { entity: 'deal', ids: '', pipelines: [], createdThere: false },
    ]);
  });

  it('are one choice of each kind', () => {
    const [first, second] = [
      { entity: 'deal', pipelines: [], ids: 'a', createdThere: true },
      { entity: 'deal', pipelines: [], ids: 'b', createdThere: true },
    ];
    const other = { ...first, entity: 'task' };
    expect(withChoice([first, other], 'deal', second)).toEqual([other, second]);
    expect(withChoice([first, other], 'deal', null)).toEqual([other]);
  });
});
