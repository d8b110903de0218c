import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { AntiSnipingModel, antiSnipingRequest, LotKindEnum } from './lots.model.ts';
import type { AuctionRules, RulesView } from './rules.dto.ts';

@ObjectType('GradeLimit')
@InputType('GradeLimitInput')
export class GradeLimitModel {
  @Field(() => String) grade: string;
  @Field(() => Int, { description: 'How many lots a bidder may lead or win on one day' })
  lotsPerDay: number;
}

@ObjectType('ReturnReason')
@InputType('ReturnReasonInput')
export class ReturnReasonModel {
  @Field(() => String) key: string;
  @Field(() => String) title: string;
}

@ObjectType('NewLotTerms', { description: 'What the page of a new lot begins with.' })
@InputType('NewLotTermsInput')
export class NewLotTermsModel {
  @Field(() => LotKindEnum) kind: keyof typeof LotKindEnum;
  @Field(() => Int) lastsHours: number;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Minor units; null: to be entered' })
  start: number | null;
  @Field(() => SafeIntScalar, { nullable: true }) step: number | null;
  @Field(() => Int, { description: 'How often a falling price falls' }) intervalSeconds: number;
  @Field(() => AntiSnipingModel, { nullable: true }) antiSniping: AntiSnipingModel | null;
}

@ObjectType('AuctionRules', { description: 'How the auction of a tenant works.' })
export class AuctionRulesModel {
  @Field(() => Int) version: number;
  @Field(() => Boolean, { description: "Only who works in the lead's city" }) matchCity: boolean;
  @Field(() => Boolean) matchNiche: boolean;
  @Field(() => [String], { description: 'Grades that are admitted; none means all' })
  grades: string[];
  @Field(() => [GradeLimitModel]) limits: GradeLimitModel[];
  @Field(() => Int, { description: 'How often an unsold lot is offered again' }) relists: number;
  @Field(() => Int, { description: 'Percent, each time' }) cheaperBy: number;
  @Field(() => Boolean, { description: 'Whether its leads are given out then' }) assigns: boolean;
  @Field(() => Int) returnWindowHours: number;
  @Field(() => [ReturnReasonModel]) returnReasons: ReturnReasonModel[];
  @Field(() => [SafeIntScalar], { description: 'Where bands of amounts begin, in minor units' })
  amountBands: number[];
  @Field(() => Int) endingSoonMinutes: number;
  @Field(() => NewLotTermsModel) newLot: NewLotTermsModel;
}

@InputType()
export class AuctionRulesInput {
  @Field(() => Int, { description: 'Version that the change was made on' }) version: number;
  @Field(() => Boolean) matchCity: boolean;
  @Field(() => Boolean) matchNiche: boolean;
  @Field(() => [String]) grades: string[];
  @Field(() => [GradeLimitModel]) limits: GradeLimitModel[];
  @Field(() => Int) relists: number;
  @Field(() => Int) cheaperBy: number;
  @Field(() => Boolean) assigns: boolean;
  @Field(() => Int) returnWindowHours: number;
  @Field(() => [ReturnReasonModel]) returnReasons: ReturnReasonModel[];
  @Field(() => [SafeIntScalar]) amountBands: number[];
  @Field(() => Int) endingSoonMinutes: number;
  @Field(() => NewLotTermsModel, { nullable: true, description: 'Left out: as we ship it' })
  newLot?: NewLotTermsModel | null;
}

export function rulesModel({ version, rules }: RulesView): AuctionRulesModel {
  const { eligibility, redistribution, returns } = rules;
  return {
    version,
    matchCity: eligibility.match_city,
    matchNiche: eligibility.match_niche,
    grades: eligibility.grades,
    limits: eligibility.limits.map(({ grade, lots_per_day: lotsPerDay }) => ({
      grade,
      lotsPerDay,
    })),
    relists: redistribution.relists,
    cheaperBy: redistribution.cheaper_by,
    assigns: redistribution.assigns,
    returnWindowHours: returns.window_hours,
    returnReasons: returns.reasons,
    amountBands: rules.amount_bands,
    endingSoonMinutes: rules.ending_soon_minutes,
    newLot: newLotModel(rules.new_lot),
  };
}

function newLotModel(terms: AuctionRules['new_lot']): NewLotTermsModel {
  const { kind, lasts_hours, start, step, interval_seconds, anti_sniping: sniping } = terms;
  return {
    ...{ kind, start, step },
    lastsHours: lasts_hours,
    intervalSeconds: interval_seconds,
    antiSniping: sniping && {
      windowSeconds: sniping.window_seconds,
      extensionSeconds: sniping.extension_seconds,
      times: sniping.times,
    },
  };
}

function newLotRequest(model: NewLotTermsModel): object {
  const { kind, lastsHours, start, step, intervalSeconds, antiSniping } = model;
  return {
    kind,
    lasts_hours: lastsHours,
    start: start ?? null,
    step: step ?? null,
    interval_seconds: intervalSeconds,
    anti_sniping: antiSniping == null ? null : antiSnipingRequest(antiSniping),
  };
}

/** The same as REST takes it, not checked yet. */
export function rulesRequest(input: AuctionRulesInput): object {
  return {
    version: input.version,
    rules: {
      eligibility: {
        match_city: input.matchCity,
        match_niche: input.matchNiche,
        grades: input.grades,
        limits: input.limits.map(({ grade, lotsPerDay }) => ({ grade, lots_per_day: lotsPerDay })),
      },
      redistribution: {
        relists: input.relists,
        cheaper_by: input.cheaperBy,
        assigns: input.assigns,
      },
      returns: {
        window_hours: input.returnWindowHours,
        reasons: input.returnReasons.map(({ key, title }) => ({ key, title })),
      },
      amount_bands: input.amountBands,
      ending_soon_minutes: input.endingSoonMinutes,
      ...(input.newLot == null ? {} : { new_lot: newLotRequest(input.newLot) }),
    },
  };
}
