import { Inject, Injectable } from '@nestjs/common';
import { Bus } from './bus.ts';
import { envelopeOf } from './envelope.ts';
import { ConsumesOutbox } from './outbox-consumer.ts';
import type { OutboxConsumer } from './outbox-consumer.ts';
import type { OutboxRow } from './outbox-reader.ts';
import type { Transaction } from '../database/index.ts';

/** Channel of the internal bus on which every canonical event of a tenant passes, one message each. */
export function eventsChannel(tenantId: string): string {
  return `mak:events:${tenantId}`;
}

/** The internal bus: canonical events for whoever listens in Redis now. It keeps nothing for who does not. */
@Injectable()
@ConsumesOutbox({ consumer: 'bus' })
export class BusConsumer implements OutboxConsumer {
  constructor(@Inject(Bus) private readonly bus: Bus) {}

  /** A message to nobody is lost anyway, so nothing is read for it. Rejects without Redis: the events wait. */
  async wants(_transaction: Transaction, tenantId: string): Promise<boolean> {
    return this.bus.hasListeners(eventsChannel(tenantId));
  }

  async consume(
    _transaction: Transaction,
    tenantId: string,
    rows: readonly OutboxRow[],
  ): Promise<undefined> {
    await this.bus.publish(
      eventsChannel(tenantId),
      rows.map((row) => JSON.stringify(envelopeOf(tenantId, row))),
    );
  }
}
