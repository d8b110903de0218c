import type { ConnectorLineFragment } from '../../generated/graphql.ts';

export interface ResyncProgress {
  readonly done: number;
  readonly of: number;
  /** More records are still being found. */
  readonly listing: boolean;
  /** From 0 to 1, of the records that are known. */
  readonly share: number;
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
  return { done, of, listing: !resync.listed, share: of === 0 ? 0 : done / of };
}
