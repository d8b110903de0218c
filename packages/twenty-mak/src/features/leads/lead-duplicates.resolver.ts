import { Inject } from '@nestjs/common';
import {
  Args,
  Context,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { Authenticator, CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import {
  checkLeadBody,
  countDuplicatesQuery,
  decidePairBody,
  listDuplicatesQuery,
  mergeLeadsBody,
} from './lead-duplicates.dto.ts';
import type { PairDecision } from './lead-duplicates.dto.ts';
import {
  LeadMergeValuesInput,
  LeadPair,
  LeadPairCounts,
  LeadPairDecisionEnum,
  LeadPairFilterArgs,
  LeadPairPage,
  LeadPairsArgs,
  LeadVersionInput,
  MergedLead,
  mergedModel,
  pairModel,
  restValues,
} from './lead-duplicates.model.ts';
import { LeadDuplicatesService } from './lead-duplicates.service.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import { LeadMergeService } from './lead-merge.service.ts';
import { Lead, LeadCheckInput, LeadNotice } from './leads.model.ts';
import { LeadsService } from './leads.service.ts';
import { leadModel, noticeModel } from './leads.view-model.ts';
import { PairChanges } from './pair-changes.ts';

interface CountsPayload {
  readonly leadPairsChanged: LeadPairCounts;
}

type Loader = BatchLoader<string, Lead | null>;

@Resolver(() => LeadPair)
export class LeadDuplicatesResolver {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loader>();

  constructor(
    @Inject(LeadEntryService) private readonly entries: LeadEntryService,
    @Inject(LeadDuplicatesService) private readonly duplicates: LeadDuplicatesService,
    @Inject(LeadMergeService) private readonly merges: LeadMergeService,
    @Inject(LeadsService) private readonly service: LeadsService,
    @Inject(PairChanges) private readonly changes: PairChanges,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
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
  @Query(() => LeadPairPage, { description: 'Pairs of a filter, newest first.' })
  async leadDuplicates(
    @CurrentPrincipal() principal: Principal,
    @Args() args: LeadPairsArgs,
  ): Promise<LeadPairPage> {
    const request = parse(listDuplicatesQuery, withoutNulls(args));
    const page = await this.duplicates.list(principal, request);
    return { items: page.items.map(pairModel), next: page.next };
  }

  @RequireScope('leads:manage')
  @Query(() => LeadPairCounts, { description: 'How many pairs of a filter there are.' })
  async leadDuplicateCounts(
    @CurrentPrincipal() principal: Principal,
    @Args() args: LeadPairFilterArgs,
  ): Promise<LeadPairCounts> {
    return this.duplicates.counts(principal, parse(countDuplicatesQuery, withoutNulls(args)));
  }

  @RequireScope('leads:manage')
  @Mutation(() => LeadPair, {
    description: 'Two leads that look alike are two, or somebody decides later.',
  })
  async decideLeadPair(
    @CurrentPrincipal() principal: Principal,
    @Args('leadId', { type: () => ID }) leadId: string,
    @Args('otherId', { type: () => ID }) otherId: string,
    @Args('decision', { type: () => LeadPairDecisionEnum }) decision: PairDecision,
  ): Promise<LeadPair> {
    const body = parse(decidePairBody, { lead_id: leadId, other_id: otherId, decision });
    return pairModel(await this.duplicates.decide(principal, body));
  }

  @RequireScope('leads:manage')
  @Mutation(() => MergedLead, {
    description:
      'Makes one lead of two. What is not chosen follows from the rules. Dry: only a look.',
  })
  async mergeLeads(
    @CurrentPrincipal() principal: Principal,
    @Args('leads', { type: () => [LeadVersionInput] }) leads: LeadVersionInput[],
    @Args('survivor', { type: () => ID, nullable: true }) survivor?: string,
    @Args('values', { type: () => LeadMergeValuesInput, nullable: true })
    chosen?: LeadMergeValuesInput,
    @Args('dry', { type: () => Boolean, nullable: true }) dry?: boolean,
  ): Promise<MergedLead> {
    const values = chosen == null ? undefined : restValues(chosen);
    const body = parse(mergeLeadsBody, withoutNulls({ leads, survivor, values, dry }));
    return mergedModel(await this.merges.merge(principal, body));
  }

  @RequireScope('leads:manage')
  @Subscription(() => LeadPairCounts, {
    description: 'How many pairs there are, now and whenever that may have changed.',
  })
  leadPairsChanged(
    @CurrentPrincipal() principal: Principal,
    @Context() { request }: GraphqlContext,
  ): AsyncGenerator<CountsPayload, void> {
    const stillAllowed = async (): Promise<boolean> => {
      const now = await this.authenticator.authenticate(request);
      return now?.id === principal.id && now.scopes.has('leads:manage');
    };
    return payloads(this.changes.follow(principal, stillAllowed));
  }

  @ResolveField(() => [Lead], {
    description: 'Both, as they are now; without one that was merged into another.',
  })
  async leads(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { leadId, otherId }: LeadPair,
  ): Promise<Lead[]> {
    const loader = this.loaderOf(context, principal);
    const leads = await Promise.all([leadId, otherId].map((id) => loader.load(id)));
    return leads.filter((lead) => lead !== null);
  }

  private loaderOf(context: object, principal: Principal): Loader {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made: Loader = new BatchLoader(async (ids) => {
      const views = await this.service.many(principal, ids);
      const byId = new Map(views.map((view) => [view.id, leadModel(view)]));
      return (id) => byId.get(id) ?? null;
    });
    this.loaders.set(context, made);
    return made;
  }
}

async function* payloads(
  counts: AsyncGenerator<LeadPairCounts, void>,
): AsyncGenerator<CountsPayload, void> {
  for await (const leadPairsChanged of counts) yield { leadPairsChanged };
}
