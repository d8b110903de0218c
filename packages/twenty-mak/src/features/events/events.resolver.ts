import { Inject } from '@nestjs/common';
import { Args, Field, ID, InputType, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { MAX_EVENTS } from './events.controller.ts';
import { EventRejectionPage, EventResult } from './events.model.ts';
import { EventIngestion } from './events.service.ts';
import { RejectionsService } from './rejections.service.ts';

@InputType()
class ExternalRefInput {
  @Field() system: string;
  @Field() id: string;
}

@InputType({ description: 'A fact as a domain system tells it.' })
export class EventInput {
  @Field() eventId: string;
  @Field() type: string;
  @Field() source: string;
  @Field({ description: 'RFC 3339 with an offset' }) occurredAt: string;
  @Field(() => Int, { nullable: true }) version?: number;
  @Field(() => ID, { nullable: true }) masterDealId?: string;
  @Field(() => [ExternalRefInput], { nullable: true }) externalRefs?: ExternalRefInput[];
  @Field(() => String, { nullable: true }) correlationId?: string;
  @Field(() => String, { nullable: true, description: 'A JSON object as text' }) data?: string;
}

@Resolver()
export class EventsResolver {
  constructor(
    @Inject(EventIngestion) private readonly ingestion: EventIngestion,
    @Inject(RejectionsService) private readonly rejections: RejectionsService,
  ) {}

  @Mutation(() => [EventResult], {
    description: 'Takes in up to 500 events; the answers are in their order.',
  })
  @RequireScope('events:write')
  async recordEvents(
    @CurrentPrincipal() principal: Principal,
    @Args('events', { type: () => [EventInput] }) events: EventInput[],
  ): Promise<EventResult[]> {
    if (events.length > MAX_EVENTS) {
      throw new RefusalError(
        {
          code: 'too_many_events',
          reason: `A request may have ${MAX_EVENTS} events; this one has ${events.length}.`,
          field: 'events',
        },
        413,
      );
    }
    const answers = await this.ingestion.ingest(principal.tenantId, events.map(envelopeOf));
    return answers.map(
      ({ event_id: eventId, status, master_deal_id: dealId, code, reason, field }) => ({
        eventId,
        status,
        masterDealId: dealId ?? null,
        code: code ?? null,
        reason: reason ?? null,
        field: field ?? null,
      }),
    );
  }

  @Query(() => EventRejectionPage, { description: 'Refused events, newest first.' })
  @RequireScope('events:write')
  async eventRejections(
    @CurrentPrincipal() principal: Principal,
    @Args('limit', { type: () => Int, defaultValue: 50 }) limit: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor: string | null,
    @Args('code', { type: () => String, nullable: true }) code: string | null,
  ): Promise<EventRejectionPage> {
    const page = await this.rejections.list(principal, {
      limit,
      cursor: cursor ?? undefined,
      code: code ?? undefined,
    });
    return {
      items: page.items.map(({ received_at: receivedAt, event_id: eventId, payload, ...rest }) => ({
        ...rest,
        receivedAt,
        eventId,
        payload: JSON.stringify(payload),
      })),
      next: page.next,
    };
  }
}

/** The envelope as REST takes it, so that both ways in have one reader. */
function envelopeOf(input: EventInput): Record<string, unknown> {
  return {
    event_id: input.eventId,
    type: input.type,
    source: input.source,
    occurred_at: input.occurredAt,
    ...(input.version == null ? {} : { version: input.version }),
    master_deal_id: input.masterDealId ?? null,
    external_refs: input.externalRefs?.map(({ system, id }) => ({ system, id })),
    correlation_id: input.correlationId ?? null,
    data: dataOf(input.data),
  };
}

function dataOf(text: string | null | undefined): unknown {
  if (text == null) return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
