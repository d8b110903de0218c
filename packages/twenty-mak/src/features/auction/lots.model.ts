import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { LOT_KINDS, LOT_PHASES, LOT_SCOPES } from './lots.dto.ts';
import type { LotDetails, LotStatistics, MaskedLeadView, WonLead } from './lots.dto.ts';

const enumOf = <Name extends string>(names: readonly Name[]): Record<Name, Name> =>
  Object.fromEntries(names.map((name) => [name, name])) as Record<Name, Name>;

export const LotKindEnum = enumOf(LOT_KINDS);
registerEnumType(LotKindEnum, { name: 'LotKind' });
export const LotPhaseEnum = enumOf(LOT_PHASES);
registerEnumType(LotPhaseEnum, {
  name: 'LotPhase',
  description: '`ended`: over, and about to be closed',
});
export const LotScopeEnum = enumOf(LOT_SCOPES);
registerEnumType(LotScopeEnum, { name: 'LotScope' });
export const LotListPhaseEnum = enumOf(['upcoming', 'open', 'active', 'closed'] as const);
registerEnumType(LotListPhaseEnum, {
  name: 'LotListPhase',
  description: '`active`: upcoming and open',
});

@ObjectType('AmountBand', { description: 'From this amount up to the next band, in minor units.' })
export class AmountBandModel {
  @Field(() => SafeIntScalar, { nullable: true }) from: number | null;
  @Field(() => SafeIntScalar, { nullable: true }) below: number | null;
}

@ObjectType('MaskedLead', { description: 'All that is seen of a lead before it is bought.' })
export class MaskedLeadModel {
  @Field(() => ID, {
    nullable: true,
    description: 'For the head office, the seller and the buyer',
  })
  leadId: string | null;
  @Field(() => String, { nullable: true }) city: string | null;
  @Field(() => String, { nullable: true }) niche: string | null;
  @Field(() => String) source: string;
  @Field(() => AmountBandModel, { nullable: true }) amountBand: AmountBandModel | null;
  @Field(() => Int) ageInDays: number;
  @Field(() => Int, { nullable: true }) score: number | null;
}

@ObjectType('LotAntiSniping')
export class LotAntiSnipingModel {
  @Field(() => Int) windowSeconds: number;
  @Field(() => Int) extensionSeconds: number;
  @Field(() => Int, { description: 'How often the end may move' }) times: number;
  @Field(() => Int, { description: 'How often it has moved' }) used: number;
}

@ObjectType('LotOutcome')
export class LotOutcomeModel {
  @Field(() => String, { description: '`sold`, `unsold` or `withdrawn`' }) kind: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Why nobody has won: `no_bids`, `reserve_not_met`, `seller` (taken back before the first bid) or `consent` (a person whom the lot offered may not be offered any more)',
  })
  reason: string | null;
  @Field(() => SafeIntScalar, { nullable: true }) price: number | null;
  @Field(() => Boolean, { description: 'The viewer has won' }) isOwn: boolean;
  @Field(() => ID, { nullable: true, description: 'For the head office and the winner' })
  winnerId: string | null;
}

