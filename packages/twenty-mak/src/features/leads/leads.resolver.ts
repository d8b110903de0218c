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
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { answerOf } from './lead-contacts.ts';
import { LeadConversionService } from './lead-conversion.service.ts';
import { LeadEditsService } from './lead-edits.service.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import {
  commentBody,
  convertLeadBody,
  createLeadBody,
  editLeadBody,
  leadsRequest,
  moveLeadBody,
  recordConsentBody,
} from './leads.dto.ts';
import type { LeadContactAnswer } from './leads.dto.ts';
import {
  ConvertLeadInput,
  CreateLeadInput,
  EditLeadInput,
  EnteredLead,
  Lead,
  LeadConsentInput,
  LeadContact,
  LeadCount,
  LeadFacts,
  LeadHistoryLine,
  LeadPage,
  LeadsArgs,
} from './leads.model.ts';
import { LeadsService } from './leads.service.ts';
import {
  enteredModel,
  leadContactModel,
  leadHistoryModel,
  leadModel,
  restLead,
  restNewLead,
} from './leads.view-model.ts';

type Loader = BatchLoader<string, LeadContactAnswer>;

@Resolver(() => Lead)
export class LeadsResolver {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loader>();

  constructor(
    @Inject(LeadsService) private readonly service: LeadsService,
    @Inject(LeadEntryService) private readonly entries: LeadEntryService,
    @Inject(LeadEditsService) private readonly edits: LeadEditsService,
    @Inject(LeadConversionService) private readonly conversions: LeadConversionService,
  ) {}

  @RequireScope('leads:read')
  @Query(() => LeadPage, { description: 'Leads that the caller may see, page by page.' })
  async leads(
    @CurrentPrincipal() principal: Principal,
    @Args() args: LeadsArgs,
  ): Promise<LeadPage> {
    const page = await this.service.list(principal, parse(leadsRequest, withoutNulls(args)));
    return { items: page.items.map(leadModel), next: page.next };
  }

  @RequireScope('leads:read')
  @Query(() => Lead, { description: 'A lead, or the one that it was merged into.' })
  async lead(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<Lead> {
    return leadModel(await this.service.one(principal, parse(uuidField, id)));
  }

  @RequireScope('leads:read')
  @Query(() => [LeadCount], { description: 'How many leads there are by status.' })
  async leadCounts(@CurrentPrincipal() principal: Principal): Promise<LeadCount[]> {
    return this.service.counts(principal);
  }

  @RequireScope('leads:write')
  @Mutation(() => EnteredLead)
  async createLead(
    @CurrentPrincipal() principal: Principal,
    @Args('input') input: CreateLeadInput,
  ): Promise<EnteredLead> {
    const body = parse(createLeadBody, restNewLead(input));
    return enteredModel(await this.entries.create(principal, body));
  }

  @RequireScope('leads:write')
  @Mutation(() => Lead, { description: 'Null empties a field; what is left out stays.' })
  async editLead(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: EditLeadInput,
  ): Promise<Lead> {
    const edit = parse(editLeadBody, restLead(input));
    return leadModel(await this.edits.edit(principal, parse(uuidField, id), edit));
  }

  @RequireScope('leads:write')
  @Mutation(() => Lead)
  async moveLead(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('status') status: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reason', { type: () => String, nullable: true }) reason?: string,
  ): Promise<Lead> {
    const move = parse(moveLeadBody, withoutNulls({ status, version, reason }));
    return leadModel(await this.edits.move(principal, parse(uuidField, id), move));
  }

  @RequireScope('leads:write')
  @Mutation(() => Lead, { description: 'Makes a deal of it; a repeat gives the same deal.' })
  async convertLead(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') { ownerId, clientId, newClient, ...input }: ConvertLeadInput,
  ): Promise<Lead> {
    const client = newClient == null ? undefined : withoutNulls(newClient);
    const named = { ...input, owner_id: ownerId, client_id: clientId, new_client: client };
    const order = parse(convertLeadBody, withoutNulls(named));
    return leadModel(await this.conversions.convert(principal, parse(uuidField, id), order));
  }

  @RequireScope('leads:write')
  @Mutation(() => Lead, { description: 'Adds a remark.' })
  async commentLead(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('text') sent: string,
  ): Promise<Lead> {
    const { text } = parse(commentBody, { text: sent });
    return leadModel(await this.edits.comment(principal, parse(uuidField, id), text));
  }

  @RequireScope('leads:write')
  @Mutation(() => Lead, { description: 'What the person says about personal data.' })
  async recordLeadConsent(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: LeadConsentInput,
  ): Promise<Lead> {
    const consent = parse(recordConsentBody, withoutNulls(input));
    return leadModel(await this.edits.recordConsent(principal, parse(uuidField, id), consent));
  }

  @ResolveField(() => LeadContact)
  async contact(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { id }: Lead,
  ): Promise<LeadContact> {
    return leadContactModel(await this.loaderOf(context, principal).load(id));
  }

  @ResolveField(() => LeadFacts, { description: 'For one lead.' })
  async facts(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id }: Lead,
  ): Promise<LeadFacts> {
    const { refs, absorbed, possible } = await this.service.facts(principal, id);
    return {
      externalRefs: [...refs],
      absorbed: [...absorbed],
      possibleStatuses: [...possible],
    };
  }

  @ResolveField(() => [LeadHistoryLine], { description: 'Newest first. For one lead.' })
  async history(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id }: Lead,
  ): Promise<LeadHistoryLine[]> {
    return (await this.service.history(principal, id)).map(leadHistoryModel);
  }

  private loaderOf(context: object, principal: Principal): Loader {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made: Loader = new BatchLoader(async (ids) => {
      const contacts = await this.service.contactsOf(principal, ids);
      return (id) => contacts.get(id) ?? answerOf('hidden');
    });
    this.loaders.set(context, made);
    return made;
  }
}
