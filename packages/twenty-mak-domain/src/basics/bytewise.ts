/**
 * Order of two ASCII strings by their bytes, the same as PostgreSQL's collation "C".
 * UTF-16 code units equal bytes within ASCII, which the event envelope guarantees.
 */
export function compareBytewise(left: string, right: string): -1 | 0 | 1 {
  if (left < right) return -1;
  return left > right ? 1 : 0;
}
