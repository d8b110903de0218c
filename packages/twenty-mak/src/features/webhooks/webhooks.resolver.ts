import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField } from '../../platform/validation/index.ts';
import { createWebhookSchema, editWebhookSchema } from './webhooks.dto.ts';
import type { WebhookWithSecret } from './webhooks.dto.ts';
import {
  CreateWebhookInput,
  UpdateWebhookInput,
  webhookModel,
  WebhookModel,
  WebhookWithSecretModel,
} from './webhooks.model.ts';
import { WebhooksService } from './webhooks.service.ts';

@RequireScope('webhooks:manage')
@Resolver(() => WebhookModel)
export class WebhooksResolver {
  constructor(@Inject(WebhooksService) private readonly service: WebhooksService) {}

  @Query(() => [WebhookModel], { description: 'All webhooks, oldest first' })
  async webhooks(@CurrentPrincipal() principal: Principal): Promise<WebhookModel[]> {
    return (await this.service.list(principal)).map(webhookModel);
  }

  @Query(() => WebhookModel)
  async webhook(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<WebhookModel> {
    return webhookModel(await this.service.read(principal, parse(uuidField, id)));
  }

  @Mutation(() => WebhookWithSecretModel)
  async createWebhook(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => CreateWebhookInput }) input: CreateWebhookInput,
  ): Promise<WebhookWithSecretModel> {
    const { types, ...rest } = input;
    const created = parse(createWebhookSchema, { ...rest, types: types ?? undefined });
    return withSecret(await this.service.create(principal, created));
  }

  @Mutation(() => WebhookModel)
  async updateWebhook(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input', { type: () => UpdateWebhookInput }) input: UpdateWebhookInput,
  ): Promise<WebhookModel> {
    const { url, types, ...rest } = input;
    const change = parse(editWebhookSchema, {
      ...rest,
      url: url ?? undefined,
      types: types ?? undefined,
    });
    return webhookModel(await this.service.edit(principal, parse(uuidField, id), change));
  }

  @Mutation(() => WebhookModel, { description: 'Sends nothing for now; events are collected' })
  async pauseWebhook(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<WebhookModel> {
    return webhookModel(
      await this.service.setStatus(principal, parse(uuidField, id), version, 'paused'),
    );
  }

  @Mutation(() => WebhookModel, { description: 'Sends again, beginning with what was collected' })
  async resumeWebhook(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<WebhookModel> {
    return webhookModel(
      await this.service.setStatus(principal, parse(uuidField, id), version, 'active'),
    );
  }

  @Mutation(() => WebhookWithSecretModel, {
    description: 'A new secret; the old one signs as well for a day',
  })
  async rotateWebhookSecret(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<WebhookWithSecretModel> {
    return withSecret(await this.service.rotate(principal, parse(uuidField, id), version));
  }

  @Mutation(() => Boolean, { description: 'Deletes a webhook with all that waits for it' })
  async deleteWebhook(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.service.remove(principal, parse(uuidField, id));
    return true;
  }
}

function withSecret({ secret, ...view }: WebhookWithSecret): WebhookWithSecretModel {
  return { webhook: webhookModel(view), secret };
}
