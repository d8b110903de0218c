import type { Format } from '../../ui/format/format.ts';

/** The server counts no further. */
const MOST = 10_000;

/** How many pairs, in figures. */
export function pairCountText(count: number, number: Format['number']): string {
  return count < MOST ? number(count) : `${number(MOST - 1)}+`;
}
