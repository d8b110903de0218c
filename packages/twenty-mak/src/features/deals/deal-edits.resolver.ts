import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { parse, uuidField } from '../../platform/validation/index.ts';
import {
  createDealBody,
  domainStageBody,
  editDealBody,
  mergeBody,
  noteBody,
  ownersBody,
  versionBody,
} from './deal-edits.dto.ts';
import { DealEditsService } from './deal-edits.service.ts';
import { DealMergeService } from './deal-merge.service.ts';
import { CreateDealInput, EditDealInput } from './deal-inputs.model.ts';
import { Deal } from './deals.model.ts';
import { ResolvedDeal } from './deals.view-model.ts';

/** The same use cases and the same checks as in REST. */
@Resolver(() => Deal)
export class DealEditsResolver {
  constructor(
    @Inject(DealEditsService) private readonly edits: DealEditsService,
    @Inject(DealMergeService) private readonly merges: DealMergeService,
  ) {}

  @RequireScope('deals:write')
  @Mutation(() => Deal)
  async createDeal(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: CreateDealInput,
  ): Promise<Deal> {
    const { clientId, ownerId, externalRefs, ...same } = input;
    const refs = externalRefs?.map(({ system, id }) => ({ system, id }));
    const body = { ...same, client_id: clientId, owner_id: ownerId, external_refs: refs };
    const deal = parse(createDealBody, without(body, null));
    return new ResolvedDeal(await this.edits.create(principal, deal));
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal, { description: 'Null empties a field; what is left out stays.' })
  async editDeal(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: EditDealInput,
  ): Promise<Deal> {
    const { clientId, ownerId, ...same } = input;
    const body = without({ ...same, client_id: clientId, owner_id: ownerId }, undefined);
    const change = parse(editDealBody, body);
    return new ResolvedDeal(await this.edits.edit(principal, parse(uuidField, id), change));
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal, { description: 'Sets the stage of one domain system.' })
  async setDomainStage(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('system') system: string,
    @Args('stage') stage: string,
  ): Promise<Deal> {
    const body = parse(domainStageBody, { system, stage });
    return new ResolvedDeal(await this.edits.setDomainStage(principal, parse(uuidField, id), body));
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal)
  async setDealOwners(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('ownerId', { type: () => String, nullable: true }) ownerId: string | null | undefined,
    @Args('responsible', { type: () => JsonScalar, nullable: true }) responsible: unknown,
  ): Promise<Deal> {
    const body = without({ version, owner_id: ownerId, responsible }, undefined);
    const owners = parse(ownersBody, body);
    return new ResolvedDeal(await this.edits.setOwners(principal, parse(uuidField, id), owners));
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal)
  async addDealNote(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('text') sent: string,
  ): Promise<Deal> {
    const { text } = parse(noteBody, { text: sent });
    return new ResolvedDeal(await this.edits.addNote(principal, parse(uuidField, id), text));
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal, { description: 'Archives a deal, or brings it back.' })
  async archiveDeal(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) sent: number,
    @Args('archived', { type: () => Boolean, defaultValue: true }) archived: boolean,
  ): Promise<Deal> {
    const { version } = parse(versionBody, { version: sent });
    const deal = await this.edits.setArchived(principal, parse(uuidField, id), version, archived);
    return new ResolvedDeal(deal);
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal)
  async reopenDeal(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) sent: number,
  ): Promise<Deal> {
    const { version } = parse(versionBody, { version: sent });
    return new ResolvedDeal(await this.edits.reopen(principal, parse(uuidField, id), version));
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal, { description: 'Merges a deal into another one and gives that one.' })
  async mergeDeals(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('into', { type: () => ID }) into: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<Deal> {
    const merge = parse(mergeBody, { version, into });
    return new ResolvedDeal(await this.merges.merge(principal, parse(uuidField, id), merge));
  }
}

/** Leaves out members that have this value. */
function without(values: Record<string, unknown>, value: null | undefined): object {
  return Object.fromEntries(
    Object.entries(values).filter(([, one]) => (value === null ? one != null : one !== undefined)),
  );
}
