import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  ID,
  Int,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { PersonModel } from '../accounts/index.ts';
import {
  connectionOf,
  DealConnection,
  DealCount,
  DealsService,
  filterOf,
  listQuery,
  pageInfo,
} from '../deals/index.ts';
import { ClientLoaders } from './client-loaders.ts';
import { mergeClientBody } from './client-merge.dto.ts';
import { ClientMergeService } from './client-merge.service.ts';
import { ClientPageService } from './client-page.service.ts';
import {
  clientHistoryQuery,
  clientVersionBody,
  createClientBody,
  editClientBody,
  listClientsQuery,
} from './clients.dto.ts';
import {
  Client,
  ClientConnection,
  ClientContact,
  ClientFacetsModel,
  ClientHistoryConnection,
  ClientHistoryKind,
  ClientPerson,
  ClientsArgs,
  CreateClientInput,
  EditClientInput,
  MergeClientsArgs,
} from './clients.model.ts';
import { ClientsService } from './clients.service.ts';
import {
  clientModel,
  contactModel,
  facetsModel,
  historyModel,
  personModel,
  restChoices,
  restFields,
  restFilter,
} from './clients.view-model.ts';

@Resolver(() => Client)
export class ClientsResolver {
  constructor(
    @Inject(ClientsService) private readonly service: ClientsService,
    @Inject(ClientPageService) private readonly pages: ClientPageService,
    @Inject(ClientLoaders) private readonly loaders: ClientLoaders,
    @Inject(DealsService) private readonly dealsService: DealsService,
    @Inject(ClientMergeService) private readonly merges: ClientMergeService,
  ) {}

  @RequireScope('deals:read')
  @Query(() => ClientConnection, { description: 'Companies and people, page by page.' })
  async clients(
    @CurrentPrincipal() principal: Principal,
    @Args() { filter, sort, first, after }: ClientsArgs,
  ): Promise<ClientConnection> {
    const query = { ...restFilter(filter), sort, limit: first, cursor: after };
    const page = await this.service.list(principal, parse(listClientsQuery, withoutNulls(query)));
    return { nodes: page.items.map(clientModel), pageInfo: pageInfo(page) };
  }

  @RequireScope('deals:read')
  @Query(() => Client)
  async client(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Client> {
    return clientModel(await this.service.one(principal, parse(uuidField, id)));
  }

  @RequireScope('deals:read')
  @Query(() => ClientFacetsModel, { description: 'Words in use, for forms and filters.' })
  async clientFacets(@CurrentPrincipal() principal: Principal): Promise<ClientFacetsModel> {
    return facetsModel(await this.service.facets(principal));
  }

  @RequireScope('deals:write')
  @Mutation(() => Client)
  async createClient(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: CreateClientInput,
  ): Promise<Client> {
    const body = parse(createClientBody, withoutNulls(restFields(input)));
    return clientModel(await this.service.create(principal, body));
  }

  @RequireScope('deals:write')
  @Mutation(() => Client, { description: 'Null empties a field; what is left out stays.' })
  async editClient(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: EditClientInput,
  ): Promise<Client> {
    const edit = parse(editClientBody, restFields(input));
    return clientModel(await this.service.edit(principal, parse(uuidField, id), edit));
  }

  @RequireScope('deals:write')
  @Mutation(() => Client, { description: 'Archives a client, or restores it. Its deals stay.' })
  async archiveClient(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) sent: number,
    @Args('archived', { type: () => Boolean, defaultValue: true }) archived: boolean,
  ): Promise<Client> {
    const { version } = parse(clientVersionBody, { version: sent });
    return clientModel(
      await this.service.setArchived(principal, parse(uuidField, id), version, archived),
    );
  }

  @RequireScope('deals:write')
  @Mutation(() => Client, { description: 'Merges a client into another one and gives that one.' })
  async mergeClients(
    @CurrentPrincipal() principal: Principal,
    @Args() { id, version, into, intoVersion, choices }: MergeClientsArgs,
  ): Promise<Client> {
    const body = {
      version,
      into: { id: into, version: intoVersion },
      choices: restChoices(choices ?? {}),
    };
    const merge = parse(mergeClientBody, body);
    return clientModel(await this.merges.merge(principal, parse(uuidField, id), merge));
  }

  @ResolveField(() => [ClientContact], { description: 'The main one first.' })
  async contacts(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { id }: Client,
  ): Promise<ClientContact[]> {
    return (await this.loaders.of(context, principal).contacts.load(id)).map(contactModel);
  }

  @ResolveField(() => PersonModel, { nullable: true })
  async owner(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { ownerId }: Client,
  ): Promise<PersonModel | null> {
    return ownerId === null ? null : this.loaders.of(context, principal).owners.load(ownerId);
  }

  @ResolveField(() => [DealCount], { description: 'Its deals and sums by stage.' })
  async sums(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { id }: Client,
  ): Promise<DealCount[]> {
    const counts = await this.loaders.of(context, principal).sums.load(id);
    return counts.map((count) => ({ ...count, sums: [...count.sums] }));
  }

  @ResolveField(() => DealConnection, { description: 'As `deals` with this client.' })
  async deals(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id }: Client,
    @Args('sort', { type: () => String, nullable: true }) sort: string | undefined,
    @Args('first', { type: () => Int, nullable: true }) first: number | undefined,
    @Args('after', { type: () => String, nullable: true }) after: string | undefined,
  ): Promise<DealConnection> {
    const query = parse(listQuery, withoutNulls({ client: id, sort, limit: first, cursor: after }));
    const { sort: order, limit, cursor, ...filter } = query;
    const page = { filter: filterOf(filter), sort: order, limit, cursor };
    return connectionOf(await this.dealsService.list(principal, page));
  }

  @ResolveField(() => [ClientPerson], { description: 'Who works on its deals. For one client.' })
  async people(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id }: Client,
  ): Promise<ClientPerson[]> {
    return (await this.pages.people(principal, id)).map(personModel);
  }

  @ResolveField(() => ClientHistoryConnection, {
    description:
      'Stage changes, notes and breaches of its deals, moves of its leads, and edits of the client, newest first. For one client.',
  })
  async history(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id }: Client,
    @Args('kind', { type: () => ClientHistoryKind, nullable: true })
    kind: ClientHistoryKind | undefined,
    @Args('first', { type: () => Int, nullable: true }) first: number | undefined,
    @Args('after', { type: () => String, nullable: true }) after: string | undefined,
  ): Promise<ClientHistoryConnection> {
    const request = parse(clientHistoryQuery, withoutNulls({ kind, limit: first, cursor: after }));
    const page = await this.pages.history(principal, id, request);
    return { nodes: page.items.map(historyModel), pageInfo: pageInfo(page) };
  }
}
