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
  return resync !== null && !(isListed(resync) && resync.left === 0);
}

/** How far the resync has come; null when there is none under way. */
export function resyncProgress(
  connector: Pick<ConnectorLineFragment, 'resync'>,
): ResyncProgress | null {
  const { resync } = connector;
  if (resync === null || !isResyncing(connector)) return null;
  const of = Math.max(resync.marked + resync.found, resync.left);
  const done = of - resync.left;
  return { done, of, listing: !isListed(resync), share: of === 0 ? 0 : done / of };
}

/** Whether the records of both sides are known. */
function isListed({
  listed,
  foundAll,
}: Pick<NonNullable<ConnectorLineFragment['resync']>, 'listed' | 'foundAll'>): boolean {
  return listed && foundAll;
}
