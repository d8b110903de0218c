import { Inject } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { z } from 'zod';
import { Authenticator, CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { listBidsSchema, placeBidSchema } from './bids.dto.ts';
import { bidPageModel, BidPageModel, placedBidModel, PlacedBidModel } from './bids.model.ts';
import { BidsService } from './bids.service.ts';
import { LotChanges } from './lot-changes.ts';
import { createLotSchema, listLotsSchema, pageSchema } from './lots.dto.ts';
import type { LotDetails } from './lots.dto.ts';
import {
  antiSnipingRequest,
  CreateLotInput,
  lotChangeModel,
  LotChangeModel,
  LotKindEnum,
  LotListPhaseEnum,
  lotModel,
  LotModel,
  LotPageModel,
  LotScopeEnum,
  LotStatisticsModel,
  statisticsModel,
  wonLeadModel,
  WonLeadPageModel,
} from './lots.model.ts';
import { LotsService } from './lots.service.ts';
import { SoldService } from './sold.service.ts';

/** Lots that one subscription follows. */
const followedSchema = z.object({ ids: z.array(uuidField).min(1).max(50) });

interface ChangePayload {
  readonly lotChanged: LotChangeModel;
}

@Resolver(() => LotModel)
export class LotsResolver {
  constructor(
    @Inject(LotsService) private readonly lots: LotsService,
    @Inject(BidsService) private readonly bids: BidsService,
    @Inject(SoldService) private readonly sold: SoldService,
    @Inject(LotChanges) private readonly changes: LotChanges,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  @RequireScope('auction:read')
  @Query(() => LotPageModel, {
    name: 'lots',
    description: 'Lots that you may see: by their end, closed ones the last first',
  })
  async lotPage(
    @CurrentPrincipal() principal: Principal,
    @Args('scope', { type: () => LotScopeEnum, nullable: true }) scope?: string,
    @Args('phase', { type: () => LotListPhaseEnum, nullable: true }) phase?: string,
    @Args('kind', { type: () => LotKindEnum, nullable: true }) kind?: string,
    @Args('city', { type: () => String, nullable: true }) city?: string,
    @Args('niche', { type: () => String, nullable: true }) niche?: string,
    @Args('source', { type: () => String, nullable: true }) source?: string,
    @Args('amountBand', {
      type: () => SafeIntScalar,
      nullable: true,
      description: 'Where a band of the rules begins, 0 for the first one: lots with a lead in it',
    })
    amountBand?: number,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<LotPageModel> {
    const filter = { kind, city, niche, source, amount_band: amountBand };
    const query = { scope, phase, ...filter, limit, cursor };
    const page = await this.lots.list(principal, parse(listLotsSchema, withoutNulls(query)));
    return { items: page.items.map(lotModel), next: page.next };
  }

  @RequireScope('auction:read')
  @Query(() => LotModel)
  async lot(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<LotModel> {
    return lotModel(await this.lots.find(principal, parse(uuidField, id)));
  }

  @RequireScope('auction:read')
  @Query(() => LotPageModel, { description: 'Lots that you have bid on' })
  async myBids(
    @CurrentPrincipal() principal: Principal,
    @Args('phase', { type: () => LotListPhaseEnum, nullable: true }) phase?: string,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<LotPageModel> {
    const query = withoutNulls({ scope: 'bidding', phase, limit, cursor });
    const page = await this.lots.list(principal, parse(listLotsSchema, query));
    return { items: page.items.map(lotModel), next: page.next };
  }

  @RequireScope('auction:read')
  @Query(() => WonLeadPageModel, { description: 'Leads that you have bought, the last first' })
  async wonLeads(
    @CurrentPrincipal() principal: Principal,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<WonLeadPageModel> {
    const page = await this.sold.won(principal, parse(pageSchema, withoutNulls({ limit, cursor })));
    return { items: page.items.map(wonLeadModel), next: page.next };
  }

  @RequireScope('auction:read')
  @Query(() => BidPageModel, {
    description: 'The bids of a lot, the last first; none while they are secret',
  })
  async bidHistory(
    @CurrentPrincipal() principal: Principal,
    @Args('lotId', { type: () => ID }) lotId: string,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<BidPageModel> {
    const query = parse(listBidsSchema, withoutNulls({ limit, cursor }));
    return bidPageModel(await this.lots.history(principal, parse(uuidField, lotId), query));
  }

  @RequireScope('auction:sell')
  @Query(() => LotStatisticsModel, {
    description: 'How your lots went; with auction:manage those of everybody',
  })
  async lotStatistics(@CurrentPrincipal() principal: Principal): Promise<LotStatisticsModel> {
    return statisticsModel(await this.sold.statistics(principal));
  }

  @RequireScope('auction:bid')
  @Mutation(() => PlacedBidModel, {
    description: 'Bids; the same key again gets the same answer, a refusal too',
  })
  async placeBid(
    @CurrentPrincipal() principal: Principal,
    @Args('lotId', { type: () => ID }) lotId: string,
    @Args('key', { type: () => String, description: 'Your own, a new one for every new bid' })
    key: string,
    @Args('amount', { type: () => SafeIntScalar, description: 'Minor units' }) amount: number,
    @Args('bidderId', {
      type: () => ID,
      nullable: true,
      description: 'For clients: whom they bid for',
    })
    bidderId?: string,
  ): Promise<PlacedBidModel> {
    const offer = parse(placeBidSchema, withoutNulls({ key, amount, bidder_id: bidderId }));
    return placedBidModel(await this.bids.place(principal, parse(uuidField, lotId), offer));
  }

  @RequireScope('auction:sell')
  @Mutation(() => LotModel, { description: 'Puts leads on auction' })
  async createLot(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => CreateLotInput }) input: CreateLotInput,
  ): Promise<LotModel> {
    return lotModel(await this.lots.create(principal, parse(createLotSchema, lotRequest(input))));
  }

  @RequireScope('auction:sell')
  @Mutation(() => LotModel, { description: 'Takes back a lot that nobody has bid on' })
  async withdrawLot(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<LotModel> {
    return lotModel(await this.lots.withdraw(principal, parse(uuidField, id)));
  }

  @RequireScope('auction:read')
  @Mutation(() => LotModel, { description: 'Says whether you want to hear of a lot' })
  async followLot(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('follow', { type: () => Boolean }) follow: boolean,
  ): Promise<LotModel> {
    return lotModel(await this.lots.follow(principal, parse(uuidField, id), follow));
  }

  @RequireScope('auction:read')
  @Subscription(() => LotChangeModel, {
    description:
      'How these lots, at most 50, are now, and then every change. Changes that come fast are told together: only how a lot is now counts.',
  })
  lotChanged(
    @CurrentPrincipal() principal: Principal,
    @Context() { request }: GraphqlContext,
    @Args('ids', { type: () => [ID] }) ids: string[],
  ): AsyncGenerator<ChangePayload, void> {
    const wanted = [...new Set(parse(followedSchema, { ids }).ids)];
    const askAgain = async (): Promise<Principal | null> => {
      const now = await this.authenticator.authenticate(request);
      const isSame = now?.id === principal.id && now.restrictedTo === principal.restrictedTo;
      return isSame && now.scopes.has('auction:read') ? now : null;
    };
    return payloads(this.changes.follow(principal, wanted, askAgain));
  }
}

async function* payloads(
  lots: AsyncGenerator<LotDetails, void>,
): AsyncGenerator<ChangePayload, void> {
  for await (const lot of lots) yield { lotChanged: lotChangeModel(lot) };
}

/** The same as REST takes it, not checked yet. */
function lotRequest(input: CreateLotInput): object {
  const { leadIds, opensAt, endsAt, buyNow, intervalSeconds, antiSniping, ...rest } = input;
  return withoutNulls({
    ...rest,
    lead_ids: leadIds,
    opens_at: opensAt,
    ends_at: endsAt,
    buy_now: buyNow,
    interval_seconds: intervalSeconds,
    anti_sniping: antiSniping == null ? undefined : antiSnipingRequest(antiSniping),
  });
}
