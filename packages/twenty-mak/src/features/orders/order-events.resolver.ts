import { Inject } from '@nestjs/common';
import { Args, Context, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import type { OutboxRow } from '../../platform/outbox/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { followArguments } from './order-events.dto.ts';
import { OrderFollower } from './order-events.follower.ts';
import { OrderChangesModel, OrderEventModel, orderEventModel } from './order-events.model.ts';

interface Payload {
  readonly orderEvents: OrderEventModel;
}

interface Changes {
  readonly orderChanges: OrderChangesModel;
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
    const input = parse(followArguments, { after: after ?? undefined });
    return payloads(
      principal.tenantId,
      await this.follower.follow(principal, request, input.after),
    );
  }

  @RequireScope('catalogue:read')
  @Subscription(() => OrderChangesModel, {
    description:
      'For open pages: which orders have changed. First none, as soon as no later change can be missed.',
  })
  async orderChanges(
    @CurrentPrincipal() principal: Principal,
    @Context() { request }: GraphqlContext,
  ): Promise<AsyncGenerator<Changes, void>> {
    return changes(await this.follower.follow(principal, request, undefined));
  }
}

async function* changes(rows: AsyncGenerator<OutboxRow, void>): AsyncGenerator<Changes, void> {
  yield { orderChanges: { ids: [] } };
  for await (const row of rows) yield { orderChanges: { ids: [row.deal_id] } };
}

async function* payloads(
  tenantId: string,
  rows: AsyncGenerator<OutboxRow, void>,
): AsyncGenerator<Payload, void> {
  for await (const row of rows) yield { orderEvents: orderEventModel(tenantId, row) };
}
