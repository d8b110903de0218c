import type { BoardDealFragment, BoardGrouping } from '../../generated/graphql.ts';
import type { ConvertedSum, Money } from '../../ui/format/sum-text.ts';
import type { BoardSort } from './board-request.ts';

export type BoardDeal = BoardDealFragment;

export interface ColumnState {
  readonly key: string;
  readonly title: string;
  readonly color: string | null;
  readonly kind: string;
  /** Stages whose deals may stand here. */
  readonly stages: readonly string[];
  /** Null for a column of a stage, and for deals without a business stage. */
  readonly businessStage: string | null;
  /** All deals of the column, loaded or not. */
  readonly total: number;
  readonly sums: readonly Money[];
  readonly sum: ConvertedSum;
  /** What is loaded of it, in order. */
  readonly ids: readonly string[];
  readonly cursor: string | null;
}

export interface BoardState {
  readonly columns: readonly ColumnState[];
  readonly deals: ReadonlyMap<string, BoardDeal>;
}

export interface Page {
  readonly nodes: readonly BoardDeal[];
  readonly cursor: string | null;
}

export interface Count {
  readonly column: string;
  readonly total: number;
  readonly sums: readonly Money[];
  readonly sum: ConvertedSum;
}

/** Key of the column in which a deal stands on this board; null when it stands in none. */
export function columnOf(
  { columns }: BoardState,
  deal: BoardDeal,
  groupBy: BoardGrouping,
): string | null {
  if (deal.archivedAt !== null) return null;
  const column = columns.find(
    ({ stages, businessStage }) =>
      stages.includes(deal.stage) && (groupBy === 'stage' || businessStage === deal.businessStage),
  );
  return column?.key ?? null;
}

/** Compares cards as the server orders them: those without a value come last, equals by id. */
export type Order = (left: BoardDeal, right: BoardDeal) => number;

export function orderOf(sort: BoardSort): Order {
  const descending = sort.startsWith('-');
  const value =
    VALUES[descending ? (sort.slice(1) as keyof typeof VALUES) : (sort as keyof typeof VALUES)];
  const direction = descending ? -1 : 1;
  return (left, right) => {
    const one = value(left);
    const other = value(right);
    if (one === null || other === null) {
      if (one !== other) return one === null ? 1 : -1;
    } else if (one !== other) return one < other ? -direction : direction;
    return compareText(left.id, right.id) * direction;
  };
}

const VALUES = {
  stage_started_at: ({ stageStartedAt }: BoardDeal) => stageStartedAt,
  sla_due_at: ({ slaDueAt }: BoardDeal) => slaDueAt,
  amount: ({ amount }: BoardDeal) => amount,
  name: ({ name }: BoardDeal) => name,
  updated_at: ({ updatedAt }: BoardDeal) => updatedAt,
  created_at: ({ createdAt }: BoardDeal) => createdAt,
} as const;

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The next page of a column; deals that came by an event meanwhile stay once. */
export function withPage(state: BoardState, column: string, { nodes, cursor }: Page): BoardState {
  const deals = new Map(state.deals);
  for (const deal of nodes) {
    const known = deals.get(deal.id);
    if (known === undefined || known.version <= deal.version) deals.set(deal.id, deal);
  }
  return {
    deals,
    columns: state.columns.map((one) => {
      if (one.key !== column) return one;
      const known = new Set(one.ids);
      return {
        ...one,
        cursor,
        ids: [...one.ids, ...nodes.map(({ id }) => id).filter((id) => !known.has(id))],
      };
    }),
  };
}

/**
 * What the server says of some deals now; those of `asked` that are not among `found` are no longer on this board.
 * An answer that is older than what is known changes nothing.
 */
export function withChanges(
  state: BoardState,
  asked: readonly string[],
  found: readonly BoardDeal[],
  columnOfDeal: (deal: BoardDeal) => string | null,
  order: Order,
): BoardState {
  const fresh = new Map(found.map((deal) => [deal.id, deal]));
  const deals = new Map(state.deals);
  const moved = new Map<string, string | null>();
  for (const id of asked) {
    const deal = fresh.get(id);
    const known = deals.get(id);
    if (deal !== undefined && known !== undefined && known.version > deal.version) continue;
    if (deal === undefined) deals.delete(id);
    else deals.set(id, deal);
    moved.set(id, deal === undefined ? null : columnOfDeal(deal));
  }
  return { deals, columns: state.columns.map((column) => place(column, moved, deals, order)) };
}

/** Takes out of a column what has left it, and sets in what has come, at its place. */
function place(
  column: ColumnState,
  moved: ReadonlyMap<string, string | null>,
  deals: ReadonlyMap<string, BoardDeal>,
  order: Order,
): ColumnState {
  const coming = [...moved].filter(([, key]) => key === column.key).map(([id]) => id);
  const leaves = column.ids.some((id) => moved.has(id));
  if (coming.length === 0 && !leaves) return column;
  const ids = column.ids.filter((id) => !moved.has(id));
  for (const id of coming) {
    const deal = deals.get(id);
    if (deal === undefined) continue;
    const at = ids.findIndex((other) => {
      const there = deals.get(other);
      return there !== undefined && order(deal, there) < 0;
    });
    // Behind the end of what is loaded it comes with its page.
    if (at !== -1) ids.splice(at, 0, id);
    else if (column.cursor === null) ids.push(id);
  }
  return { ...column, ids };
}

/** Numbers and sums of columns; a column that has none is empty. */
export function withCounts(state: BoardState, counts: readonly Count[]): BoardState {
  const byColumn = new Map(counts.map((count) => [count.column, count]));
  return {
    ...state,
    columns: state.columns.map((column) => {
      const count = byColumn.get(column.key);
      if (count === undefined) return column;
      const { total, sums, sum } = count;
      const same =
        total === column.total &&
        JSON.stringify([sums, sum]) === JSON.stringify([column.sums, column.sum]);
      return same ? column : { ...column, total, sums, sum };
    }),
  };
}
