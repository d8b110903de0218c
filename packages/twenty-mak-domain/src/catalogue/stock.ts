import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';

/** As many as fit exactly with three decimals. */
export const MAX_QUANTITY = 999_999_999;

/** How many of an article there are in a warehouse. */
export interface StockLine {
  readonly article: string;
  readonly warehouse: string;
  /** Up to three decimals; below nothing when more was sold than was counted. */
  readonly quantity: number;
  /** Of these so many wait in orders. */
  readonly reserved: number;
}

export interface CountedStock {
  /** Lines that differ from what was known, to be kept. */
  readonly changed: readonly StockLine[];
}

/**
 * What a stocktaking changes. Quantities are as they are from now on, so a repeat changes nothing; what is not named stays.
 * Refuses with `repeated_stock`, because of two counts of one thing nobody knows which is the later.
 */
export function countStock(
  known: readonly StockLine[],
  counted: readonly StockLine[],
): Decision<CountedStock> {
  const before = new Map(known.map((line) => [keyOf(line), line]));
  const seen = new Set<string>();
  for (const [index, line] of counted.entries()) {
    const key = keyOf(line);
    if (seen.has(key))
      return refuse(
        'repeated_stock',
        'An article is named twice for the same warehouse.',
        `stocks.${index}`,
      );
    seen.add(key);
  }
  const changed = counted.filter((line) => {
    const last = before.get(keyOf(line));
    // A first count of nothing is worth keeping: it says that somebody has looked.
    return last?.quantity !== line.quantity || last.reserved !== line.reserved;
  });
  return accept({ changed });
}

function keyOf({ article, warehouse }: StockLine): string {
  return JSON.stringify([article, warehouse]);
}
