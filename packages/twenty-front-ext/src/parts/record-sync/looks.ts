/** How often is looked at what waits, in milliseconds: people wait for it, and no event tells of it. */
const OFTEN = 2_000;
/** What has waited for long waits for somebody: the connector is paused, stopped or writes nothing. */
const SELDOM = 60_000;
/** So many looks are often. */
const PATIENCE = 15;

/** How long to wait after so many looks without a change. */
export function pauseAfter(looks: number): number {
  return Math.min(OFTEN * 2 ** Math.max(0, looks - PATIENCE), SELDOM);
}

/** Whose turn it is: not more than `most`, from a place on, and from the beginning again. */
export function turnOf(ids: readonly string[], from: number, most: number): readonly string[] {
  if (ids.length <= most) return ids;
  const start = from % ids.length;
  return [...ids.slice(start), ...ids.slice(0, start)].slice(0, most);
}
