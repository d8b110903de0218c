import type { Bus } from '../../platform/outbox/index.ts';

/** Rung with a tenant after each commit that may have changed how many pairs of leads it has. */
export const PAIRS_CHANNEL = 'mak:lead-pairs';

/** Pairs came, went or were decided in this transaction. */
export function ringPairs(bus: Bus, tenantId: string): void {
  bus.ring(PAIRS_CHANNEL, tenantId);
}
