import { describe, expect, it } from 'vitest';
import { opportunitiesOf, opportunitySettings, takesOlder } from './opportunities.ts';

const KYIV = 'Europe/Kyiv';
const NONE = { pipeline: '', since: '' };
const settings = (opportunities: unknown): object => ({ opportunities });

describe('deals from opportunities', () => {
  it.each([null, {}, settings(null), settings('one')])('are none with %j', (stored) => {
    expect(opportunitiesOf(stored, KYIV)).toEqual(NONE);
    expect(opportunitySettings(stored, NONE, KYIV)).toBeNull();
  });

  it('are of a pipeline, since the day begins where the company is', () => {
    const values = { pipeline: 'one', since: '2026-03-01' };
    const sent = opportunitySettings(null, values, KYIV);
    expect(sent).toEqual({ pipeline: 'one', since: '2026-02-28T22:00:00.000Z' });
    expect(opportunitiesOf(settings(sent), KYIV)).toEqual(values);
    expect(opportunitySettings(null, { ...values, since: '' }, KYIV)).toEqual({ pipeline: 'one' });
    expect(opportunitySettings(null, { ...values, pipeline: '' }, KYIV)).toBeNull();
  });

  it('keep an hour that was set by the API until another day is chosen', () => {
    const stored = settings({ pipeline: 'one', since: '2026-03-01T12:30:00Z' });
    const values = opportunitiesOf(stored, KYIV);
    expect(values).toEqual({ pipeline: 'one', since: '2026-03-01' });
    expect(opportunitySettings(stored, { ...values, pipeline: 'two' }, KYIV)).toEqual({
      pipeline: 'two',
      since: '2026-03-01T12:30:00Z',
    });
    expect(opportunitySettings(stored, { ...values, since: '2026-03-02' }, KYIV)).toEqual({
      pipeline: 'one',
      since: '2026-03-01T22:00:00.000Z',
    });
  });

  it.each([
    ['2026-03-01', '', true],
    ['2026-03-01', '2026-02-28', true],
    ['2026-03-01', '2026-03-02', false],
    ['', '2026-03-01', false],
  ])('since %j, then since %j: older ones may come is %j', (before, since, may) => {
    const at = { pipeline: 'one', since: before };
    expect(takesOlder(at, { ...at, since })).toBe(may);
    expect(takesOlder(NONE, { ...at, since })).toBe(false);
    expect(takesOlder(at, NONE)).toBe(false);
  });
});
