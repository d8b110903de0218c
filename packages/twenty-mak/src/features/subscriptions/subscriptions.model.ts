import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { JsonObject } from 'twenty-mak-domain';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { envelopeOf, writePosition } from '../../platform/outbox/index.ts';
import type { OutboxRow } from '../../platform/outbox/index.ts';

@ObjectType('CanonicalEvent', { description: 'What happened to a deal; ids, never contact data.' })
export class CanonicalEventModel {
  @Field(() => ID) eventId: string;
  @Field(() => String, { description: 'e.g. `masterdeal.stage.changed`' }) type: string;
  @Field(() => Int, { description: 'Version of the schema of `data`' }) version: number;
  @Field(() => String, { description: 'RFC 3339' }) occurredAt: string;
  @Field(() => String) source: string;
  @Field(() => ID) tenantId: string;
  @Field(() => ID) masterDealId: string;
  @Field(() => Int) dealVersion: number;
  @Field(() => String, { nullable: true }) correlationId: string | null;
  @Field(() => String, { nullable: true }) causationId: string | null;
  @Field(() => JsonScalar) data: JsonObject;
  @Field(() => String, { description: 'Send it as `after` to go on after this event' })
  position: string;
}

@ObjectType('DealChanges')
export class DealChangesModel {
  @Field(() => [ID], { description: 'At most 200; who gets as many reads anew what is shown.' })
  ids: string[];
}

export function canonicalEventModel(tenantId: string, row: OutboxRow): CanonicalEventModel {
  const event = envelopeOf(tenantId, row);
  return {
    eventId: event.event_id,
    type: event.type,
    version: event.version,
    occurredAt: event.occurred_at,
    source: event.source,
    tenantId: event.tenant_id,
    masterDealId: row.deal_id,
    dealVersion: row.deal_version,
    correlationId: event.correlation_id,
    causationId: event.causation_id,
    data: event.data,
    position: writePosition(row),
  };
}