@ObjectType('Lot', { description: 'Leads that are offered together.' })
export class LotModel {
  @Field(() => ID) id: string;
  @Field(() => LotKindEnum) kind: keyof typeof LotKindEnum;
  @Field(() => LotPhaseEnum) phase: keyof typeof LotPhaseEnum;
  @Field(() => String) currency: string;
  @Field(() => String, { description: 'RFC 3339' }) opensAt: string;
  @Field(() => String, { description: 'RFC 3339; anti-sniping may move it' }) endsAt: string;
  @Field(() => String, {
    description: "The database's clock when this was read; countdowns go by it",
  })
  now: string;
  @Field(() => SafeIntScalar, { nullable: true }) start: number | null;
  @Field(() => SafeIntScalar, { nullable: true }) step: number | null;
  @Field(() => SafeIntScalar, { nullable: true }) floor: number | null;
  @Field(() => Int, { nullable: true }) intervalSeconds: number | null;
  @Field(() => LotAntiSnipingModel, { nullable: true }) antiSniping: LotAntiSnipingModel | null;
  @Field(() => SafeIntScalar, { nullable: true, description: 'The leading bid' })
  price: number | null;
  @Field(() => SafeIntScalar, {
    nullable: true,
    description: 'The least that can be bid now; null when the lot is not open',
  })
  minimumBid: number | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) nextFallAt: string | null;
  @Field(() => SafeIntScalar, { nullable: true }) buyNow: number | null;
  @Field(() => SafeIntScalar, { nullable: true, description: 'For whom it is no secret' })
  reserve: number | null;
  @Field(() => Boolean, { nullable: true }) isReserveMet: boolean | null;
  @Field(() => Int, { nullable: true, description: 'Null while bids are secret' })
  bidCount: number | null;
  @Field(() => SafeIntScalar, { nullable: true, description: "What is held of the viewer's money" })
  ownAmount: number | null;
  @Field(() => Boolean) isSeller: boolean;
  @Field(() => ID, { nullable: true, description: 'For the head office' }) sellerId: string | null;
  @Field(() => Boolean) hasBid: boolean;
  @Field(() => Boolean) followed: boolean;
  @Field(() => Int, { description: 'How often its leads had been offered before' })
  relisted: number;
  @Field(() => String, {
    nullable: true,
    description: 'What became of it unsold: `relist`, `assign` or `head_office`',
  })
  nextStep: string | null;
  @Field(() => LotOutcomeModel, { nullable: true }) outcome: LotOutcomeModel | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) closedAt: string | null;
  @Field(() => Int) leadCount: number;
  @Field(() => [MaskedLeadModel], { description: 'In a list the first ten' })
  leads: MaskedLeadModel[];
}

@ObjectType('LotPage')
export class LotPageModel {
  @Field(() => [LotModel]) items: LotModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('LotChange', { description: 'How a lot is now. What of it is secret is null.' })
export class LotChangeModel {
  @Field(() => ID) id: string;
  @Field(() => LotPhaseEnum) phase: keyof typeof LotPhaseEnum;
  @Field(() => String, { description: "RFC 3339: the database's clock" }) now: string;
  @Field(() => String, { description: 'RFC 3339' }) endsAt: string;
  @Field(() => Int, { nullable: true, description: 'How many bids there are' }) seq: number | null;
  @Field(() => SafeIntScalar, { nullable: true }) price: number | null;
  @Field(() => SafeIntScalar, { nullable: true }) minimumBid: number | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) nextFallAt: string | null;
  @Field(() => Boolean, { nullable: true }) isReserveMet: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the viewer leads; null while bids are secret',
  })
  isLeading: boolean | null;
  @Field(() => LotOutcomeModel, { nullable: true }) outcome: LotOutcomeModel | null;
}

@ObjectType('AntiSniping')
@InputType('AntiSnipingInput')
export class AntiSnipingModel {
  @Field(() => Int) windowSeconds: number;
  @Field(() => Int) extensionSeconds: number;
  @Field(() => Int, { description: 'How often the end may move' }) times: number;
}

@InputType({ description: 'Which members are needed depends on the kind.' })
export class CreateLotInput {
  @Field(() => LotKindEnum) kind: keyof typeof LotKindEnum;
  @Field(() => [ID]) leadIds: string[];
  @Field(() => String, { nullable: true, description: "Left out: the tenant's" }) currency?: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339; left out: at once' })
  opensAt?: string;
  @Field(() => String, { description: 'RFC 3339' }) endsAt: string;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Ascending and descending' })
  start?: number;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Ascending and descending' })
  step?: number;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Ascending; sealed needs one' })
  reserve?: number;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Ascending' }) buyNow?: number;
  @Field(() => AntiSnipingModel, { nullable: true, description: 'Ascending' })
  antiSniping?: AntiSnipingModel;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Descending' }) floor?: number;
  @Field(() => Int, { nullable: true, description: 'Descending' }) intervalSeconds?: number;
}

@ObjectType('WonLead')
export class WonLeadModel {
  @Field(() => ID) lotId: string;
  @Field(() => MaskedLeadModel) lead: MaskedLeadModel;
  @Field(() => SafeIntScalar) price: number;
  @Field(() => String) currency: string;
  @Field(() => String, { description: 'RFC 3339' }) boughtAt: string;
  @Field(() => String, { description: 'RFC 3339' }) returnUntil: string;
  @Field(() => ID, { nullable: true }) returnId: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of the return: `accepted`, `rejected`; null while it is not decided',
  })
  verdict: string | null;
}

