import { Inject } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { Deal } from '../deals/index.ts';
import { Order } from '../orders/index.ts';
import { ClientLoaders } from './client-loaders.ts';
import { Client } from './clients.model.ts';
import { clientModel } from './clients.view-model.ts';

/** The client that a deal names. */
@Resolver(() => Deal)
export class DealClientResolver {
  constructor(@Inject(ClientLoaders) private readonly loaders: ClientLoaders) {}

  @ResolveField(() => Client, { nullable: true, description: 'Whom `clientId` names.' })
  async client(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { clientId }: Deal,
  ): Promise<Client | null> {
    if (clientId === null) return null;
    const row = await this.loaders.of(context, principal).byKey.load(clientId);
    return row === null ? null : clientModel(row);
  }
}

/** The client that an order names, for those who may see clients. */
@Resolver(() => Order)
export class OrderClientResolver {
  constructor(@Inject(ClientLoaders) private readonly loaders: ClientLoaders) {}

  @ResolveField(() => Client, {
    nullable: true,
    description: 'Whom `clientId` names; null for those who may not see clients.',
  })
  async client(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { clientId }: Order,
  ): Promise<Client | null> {
    if (clientId === null || !principal.scopes.has('deals:read')) return null;
    const row = await this.loaders.of(context, principal).byKey.load(clientId);
    return row === null ? null : clientModel(row);
  }
}
