import { Inject } from '@nestjs/common';
import {
  Args,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { factsOf, recordableFacts } from 'twenty-mak-domain';
import type { CompiledPipeline, EventMapping, RecordableFact } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope, scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { factBody } from './deal-edits.dto.ts';
import { DealFactsService } from './deal-facts.service.ts';
import { DealPipelines } from './deal-pipelines.ts';
import { Deal } from './deals.model.ts';
import { ResolvedDeal } from './deals.view-model.ts';

@ObjectType()
export class FactDomainStage {
  @Field() system: string;
  @Field() stage: string;
}

@ObjectType({ description: 'An event that means something to the deal now; see `recordDealFact`.' })
export class DealFact {
  @Field() type: string;
  @Field(() => String, {
    nullable: true,
    description: 'What holds then, in the words of the pipeline; null where something ceases to.',
  })
  title: string | null;
  @Field(() => JsonScalar, { description: 'Members that its `data` must have.' })
  data: Readonly<Record<string, string>>;
  @Field(() => [String], { description: 'Gates that it opens.' }) sets: string[];
  @Field(() => [String], { description: 'Gates that it closes.' }) clears: string[];
  @Field(() => FactDomainStage, { nullable: true }) domain: FactDomainStage | null;
  @Field(() => String, { nullable: true, description: 'The ending it leads to.' })
  ends: string | null;
  @Field() reopens: boolean;
  @Field() creates: boolean;
  @Field({ description: 'The stage of the deal then.' }) stage: string;
}

@InputType()
export class DealFactInput {
  @Field({ description: 'Of the facts that `recordableFacts` lists.' }) type: string;
  @Field(() => JsonScalar, { nullable: true, description: 'As it is listed; nothing else.' })
  data?: unknown;
  @Field(() => String, { nullable: true }) comment?: string;
  @Field(() => ID, { description: 'The same for every attempt: the fact is recorded once.' })
  eventId: string;
  @Field(() => ID, {
    nullable: true,
    description: '`eventId` of a fact of yours that this one takes back.',
  })
  undoes?: string;
  @Field(() => String, {
    nullable: true,
    description: 'RFC 3339 with an offset; left out: now. Only with the scope `events:write`.',
  })
  occurredAt?: string;
}

/** What can be recorded about one deal: its own pipeline version decides. */
@Resolver(() => Deal)
export class DealFactsResolver {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealPipelines) private readonly pipelines: DealPipelines,
    @Inject(DealFactsService) private readonly facts: DealFactsService,
  ) {}

  @RequireScope('deals:write')
  @Mutation(() => Deal, { description: 'Records a fact; the stage follows from it.' })
  async recordDealFact(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('fact') { eventId: event_id, occurredAt: occurred_at, ...same }: DealFactInput,
  ): Promise<Deal> {
    const fact = parse(factBody, withoutNulls({ ...same, event_id, occurred_at }));
    return new ResolvedDeal(await this.facts.record(principal, parse(uuidField, id), fact));
  }

  @RequireScope('deals:read')
  @ResolveField(() => [DealFact], {
    description: 'Events that people can record about the deal, for one deal at a time.',
  })
  async recordableFacts(
    @CurrentPrincipal() principal: Principal,
    @Parent() { view: { row } }: ResolvedDeal,
  ): Promise<DealFact[]> {
    const { pipeline_id: pipelineId, pipeline_version: version } = row;
    const pipeline = await this.database.within(scopeOf(principal), async (tx) => {
      const versions = [{ pipelineId, version }];
      const compiled = await this.pipelines.compiled(tx, principal.tenantId, versions);
      return compiled(pipelineId, version);
    });
    const { gates, domain_stages: domains, created_at: createdAt } = row;
    const facts = factsOf(pipeline, { gates, domains, createdAt });
    return recordableFacts(pipeline, facts, row.stage).map((fact) => factModel(pipeline, fact));
  }
}

function factModel(pipeline: CompiledPipeline, { effects, stage }: RecordableFact): DealFact {
  return {
    type: effects.type,
    title: titleOf(pipeline, effects),
    data: effects.where ?? {},
    sets: [...(effects.sets ?? [])],
    clears: [...(effects.clears ?? [])],
    domain: effects.domain ?? null,
    ends: effects.ends ?? null,
    reopens: effects.reopens === true,
    creates: effects.creates === true,
    stage,
  };
}

function titleOf(
  { definition: { gates, endings = [] } }: CompiledPipeline,
  { ends, sets = [], domain }: EventMapping,
): string | null {
  if (ends !== undefined) return endings.find(({ key }) => key === ends)?.title ?? ends;
  const titles = gates.filter(({ key }) => sets.includes(key)).map(({ title }) => title);
  if (titles.length > 0) return titles.join(', ');
  return domain === undefined ? null : `${domain.system}: ${domain.stage}`;
}
