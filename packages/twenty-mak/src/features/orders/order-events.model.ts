import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { JsonObject } from 'twenty-mak-domain';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { envelopeOf, writePosition } from '../../platform/outbox/index.ts';
import type { OutboxRow } from '../../platform/outbox/index.ts';

@ObjectType('OrderEvent', { description: 'What happened to an order; ids and numbers alone.' })
export class OrderEventModel {
  @Field(() => ID) eventId: string;
  @Field(() => String, { description: 'e.g. `order.status.changed`' }) type: string;
  @Field(() => String, { description: 'RFC 3339' }) occurredAt: string;
  @Field(() => ID) orderId: string;
  @Field(() => Int) orderVersion: number;
  @Field(() => JsonScalar) data: JsonObject;
  @Field(() => String, { description: 'Send it as `after` to go on after this event' })
  position: string;
}

@ObjectType('OrderChanges')
export class OrderChangesModel {
  @Field(() => [ID], { description: 'None: the server listens from now on.' })
  ids: string[];
}

export function orderEventModel(tenantId: string, row: OutboxRow): OrderEventModel {
  const event = envelopeOf(tenantId, row);
  return {
    eventId: event.event_id,
    type: event.type,
    occurredAt: event.occurred_at,
    orderId: row.deal_id,
    orderVersion: row.deal_version,
    data: event.data,
    position: writePosition(row),
  };
}
