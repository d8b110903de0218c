import type { Pair } from './own-settings.ts';

/** The pair of something of the other system, letters large or small. */
export function pairFor(pairs: readonly Pair[], there: string): Pair | undefined {
  return pairs.find((pair) => pair.there.toLowerCase() === there.toLowerCase());
}

/** The pairs with that of something of the other system as it is now; empty: it has none. A pair keeps its place. */
export function withPair(pairs: readonly Pair[], there: string, mak: string): readonly Pair[] {
  const before = pairFor(pairs, there);
  if (mak === '') return pairs.filter((pair) => pair !== before);
  if (before === undefined) return [...pairs, { mak, there }];
  return pairs.map((pair) => (pair === before ? { mak, there: pair.there } : pair));
}
