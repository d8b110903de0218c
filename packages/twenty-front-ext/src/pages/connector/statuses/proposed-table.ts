import type { ConnectorStatusesQuery } from '../../../generated/graphql.ts';
import type { StageTable } from './table-values.ts';

export type Status = ConnectorStatusesQuery['connectorStatuses'][number];

interface Named {
  readonly title: string;
}

interface Stage extends Named {
  readonly key: string;
}

/** A status as people know it there. */
export function statusTitle({ title, pipeline }: Status): string {
  return pipeline == null ? title : `${pipeline}: ${title}`;
}

/** How well two names agree. */
const SAME = 2;
const CONTAINS = 1;

/**
 * The table with a status for every stage that has none and whose name one has there, of one pipeline there: the one with the name
 * of ours, else the one where the names agree best. What is set stays.
 */
export function proposedTable(
  { title }: Named,
  stages: readonly Stage[],
  statuses: readonly Status[],
  table: StageTable,
): StageTable {
  const names = new Set(statuses.map(({ pipeline }) => pipeline ?? ''));
  const groups = [...names].map((name) => {
    const group = statuses.filter(({ pipeline }) => (pipeline ?? '') === name);
    const found = stages.flatMap((stage) => {
      const best = bestOf(stage, group);
      return best === null ? [] : [[stage.key, best] as const];
    });
    const total = found.reduce((sum, [, { score }]) => sum + score, 0);
    return { found, isOurs: agreement(name, title) === SAME, total };
  });
  const [best] = groups
    .filter(({ total }) => total > 0)
    .toSorted(
      (left, right) => Number(right.isOurs) - Number(left.isOurs) || right.total - left.total,
    );
  const proposed = (best?.found ?? []).map(([key, { status }]) => [key, status] as const);
  return { ...table, statusOf: { ...Object.fromEntries(proposed), ...table.statusOf } };
}

function bestOf(
  { title }: Stage,
  statuses: readonly Status[],
): { readonly status: string; readonly score: number } | null {
  const scored = statuses.map((one) => ({
    status: one.status,
    score: agreement(one.title, title),
  }));
  // Of equally good ones the first: they come in their order there.
  const [best] = scored.toSorted((left, right) => right.score - left.score);
  return best === undefined || best.score === 0 ? null : best;
}

/** 0 for names that have nothing to do with each other. */
function agreement(one: string, other: string): number {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  if (left.length === 0 || right.length === 0) return 0;
  if (left.join(' ') === right.join(' ')) return SAME;
  const within = (few: readonly string[], many: readonly string[]): boolean =>
    few.every((word) => many.includes(word));
  return within(left, right) || within(right, left) ? CONTAINS : 0;
}

function wordsOf(name: string): readonly string[] {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