@ObjectType('WonLeadPage')
export class WonLeadPageModel {
  @Field(() => [WonLeadModel]) items: WonLeadModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('LotProceeds')
export class LotProceedsModel {
  @Field(() => String) currency: string;
  @Field(() => SafeIntScalar) amount: number;
  @Field(() => SafeIntScalar, { description: 'A lot' }) average: number;
}

@ObjectType('LotStatistics')
export class LotStatisticsModel {
  @Field(() => Int) upcoming: number;
  @Field(() => Int) open: number;
  @Field(() => Int) sold: number;
  @Field(() => Int) unsold: number;
  @Field(() => Int) withdrawn: number;
  @Field(() => Int, { description: 'On lots that are closed' }) bids: number;
  @Field(() => Int, { description: 'Leads that were taken back' }) returned: number;
  @Field(() => [LotProceedsModel]) proceeds: LotProceedsModel[];
}

export function maskedLeadModel(view: MaskedLeadView): MaskedLeadModel {
  const { lead_id: leadId, amount_band, age_in_days: ageInDays, city, niche, source, score } = view;
  return { leadId, city, niche, source, amountBand: amount_band, ageInDays, score };
}

export function lotModel(view: LotDetails): LotModel {
  return {
    id: view.id,
    kind: view.kind,
    phase: view.phase,
    currency: view.currency,
    opensAt: view.opens_at,
    endsAt: view.ends_at,
    now: view.now,
    start: view.start,
    step: view.step,
    floor: view.floor,
    intervalSeconds: view.interval_seconds,
    antiSniping: antiSnipingModel(view.anti_sniping),
    price: view.price,
    minimumBid: view.minimum_bid,
    nextFallAt: view.next_fall_at,
    buyNow: view.buy_now,
    reserve: view.reserve,
    isReserveMet: view.is_reserve_met,
    bidCount: view.bid_count,
    ownAmount: view.own_amount,
    isSeller: view.is_seller,
    sellerId: view.seller_id,
    hasBid: view.has_bid,
    followed: view.followed,
    relisted: view.relisted,
    nextStep: view.next_step,
    outcome: outcomeModel(view.outcome),
    closedAt: view.closed_at,
    leadCount: view.lead_count,
    leads: view.leads.map(maskedLeadModel),
  };
}

export function lotChangeModel(view: LotDetails): LotChangeModel {
  return {
    id: view.id,
    phase: view.phase,
    now: view.now,
    endsAt: view.ends_at,
    seq: view.bid_count,
    price: view.price,
    minimumBid: view.minimum_bid,
    nextFallAt: view.next_fall_at,
    isReserveMet: view.is_reserve_met,
    isLeading: view.bid_count === null ? null : view.own_amount !== null,
    outcome: outcomeModel(view.outcome),
  };
}

export function wonLeadModel(won: WonLead): WonLeadModel {
  return {
    lotId: won.lot_id,
    lead: maskedLeadModel(won.lead),
    price: won.price,
    currency: won.currency,
    boughtAt: won.bought_at,
    returnUntil: won.return_until,
    returnId: won.return_id,
    verdict: won.verdict,
  };
}

export function statisticsModel({ proceeds, ...counts }: LotStatistics): LotStatisticsModel {
  return { ...counts, proceeds: [...proceeds] };
}

/** The same as REST takes it. */
export function antiSnipingRequest(model: AntiSnipingModel): object {
  const { windowSeconds, extensionSeconds, times } = model;
  return { window_seconds: windowSeconds, extension_seconds: extensionSeconds, times };
}

function antiSnipingModel(view: LotDetails['anti_sniping']): LotAntiSnipingModel | null {
  if (view === null) return null;
  const { window_seconds: windowSeconds, extension_seconds: extensionSeconds, times, used } = view;
  return { windowSeconds, extensionSeconds, times, used };
}

function outcomeModel(view: LotDetails['outcome']): LotOutcomeModel | null {
  if (view === null) return null;
  const { kind, reason, price, is_own: isOwn, winner_id: winnerId } = view;
  return { kind, reason, price, isOwn, winnerId };
}
