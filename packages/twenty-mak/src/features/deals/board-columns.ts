import type { PipelineDefinition } from 'twenty-mak-domain';

/** Which deals are in one column: those of its stages, or of its business stage. */
export interface Column {
  /** Unique on the board. */
  readonly key: string;
  readonly title: string;
  /** `former`: only deals of older versions are there. */
  readonly kind: 'open' | 'won' | 'ended' | 'former';
  /** Stages whose deals may stand here. */
  readonly stages: readonly string[];
  /** Null for a column of a stage, and for deals that have no business stage. */
  readonly businessStage: string | null;
  readonly color: string | null;
}

/** Stage and business stage (empty for none) in which there are deals. */
export interface Place {
  readonly stage: string;
  readonly business_stage: string;
}

export const GROUPINGS = ['stage', 'business'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Columns of a definition, and one for whatever deals of older versions still are in. */
export function columnsOf(
  definition: PipelineDefinition,
  occupied: readonly Place[],
  grouping: Grouping,
): Column[] {
  const columns = grouping === 'stage' ? stageColumns(definition) : businessColumns(definition);
  for (const place of occupied)
    if (columnOf(columns, place, grouping) === -1) columns.push(formerColumn(place, grouping));
  return columns;
}

/** Position of the column in which deals of a place stand; -1 when there is none. */
export function columnOf(
  columns: readonly Column[],
  { stage, business_stage: businessStage }: Place,
  grouping: Grouping,
): number {
  const byStage = grouping === 'stage' || businessStage === '';
  return columns.findIndex((column) =>
    byStage
      ? column.businessStage === null && column.stages.includes(stage)
      : column.businessStage === businessStage,
  );
}

function stageColumns({ stages, endings = [] }: PipelineDefinition): Column[] {
  return [
    ...stages.map(({ key, title, kind = 'open', color = null }) =>
      stageColumn({ key, title, kind, color }),
    ),
    ...endings.map(({ key, title, color = null }) =>
      stageColumn({ key, title, kind: 'ended', color }),
    ),
  ];
}

function stageColumn(column: Pick<Column, 'key' | 'title' | 'kind' | 'color'>): Column {
  return { ...column, stages: [column.key], businessStage: null };
}

/** In the order in which the stages name them: of one stage first its own, then the finer ones. */
function businessColumns(definition: PipelineDefinition): Column[] {
  const columns: Column[] = [];
  const plain = new Map(stageColumns(definition).map((column) => [column.key, column]));
  for (const { key, kind = 'open', color = null, ...stage } of definition.stages) {
    const { businessStage, businessStageWhen = [] } = stage;
    const titles = businessStageWhen.map((one) => one.businessStage);
    const own = plain.get(key);
    if (businessStage !== undefined) titles.unshift(businessStage);
    else if (own !== undefined) columns.push(own);
    for (const title of new Set(titles)) {
      const at = columns.findIndex((column) => column.businessStage === title);
      const known = columns[at];
      if (known === undefined) {
        const named = { key: businessKey(title), title, kind, color };
        columns.push({ ...named, stages: [key], businessStage: title });
      } else {
        const both = known.kind === kind ? kind : 'open';
        columns[at] = { ...known, kind: both, stages: [...known.stages, key] };
      }
    }
  }
  for (const { key } of definition.endings ?? []) {
    const own = plain.get(key);
    if (own !== undefined) columns.push(own);
  }
  return columns;
}

function formerColumn({ stage, business_stage: title }: Place, grouping: Grouping): Column {
  if (grouping === 'stage' || title === '')
    return { ...stageColumn({ key: stage, title: stage, kind: 'former', color: null }) };
  const named = { key: businessKey(title), title, kind: 'former', color: null } as const;
  return { ...named, stages: [stage], businessStage: title };
}

/** A business stage may have the name of a stage. */
function businessKey(title: string): string {
  return `business:${title}`;
}
