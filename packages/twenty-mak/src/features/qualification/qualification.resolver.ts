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
import { JsonScalar } from '../../platform/graphql/scalars.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { Deal, ResolvedDeal } from '../deals/index.ts';
import { answerBody, cardView, editCardBody, qualificationView } from './qualification.dto.ts';
import {
  cardModel,
  Qualification,
  QualificationCard,
  QualificationCardKey,
  qualificationModel,
} from './qualification.model.ts';
import type { QualificationRow } from './qualification.repository.ts';
import { QualificationService } from './qualification.service.ts';

type Loader = BatchLoader<string, readonly QualificationRow[]>;

@Resolver(() => Deal)
export class QualificationResolver {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loader>();

  constructor(@Inject(QualificationService) private readonly service: QualificationService) {}

  @RequireScope('deals:read')
  @Query(() => [QualificationCard], { description: 'Score cards and how the tenant weighs them.' })
  async qualificationCards(@CurrentPrincipal() principal: Principal): Promise<QualificationCard[]> {
    return (await this.service.cards(principal)).map((row) => cardModel(cardView(row)));
  }

  @RequireScope('tenant:manage')
  @Mutation(() => QualificationCard, { description: 'Holds for answers from now on.' })
  async updateQualificationCard(
    @CurrentPrincipal() principal: Principal,
    @Args('card', { type: () => QualificationCardKey }) card: QualificationCardKey,
    @Args('version', { type: () => Int }) version: number,
    @Args('weights', { type: () => JsonScalar, description: 'By criterion, 0 to 100.' })
    weights: unknown,
    @Args('threshold', { type: () => Int }) threshold: number,
  ): Promise<QualificationCard> {
    const edit = parse(editCardBody, { version, weights, threshold });
    return cardModel(cardView(await this.service.editCard(principal, card, edit)));
  }

  @RequireScope('deals:write')
  @Mutation(() => Deal, {
    description:
      'Keeps these answers in place of earlier ones. The deal may become qualified by it.',
  })
  async answerQualification(
    @CurrentPrincipal() principal: Principal,
    @Args('dealId', { type: () => ID }) dealId: string,
    @Args('card', { type: () => QualificationCardKey }) card: QualificationCardKey,
    @Args('answers', { type: () => JsonScalar, description: '0 no, 1 partly, 2 yes.' })
    answers: unknown,
    @Args('version', {
      type: () => Int,
      nullable: true,
      description: 'Of earlier answers; 0: there are none.',
    })
    version: number | undefined,
  ): Promise<Deal> {
    const answer = parse(answerBody, withoutNulls({ answers, version }));
    const view = await this.service.answer(principal, parse(uuidField, dealId), card, answer);
    return new ResolvedDeal(view);
  }

  @ResolveField(() => [Qualification], { description: 'Cards that were answered.' })
  async qualification(
    @CurrentPrincipal() principal: Principal,
    @Context() context: GraphqlContext,
    @Parent() { id }: Deal,
  ): Promise<Qualification[]> {
    const rows = await this.loaderOf(context, principal).load(id);
    return rows.map((row) => qualificationModel(qualificationView(row)));
  }

  private loaderOf(context: object, principal: Principal): Loader {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made: Loader = new BatchLoader(async (ids) => {
      const rows = await this.service.ofDeals(principal, ids);
      return (id) => rows.get(id) ?? [];
    });
    this.loaders.set(context, made);
    return made;
  }
}
