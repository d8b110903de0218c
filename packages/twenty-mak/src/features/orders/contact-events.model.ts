import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { JsonObject } from 'twenty-mak-domain';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { envelopeOf, writePosition } from '../../platform/outbox/index.ts';
import type { OutboxRow } from '../../platform/outbox/index.ts';

@ObjectType('ContactEvent', {
  description: 'What another system has changed of a contact; never what stands in it.',
})
export class ContactEventModel {
  @Field(() => ID) eventId: string;
  @Field(() => String, { description: 'e.g. `contact.changed`' }) type: string;
  @Field(() => String, { description: 'RFC 3339' }) occurredAt: string;
  @Field(() => ID) contactId: string;
  @Field(() => Int) contactVersion: number;
  @Field(() => JsonScalar, {
    description: 'Its client (`client_id`), the names of the `fields` and the `system`',
  })
  data: JsonObject;
  @Field(() => String, { description: 'Send it as `after` to go on after this event' })
  position: string;
}

export function contactEventModel(tenantId: string, row: OutboxRow): ContactEventModel {
  const event = envelopeOf(tenantId, row);
  return {
    eventId: event.event_id,
    type: event.type,
    occurredAt: event.occurred_at,
    contactId: row.deal_id,
    contactVersion: row.deal_version,
    data: event.data,
    position: writePosition(row),
  };
}
