import type { CompiledPipeline } from './compile.ts';
import { decisionPaths } from './decision-diagram.ts';
import { describe, maskOf, stageOf, variablesOf, vectorsOf } from './vectors.ts';
import type { Vector } from './vectors.ts';

/** One combination of facts and the stage it gives. */
export interface TruthRow extends Vector {
  readonly stage: string;
}

/** Facts that are not named may be anything; so many combinations are alike. */
export interface CompactTruthRow extends TruthRow {
  readonly vectors: number;
}

export interface TruthTableQuery {
  /** Rows to return, at most 1,000; 100 by default. */
  readonly limit?: number;
  readonly offset?: number;
  /** Only rows with these facts and this stage. Facts that the rules do not ask for are left aside. */
  readonly where?: Partial<Vector> & { readonly stage?: string };
}

export interface TruthPage<Row> {
  /** Rows that fit the query. */
  readonly total: number;
  readonly rows: readonly Row[];
}

const MAX_ROWS = 1_000;

/** The whole table, one page at a time, the first gate changing slowest. */
export function truthTable(
  pipeline: CompiledPipeline,
  { limit = 100, offset = 0, where = {} }: TruthTableQuery = {},
): TruthPage<TruthRow> {
  const wanted = vectorsOf(pipeline).filter(filterOf(pipeline, where));
  return {
    total: wanted.length,
    rows: page(wanted, limit, offset).map((facts) => ({
      ...describe(pipeline, facts),
      stage: stageOf(pipeline, facts),
    })),
  };
}

/** The table with facts left out where they decide nothing. The facts that rules ask for first come first. */
export function compactTruthTable(
  pipeline: CompiledPipeline,
  { limit = 100, offset = 0 }: Pick<TruthTableQuery, 'limit' | 'offset'> = {},
): TruthPage<CompactTruthRow> {
  const rows = decisionPaths(pipeline);
  return { total: rows.length, rows: page(rows, limit, offset) };
}

function page<T>(all: readonly T[], limit: number, offset: number): readonly T[] {
  const from = Math.max(0, offset);
  return all.slice(from, from + Math.min(Math.max(0, limit), MAX_ROWS));
}

function filterOf(
  pipeline: CompiledPipeline,
  { gates = {}, domains = {}, stage }: NonNullable<TruthTableQuery['where']>,
): (facts: number) => boolean {
  const fixed = variablesOf(pipeline).flatMap((variable) => {
    const asked = variable.kind === 'gate' ? gates : domains;
    if (!Object.hasOwn(asked, variable.name)) return [];
    const value = asked[variable.name];
    const choice = variable.choices.find((one) => one.value === value);
    return [{ all: maskOf(variable), mask: choice?.mask ?? 0 }];
  });
  return (facts) =>
    fixed.every(({ all, mask }) => (facts & all) === mask) &&
    (stage === undefined || stageOf(pipeline, facts) === stage);
}
