import type { ConnectorLineFragment } from '../../generated/graphql.ts';

export interface ResyncProgress {
  readonly done: number;
  readonly of: number;
  /** From 0 to 1; null while records are still being listed. */
  readonly share: number | null;
}

/** Whether records of a resync still wait. */
export function isResyncing({ resync }: Pick<ConnectorLineFragment, 'resync'>): boolean {
  return resync !== null && !(resync.listed && resync.left === 0);
}

/** How far the resync has come; null when there is none under way. */
export function resyncProgress(
  connector: Pick<ConnectorLineFragment, 'resync'>,
): ResyncProgress | null {
  const { resync } = connector;
  if (resync === null || !isResyncing(connector)) return null;
  const of = Math.max(resync.marked, resync.left);
  const done = of - resync.left;
  return { done, of, share: resync.listed ? done / of : null };
}
