import type { CompiledPipeline, TruthTableQuery } from 'twenty-mak-domain';

/** What is chosen, by `stage`, `gate:<key>` or `domain:<system>`. */
export type TableFilter = Readonly<Record<string, string>>;

export const ANY = '';
/** Of a domain: a stage that no predicate asks for, or none. */
const OTHER = '\u0000other';

interface Filter {
  readonly name: string;
  /** Null: the stage. */
  readonly label: string | null;
  /** Without a title: true, false, or another stage. */
  readonly values: readonly { readonly value: string; readonly title?: string }[];
}

/** By what the table of this pipeline can be narrowed down. */
export function filtersOf({ definition, comparisons }: CompiledPipeline): readonly Filter[] {
  const systems = [...new Set(comparisons.map(({ system }) => system))];
  return [
    {
      name: 'stage',
      label: null,
      values: definition.stages.map(({ key, title }) => ({ value: key, title })),
    },
    ...definition.gates.map(({ key, title }) => ({
      name: `gate:${key}`,
      label: title,
      values: [{ value: 'true' }, { value: 'false' }],
    })),
    ...systems.map((system) => ({
      name: `domain:${system}`,
      label: system,
      values: [
        ...comparisons
          .filter((one) => one.system === system)
          .map(({ stage }) => ({ value: stage, title: stage })),
        { value: OTHER },
      ],
    })),
  ];
}

export function filterFrom(filter: TableFilter): NonNullable<TruthTableQuery['where']> {
  const chosen = Object.entries(filter).filter(([, value]) => value !== ANY);
  const under = (prefix: string): readonly (readonly [string, string])[] =>
    chosen
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]);
  const stage = chosen.find(([name]) => name === 'stage')?.[1];
  return {
    gates: Object.fromEntries(under('gate:').map(([gate, value]) => [gate, value === 'true'])),
    domains: Object.fromEntries(
      under('domain:').map(([system, value]) => [system, value === OTHER ? null : value]),
    ),
    ...(stage === undefined ? {} : { stage }),
  };
}
