import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { z } from 'zod';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import type { OutboxRow } from '../../platform/outbox/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { OrderFollower } from './order-events.follower.ts';
import { OrderEventModel, orderEventModel } from './order-events.model.ts';

const argumentsSchema = z.object({ after: z.string().max(100).optional() });

interface Payload {
  readonly orderEvents: OrderEventModel;
}

@Resolver(() => OrderEventModel)
export class OrderEventsResolver {
  constructor(@Inject(OrderFollower) private readonly follower: OrderFollower) {}

  @RequireScope('catalogue:read')
  @Subscription(() => OrderEventModel, {
    description:
      'What happens with orders and their payments. Without `after` from now on; with the position of the last event that was seen, nothing is missed.',
  })
  async orderEvents(
    @CurrentPrincipal() principal: Principal,
    @Context() { request }: GraphqlContext,
    @Args('after', { type: () => String, nullable: true }) after?: string,
  ): Promise<AsyncGenerator<Payload, void>> {
    const input = parse(argumentsSchema, { after: after ?? undefined });
    return payloads(
      principal.tenantId,
      await this.follower.follow(principal, request, input.after),
    );
  }
}

async function* payloads(
  tenantId: string,
  rows: AsyncGenerator<OutboxRow, void>,
): AsyncGenerator<Payload, void> {
  for await (const row of rows) yield { orderEvents: orderEventModel(tenantId, row) };
}
