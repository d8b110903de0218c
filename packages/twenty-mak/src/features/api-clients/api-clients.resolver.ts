import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { createApiClientSchema, listApiClientsSchema } from './api-clients.dto.ts';
import {
  ApiClientModel,
  apiClientModel,
  ApiClientPageModel,
  CreateApiClientInput,
  CreatedApiClientModel,
  createdApiClientModel,
} from './api-clients.model.ts';
import { ApiClientsService } from './api-clients.service.ts';

@RequireScope('api-clients:manage')
@Resolver(() => ApiClientModel)
export class ApiClientsResolver {
  constructor(@Inject(ApiClientsService) private readonly service: ApiClientsService) {}

  @Query(() => ApiClientPageModel, { description: 'API keys and OAuth clients, newest first' })
  async apiClients(
    @CurrentPrincipal() principal: Principal,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<ApiClientPageModel> {
    const request = parse(listApiClientsSchema, withoutNulls({ limit, cursor }));
    const page = await this.service.list(principal, request);
    return { items: page.items.map(apiClientModel), next: page.next };
  }

  @Mutation(() => CreatedApiClientModel, { description: 'The secret is in this answer alone' })
  async createApiClient(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => CreateApiClientInput }) input: CreateApiClientInput,
  ): Promise<CreatedApiClientModel> {
    const { expiresAt, ...rest } = input;
    const request = parse(createApiClientSchema, withoutNulls({ ...rest, expires_at: expiresAt }));
    return createdApiClientModel(await this.service.create(principal, request));
  }

  @Mutation(() => ApiClientModel, { description: 'Its tokens end with it, at once' })
  async revokeApiClient(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ApiClientModel> {
    return apiClientModel(await this.service.revoke(principal, parse(uuidField, id)));
  }
}
