import type { Format } from './format.ts';

/** The server counts no further. */
const MOST = 10_000;

/** A count of the server in figures: 1,234, or 9,999+. */
export function countText(count: number, number: Format['number']): string {
  return count < MOST ? number(count) : `${number(MOST - 1)}+`;
}
