import type { Instant } from 'twenty-mak-domain';
import type { Figure } from './figures.ts';

/** Every time zone is off UTC by quarters of an hour, so all instants of a quarter are of the same day. */
const QUARTER = 15 * 60_000;

export interface Delta {
  readonly pipelineId: string;
  readonly figure: Figure;
  readonly at: Instant;
  readonly subject: string;
  readonly detail: string;
  readonly currency: string;
  n: number;
  total: number;
}

/** By how much a batch moves the rollups. What adds up to nothing is left out. */
export class RollupDeltas {
  private readonly held = new Map<string, Delta>();
  private readonly full: Delta[] = [];

  add(
    place: Pick<Delta, 'pipelineId' | 'figure' | 'at' | 'subject'> &
      Partial<Pick<Delta, 'detail' | 'currency'>>,
    n: number,
    total = 0,
  ): void {
    const { pipelineId, figure, subject, detail = '', currency = '' } = place;
    const at = Math.floor(place.at / QUARTER) * QUARTER;
    const key = `${figure}\n${at}\n${detail}\n${currency}\n${pipelineId}\n${subject}`;
    const held = this.held.get(key);
    if (held !== undefined && addsUp(held.total, total)) {
      held.n += n;
      held.total += total;
      return;
    }
    // Sums that a number cannot hold are added up by PostgreSQL.
    if (held !== undefined) this.full.push(held);
    this.held.set(key, { pipelineId, figure, at, subject, detail, currency, n, total });
  }

  rows(): Delta[] {
    return [...this.full, ...this.held.values()].filter(({ n, total }) => n !== 0 || total !== 0);
  }
}

/** Whether the sum is exact; fractions add up exactly in PostgreSQL only. */
function addsUp(one: number, other: number): boolean {
  return [one, other, one + other].every(Number.isSafeInteger);
}
