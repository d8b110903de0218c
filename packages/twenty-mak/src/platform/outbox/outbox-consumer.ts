import { DiscoveryService } from '@nestjs/core';
import type { Transaction } from '../database/index.ts';
import type { OutboxRow } from './outbox-reader.ts';

/**
 * Somebody who gets every event of every tenant. Its cursor moves in the transaction that `consume` gets, so effects
 * that are rows of that transaction happen exactly once, all others at least once.
 */
export interface OutboxConsumer {
  /** Whether anybody of the tenant waits for events. If not, they are passed over without being read. */
  wants(transaction: Transaction, tenantId: string): Promise<boolean>;
  /** The next events in their order. Gives what to do once they are committed, e.g. to ring. */
  consume(
    transaction: Transaction,
    tenantId: string,
    rows: readonly OutboxRow[],
  ): Promise<(() => void) | undefined>;
}

/** Marks a provider as a consumer of the outbox; the name is that of its cursors and never changes. */
export const ConsumesOutbox = DiscoveryService.createDecorator<{ readonly consumer: string }>();
