import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { decideReturnSchema, listReturnsSchema, requestReturnSchema } from './returns.dto.ts';
import {
  LeadReturnModel,
  LeadReturnPageModel,
  RequestReturnInput,
  returnModel,
  ReturnStatusEnum,
  VerdictEnum,
} from './returns.model.ts';
import { ReturnsService } from './returns.service.ts';
import { AuctionRulesInput, AuctionRulesModel, rulesModel, rulesRequest } from './rules.model.ts';
import { saveRulesSchema } from './rules.dto.ts';
import { RulesService } from './rules.service.ts';

@Resolver(() => LeadReturnModel)
export class ReturnsResolver {
  constructor(
    @Inject(ReturnsService) private readonly service: ReturnsService,
    @Inject(RulesService) private readonly rules: RulesService,
  ) {}

  @RequireScope('auction:read')
  @Query(() => LeadReturnPageModel, {
    description: 'Newest first: all for the head office, else your own',
  })
  async returns(
    @CurrentPrincipal() principal: Principal,
    @Args('status', { type: () => ReturnStatusEnum, nullable: true }) status?: string,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<LeadReturnPageModel> {
    const query = parse(listReturnsSchema, withoutNulls({ status, limit, cursor }));
    const page = await this.service.list(principal, query);
    return { items: page.items.map(returnModel), next: page.next };
  }

  @RequireScope('auction:bid')
  @Mutation(() => LeadReturnModel, { description: 'Asks to give back a lead that you have bought' })
  async requestReturn(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => RequestReturnInput }) input: RequestReturnInput,
  ): Promise<LeadReturnModel> {
    const { lotId, leadId, reason, comment } = input;
    const request = parse(requestReturnSchema, {
      lot_id: lotId,
      lead_id: leadId,
      reason,
      comment,
    });
    return returnModel(await this.service.request(principal, request));
  }

  @RequireScope('returns:decide')
  @Mutation(() => LeadReturnModel, { description: 'Decides on a return that is not your own' })
  async decideReturn(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('verdict', { type: () => VerdictEnum }) verdict: string,
    @Args('note', { type: () => String, description: 'Why; both sides read it' }) note: string,
  ): Promise<LeadReturnModel> {
    const decision = parse(decideReturnSchema, { verdict, note });
    return returnModel(await this.service.decide(principal, parse(uuidField, id), decision));
  }

  @RequireScope('auction:read')
  @Query(() => AuctionRulesModel, { description: 'How the auction works' })
  async auctionRules(@CurrentPrincipal() principal: Principal): Promise<AuctionRulesModel> {
    return rulesModel(await this.rules.find(principal));
  }

  @RequireScope('auction:manage')
  @Mutation(() => AuctionRulesModel, { description: 'Changes how the auction works, from now on' })
  async saveAuctionRules(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => AuctionRulesInput }) input: AuctionRulesInput,
  ): Promise<AuctionRulesModel> {
    const request = parse(saveRulesSchema, rulesRequest(input));
    return rulesModel(await this.rules.save(principal, request));
  }
}
