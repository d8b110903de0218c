import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { CONTACT_EVENT_TYPES } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import type { OutboxRow } from '../../platform/outbox/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { ContactEventModel, contactEventModel } from './contact-events.model.ts';
import { followArguments } from './order-events.dto.ts';
import { OrderFollower } from './order-events.follower.ts';

interface Payload {
  readonly contactEvents: ContactEventModel;
}

/** By GraphQL what the live stream calls `BuyerUpdated`. */
@Resolver(() => ContactEventModel)
export class ContactEventsResolver {
  constructor(@Inject(OrderFollower) private readonly follower: OrderFollower) {}

  @RequireScope('catalogue:read')
  @Subscription(() => ContactEventModel, {
    description:
      'What other systems, KeyCRM for one, change of those who buy. Without `after` from now on; with the position of the last event that was seen, nothing is missed.',
  })
  async contactEvents(
    @CurrentPrincipal() principal: Principal,
    @Context() { request }: GraphqlContext,
    @Args('after', { type: () => String, nullable: true }) after?: string,
  ): Promise<AsyncGenerator<Payload, void>> {
    const input = parse(followArguments, { after: after ?? undefined });
    const rows = await this.follower.follow(principal, request, input.after, CONTACT_EVENT_TYPES);
    return payloads(principal.tenantId, rows);
  }
}

async function* payloads(
  tenantId: string,
  rows: AsyncGenerator<OutboxRow, void>,
): AsyncGenerator<Payload, void> {
  for await (const row of rows) yield { contactEvents: contactEventModel(tenantId, row) };
}
