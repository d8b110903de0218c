import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import {
  checkLeadBody,
  differentBody,
  listDuplicatesQuery,
  mergeLeadsBody,
} from './lead-duplicates.dto.ts';
import {
  LeadPair,
  LeadPairPage,
  LeadVersionInput,
  MergedLead,
  mergedModel,
  pairModel,
} from './lead-duplicates.model.ts';
import { LeadDuplicatesService } from './lead-duplicates.service.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import { LeadMergeService } from './lead-merge.service.ts';
import { Lead, LeadCheckInput, LeadNotice } from './leads.model.ts';
import { LeadsService } from './leads.service.ts';
import { leadModel, noticeModel } from './leads.view-model.ts';

@Resolver(() => LeadPair)
export class LeadDuplicatesResolver {
  constructor(
    @Inject(LeadEntryService) private readonly entries: LeadEntryService,
    @Inject(LeadDuplicatesService) private readonly duplicates: LeadDuplicatesService,
    @Inject(LeadMergeService) private readonly merges: LeadMergeService,
    @Inject(LeadsService) private readonly service: LeadsService,
  ) {}

  @RequireScope('leads:write')
  @Query(() => LeadNotice, {
    description: 'Whether there is such a lead. Companies learn no more, and not often.',
  })
  async checkLeadDuplicate(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: LeadCheckInput,
  ): Promise<LeadNotice> {
    const sought = parse(checkLeadBody, withoutNulls(input));
    return noticeModel(await this.entries.check(principal, sought));
  }

  @RequireScope('leads:manage')
  @Query(() => LeadPairPage, { description: 'Open pairs, newest first; of one lead all pairs.' })
  async leadDuplicates(
    @CurrentPrincipal() principal: Principal,
    @Args('lead', { type: () => ID, nullable: true }) lead?: string,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<LeadPairPage> {
    const request = parse(listDuplicatesQuery, withoutNulls({ lead, limit, cursor }));
    const page = await this.duplicates.list(principal, request);
    return { items: page.items.map(pairModel), next: page.next };
  }

  @RequireScope('leads:manage')
  @Mutation(() => LeadPair, { description: 'Two leads that look alike are two.' })
  async keepLeadsApart(
    @CurrentPrincipal() principal: Principal,
    @Args('leadId', { type: () => ID }) leadId: string,
    @Args('otherId', { type: () => ID }) otherId: string,
  ): Promise<LeadPair> {
    const { lead_id, other_id } = parse(differentBody, { lead_id: leadId, other_id: otherId });
    return pairModel(await this.duplicates.setDifferent(principal, lead_id, other_id));
  }

  @RequireScope('leads:manage')
  @Mutation(() => MergedLead, {
    description: 'Makes one lead of two; which one stays follows from the rules. Dry: only a look.',
  })
  async mergeLeads(
    @CurrentPrincipal() principal: Principal,
    @Args('leads', { type: () => [LeadVersionInput] }) leads: LeadVersionInput[],
    @Args('dry', { type: () => Boolean, nullable: true }) dry?: boolean,
  ): Promise<MergedLead> {
    const body = parse(mergeLeadsBody, withoutNulls({ leads, dry }));
    return mergedModel(await this.merges.merge(principal, body));
  }

  @ResolveField(() => [Lead], { description: 'Both, as they are now.' })
  async leads(
    @CurrentPrincipal() principal: Principal,
    @Parent() { leadId, otherId }: LeadPair,
  ): Promise<Lead[]> {
    return (await this.service.many(principal, [leadId, otherId])).map(leadModel);
  }
}
