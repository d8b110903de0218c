import type {
  ConnectorLineFragment,
  ConnectorStageTableInput,
} from '../../../generated/graphql.ts';

/** How statuses of the other system follow from the stages of one pipeline. */
export interface StageTable {
  /** By stage. */
  readonly statusOf: Readonly<Record<string, string>>;
  /** By status: type of the event that a move there records. */
  readonly eventOf: Readonly<Record<string, string>>;
}

/** Id of the pipeline. */
export type TableKey = `table.${string}`;

/** What the form edits: tables by pipeline, so that two people may change different ones at the same time. */
export interface TableValues {
  readonly version: number;
  readonly [table: TableKey]: StageTable;
}

export const NO_TABLE: StageTable = { statusOf: {}, eventOf: {} };

export function tableKey(pipeline: string): TableKey {
  return `table.${pipeline}`;
}

export function pipelineOf(key: string): string {
  return key.slice('table.'.length);
}

export function valuesOf({
  version,
  stageTables,
}: Pick<ConnectorLineFragment, 'version' | 'stageTables'>): TableValues {
  return {
    version,
    ...Object.fromEntries(
      stageTables.map(({ pipeline, statusOf, eventOf }) => [
        tableKey(pipeline),
        { statusOf: textsOf(statusOf), eventOf: textsOf(eventOf) },
      ]),
    ),
  };
}

/** The tables that are sent; one without an entry is none. */
export function tablesOf(values: TableValues): ConnectorStageTableInput[] {
  const { version: _, ...tables } = values;
  return Object.entries<StageTable>(tables).flatMap(([key, { statusOf, eventOf }]) =>
    Object.keys({ ...statusOf, ...eventOf }).length === 0
      ? []
      : [{ pipeline: pipelineOf(key), statusOf, eventOf }],
  );
}

/** Texts by name with one more; an empty one is taken out. */
export function withText(
  texts: Readonly<Record<string, string>>,
  name: string,
  text: string,
): Readonly<Record<string, string>> {
  const { [name]: _, ...rest } = texts;
  return text === '' ? rest : { ...rest, [name]: text };
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
