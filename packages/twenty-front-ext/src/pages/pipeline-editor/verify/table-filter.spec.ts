import { adtech, truthTable } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { readDraft } from '../check/read-draft.ts';
import { ANY, filterFrom, filtersOf } from './table-filter.ts';

const { compiled } = readDraft(adtech);
if (compiled === null) throw new Error('the preset cannot be read');
const filters = filtersOf(compiled);
const valuesOf = (name: string) => filters.find((one) => one.name === name)?.values ?? [];

describe('filters of the truth table', () => {
  it('are the stage, every gate and every system that rules ask for', () => {
    expect(filters.map(({ name }) => name)).toEqual([
      'stage',
      ...adtech.gates.map(({ key }) => `gate:${key}`),
      'domain:docflow',
      'domain:legal',
      'domain:mediapush',
    ]);
  });

  it('narrow the table down to the rows that fit', () => {
    const other = valuesOf('domain:legal').at(-1)?.value ?? '';
    const where = filterFrom({
      stage: 'contracting',
      'gate:has_brief': 'false',
      'gate:qualified': ANY,
      'domain:legal': other,
      'domain:docflow': 'contract_in_sign',
    });
    expect(where).toEqual({
      stage: 'contracting',
      gates: { has_brief: false },
      domains: { legal: null, docflow: 'contract_in_sign' },
    });
    const { rows, total } = truthTable(compiled, { where });
    expect(total).toBeGreaterThan(0);
    expect(
      rows.every(({ gates, domains }) => !gates['has_brief'] && domains['legal'] === null),
    ).toBe(true);
  });

  it('leave everything when nothing is chosen', () => {
    expect(truthTable(compiled, { where: filterFrom({}) }).total).toBe(truthTable(compiled).total);
  });
});
