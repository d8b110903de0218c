import { describe, expect, it } from 'vitest';
import { compiled, small } from './fixtures.ts';
import { adtech, presets } from './presets/index.ts';
import { compactTruthTable, truthTable } from './truth-table.ts';
import { describe as spell, vectorsOf } from './vectors.ts';

const pipeline = compiled(small);

describe('truthTable', () => {
  it('lists every combination, the first gate changing slowest', () => {
    const { total, rows } = truthTable(pipeline);
    expect(total).toBe(16);
    expect(rows).toHaveLength(16);
    expect(rows[0]).toEqual({
      gates: { asked: false, offered: false, paid: false },
      domains: { legal: null },
      stage: 'new',
    });
    expect(rows[1]).toEqual({
      gates: { asked: false, offered: false, paid: false },
      domains: { legal: 'in_review' },
      stage: 'new',
    });
    expect(rows[15]).toEqual({
      gates: { asked: true, offered: true, paid: true },
      domains: { legal: 'in_review' },
      stage: 'won',
    });
    expect(rows.map(({ stage }) => stage).join(' ')).toBe(
      'new new won won offer review won won talking talking won won offer review won won',
    );
  });

  it('comes in pages', () => {
    const all = truthTable(pipeline).rows;
    expect(truthTable(pipeline, { limit: 3, offset: 2 })).toEqual({
      total: 16,
      rows: all.slice(2, 5),
    });
    expect(truthTable(pipeline, { limit: 3, offset: 15 }).rows).toEqual(all.slice(15));
    expect(truthTable(pipeline, { limit: 0 }).rows).toEqual([]);
    expect(truthTable(pipeline, { limit: -1, offset: -5 }).rows).toEqual([]);
    expect(truthTable(pipeline, { limit: 2, offset: -5 }).rows).toEqual(all.slice(0, 2));
    const large = compiled(adtech);
    expect(truthTable(large).rows).toHaveLength(100);
    expect(truthTable(large, { limit: 5_000 })).toMatchObject({
      total: 2_048,
      rows: { length: 1_000 },
    });
  });

  it('can be asked for some facts and one stage', () => {
    const rows = (where: Parameters<typeof truthTable>[1] & object) =>
      truthTable(pipeline, where).total;
    expect(rows({ where: { stage: 'offer' } })).toBe(2);
    expect(rows({ where: { gates: { paid: false } } })).toBe(8);
    expect(rows({ where: { gates: { paid: false, offered: true } } })).toBe(4);
    expect(rows({ where: { domains: { legal: 'in_review' } } })).toBe(8);
    expect(
      rows({ where: { gates: { paid: false }, domains: { legal: 'in_review' }, stage: 'review' } }),
    ).toBe(2);
    expect(rows({ where: { gates: { toString: true } } })).toBe(16);
  });

  it('takes a stage that no predicate asks for as "another"', () => {
    const other = truthTable(pipeline, { where: { domains: { legal: 'done' } } });
    expect(other).toEqual(truthTable(pipeline, { where: { domains: { legal: null } } }));
    expect(other.total).toBe(8);
  });
});

describe('compactTruthTable', () => {
  it('leaves out what decides nothing', () => {
    expect(compactTruthTable(pipeline)).toEqual({
      total: 5,
      rows: [
        { gates: { paid: true }, domains: {}, stage: 'won', vectors: 8 },
        {
          gates: { paid: false, offered: true },
          domains: { legal: 'in_review' },
          stage: 'review',
          vectors: 2,
        },
        {
          gates: { paid: false, offered: true },
          domains: { legal: null },
          stage: 'offer',
          vectors: 2,
        },
        {
          gates: { paid: false, offered: false, asked: true },
          domains: {},
          stage: 'talking',
          vectors: 2,
        },
        {
          gates: { paid: false, offered: false, asked: false },
          domains: {},
          stage: 'new',
          vectors: 2,
        },
      ],
    });
    expect(Object.keys(compactTruthTable(pipeline).rows[1]?.gates ?? {})).toEqual([
      'paid',
      'offered',
    ]);
  });

  it('comes in pages', () => {
    const { rows } = compactTruthTable(pipeline);
    expect(compactTruthTable(pipeline, { limit: 2, offset: 1 })).toEqual({
      total: 5,
      rows: rows.slice(1, 3),
    });
  });

  it('asks first what rules ask first', () => {
    const rules = [
      { stage: 'won', when: 'domains.legal == "done"' },
      { stage: 'offer', when: 'gates.offered' },
    ];
    expect(compactTruthTable(compiled({ ...small, rules })).rows).toEqual([
      { gates: {}, domains: { legal: 'done' }, stage: 'won', vectors: 8 },
      { gates: { offered: true }, domains: { legal: null }, stage: 'offer', vectors: 4 },
      { gates: { offered: false }, domains: { legal: null }, stage: 'new', vectors: 4 },
    ]);
  });

  it('has one row where the stage never changes', () => {
    expect(compactTruthTable(compiled({ ...small, rules: [] })).rows).toEqual([
      { gates: {}, domains: {}, stage: 'new', vectors: 8 },
    ]);
  });

  it('asks for all stages of a system at once', () => {
    const rules = [
      { stage: 'won', when: 'domains.legal == "done"' },
      { stage: 'review', when: 'domains.legal == "in_review"' },
    ];
    expect(compactTruthTable(compiled({ ...small, rules, gates: small.gates })).rows).toEqual([
      { gates: {}, domains: { legal: 'in_review' }, stage: 'review', vectors: 8 },
      { gates: {}, domains: { legal: 'done' }, stage: 'won', vectors: 8 },
      { gates: {}, domains: { legal: null }, stage: 'new', vectors: 8 },
    ]);
  });

  it('shares equal parts', () => {
    const rules = [{ stage: 'won', when: 'gates.asked == gates.offered == gates.paid' }];
    const { rows } = compactTruthTable(compiled({ ...small, rules }));
    expect(rows).toHaveLength(8);
    expect(rows.every(({ vectors }) => vectors === 1)).toBe(true);
  });

  it.each(Object.entries(presets))(
    'covers every combination of %s once, with its stage',
    (_, preset) => {
      const one = compiled(preset);
      const { rows } = compactTruthTable(one, { limit: 1_000 });
      const vectors = vectorsOf(one);
      expect(rows.length).toBeLessThan(40);
      expect(rows.reduce((sum, row) => sum + row.vectors, 0)).toBe(vectors.length);
      for (const facts of vectors) {
        const { gates, domains } = spell(one, facts);
        const fitting = rows.filter(
          (row) =>
            Object.entries(row.gates).every(([gate, value]) => gates[gate] === value) &&
            Object.entries(row.domains).every(([system, value]) => domains[system] === value),
        );
        expect(fitting.map(({ stage }) => stage)).toEqual([preset.stages[one.rankOf(facts)]?.key]);
      }
    },
  );
});

describe('vectors', () => {
  it('leave impossible facts undecided', () => {
    const rules = [{ stage: 'won', when: 'domains.legal in ["in_review", "done"]' }];
    const one = compiled({ ...small, rules });
    expect(spell(one, 0b11000).domains).toEqual({ legal: null });
    expect(spell(one, 0b10000).domains).toEqual({ legal: 'done' });
  });
});
