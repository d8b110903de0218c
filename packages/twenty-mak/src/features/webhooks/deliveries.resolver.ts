import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField } from '../../platform/validation/index.ts';
import type { DeliveryStatus } from './dead-letters.repository.ts';
import { DeliveriesService } from './deliveries.service.ts';
import { listDeliveriesSchema } from './webhooks.dto.ts';
import {
  deliveryModel,
  DeliveryModel,
  DeliveryPageModel,
  DeliveryStatusEnum,
} from './webhooks.model.ts';

@RequireScope('webhooks:manage')
@Resolver(() => DeliveryModel)
export class DeliveriesResolver {
  constructor(@Inject(DeliveriesService) private readonly deliveries: DeliveriesService) {}

  @Query(() => DeliveryPageModel, { description: 'Deliveries to a webhook, newest first' })
  async webhookDeliveries(
    @CurrentPrincipal() principal: Principal,
    @Args('webhookId', { type: () => ID }) webhookId: string,
    @Args('status', { type: () => DeliveryStatusEnum, nullable: true }) status?: DeliveryStatus,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<DeliveryPageModel> {
    const query = {
      status: status ?? undefined,
      limit: limit ?? undefined,
      cursor: cursor ?? undefined,
    };
    const page = await this.deliveries.list(
      principal,
      parse(uuidField, webhookId),
      parse(listDeliveriesSchema, query),
    );
    return { items: page.items.map(deliveryModel), next: page.next };
  }

  @Query(() => DeliveryModel)
  async webhookDelivery(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<DeliveryModel> {
    return deliveryModel(await this.deliveries.read(principal, parse(uuidField, id)));
  }

  @Mutation(() => DeliveryModel, { description: 'Sends a test message' })
  async testWebhook(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<DeliveryModel> {
    return deliveryModel(await this.deliveries.sendTest(principal, parse(uuidField, id)));
  }

  @Mutation(() => DeliveryModel, { description: 'Sends a dead letter again, marked as replayed' })
  async replayWebhookDelivery(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<DeliveryModel> {
    return deliveryModel(await this.deliveries.replay(principal, parse(uuidField, id)));
  }

  @Mutation(() => Int, {
    description: 'Sends all dead letters of a webhook again; gives their number',
  })
  async replayDeadLetters(
    @CurrentPrincipal() principal: Principal,
    @Args('webhookId', { type: () => ID }) webhookId: string,
  ): Promise<number> {
    return this.deliveries.replayAll(principal, parse(uuidField, webhookId));
  }

  @Mutation(() => Boolean, { description: 'Drops a dead letter for good' })
  async dropWebhookDelivery(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.deliveries.drop(principal, parse(uuidField, id));
    return true;
  }
}
