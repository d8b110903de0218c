import { ArgsType, Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { JsonScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { GROUPINGS } from './board-columns.ts';
import type { Grouping } from './board-columns.ts';
import { DealRunStatus } from './deals.model.ts';

export const BoardGrouping = Object.fromEntries(
  GROUPINGS.map((grouping) => [grouping, grouping]),
) as Record<Grouping, Grouping>;
registerEnumType(BoardGrouping, { name: 'BoardGrouping' });

@InputType()
export class DealRefInput {
  @Field() system: string;
  @Field() id: string;
}

@InputType({ description: 'Deals that have a run of this kind.' })
export class DealRunFilterInput {
  @Field(() => String, { nullable: true }) timer?: string;
  @Field(() => DealRunStatus, { nullable: true, description: "Judged at the tenant's present." })
  status?: DealRunStatus;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it reached its goal, late or not.',
  })
  reached?: boolean;
  @Field(() => String, { nullable: true }) dueFrom?: string;
  @Field(() => String, { nullable: true }) dueBefore?: string;
}

@InputType({ description: 'Deals for which such a campaign figure was reported.' })
export class DealKpiFilterInput {
  @Field(() => String, { nullable: true, description: 'As in the reports, e.g. impressions.' })
  name?: string;
  @Field(() => String, {
    nullable: true,
    description: 'As in the report; `none` for reports without one.',
  })
  currency?: string;
  @Field(() => String, { nullable: true }) from?: string;
  @Field(() => String, { nullable: true, description: 'Not included itself.' }) before?: string;
}

@InputType({ description: 'Deals for which such an answer of `nps.answered` was given.' })
export class DealNpsFilterInput {
  @Field(() => Int, { nullable: true }) scoreFrom?: number;
  @Field(() => Int, { nullable: true, description: 'Included itself.' }) scoreTo?: number;
  @Field(() => String, { nullable: true }) from?: string;
  @Field(() => String, { nullable: true, description: 'Not included itself.' }) before?: string;
}

@InputType()
export class DealFilterInput {
  @Field(() => [ID], { nullable: true }) ids?: string[];
  @Field(() => String, { nullable: true }) pipeline?: string;
  @Field(() => [String], { nullable: true }) stages?: string[];
  @Field(() => String, { nullable: true }) businessStage?: string;
  @Field(() => String, {
    nullable: true,
    description: 'An account, or `nobody` for deals without an owner.',
  })
  owner?: string;
  @Field(() => String, { nullable: true }) client?: string;
  @Field(() => SafeIntScalar, { nullable: true }) amountFrom?: number;
  @Field(() => SafeIntScalar, { nullable: true }) amountTo?: number;
  @Field(() => String, { nullable: true }) currency?: string;
  @Field(() => String, { nullable: true, description: 'overdue, open or none.' }) sla?: string;
  @Field(() => String, { nullable: true }) dueBefore?: string;
  @Field(() => String, { nullable: true, description: 'won, lost or open.' }) outcome?: string;
  @Field(() => Boolean, { nullable: true }) archived?: boolean;
  @Field(() => String, { nullable: true }) text?: string;
  @Field(() => DealRefInput, { nullable: true }) ref?: DealRefInput;
  @Field(() => String, { nullable: true }) updatedSince?: string;
  @Field(() => String, { nullable: true }) createdFrom?: string;
  @Field(() => String, { nullable: true, description: 'Not included itself.' })
  createdBefore?: string;
  @Field(() => [String], { nullable: true, description: 'The highest stage a deal has been in.' })
  reachedStages?: string[];
  @Field(() => String, { nullable: true }) industry?: string;
  @Field(() => String, { nullable: true }) clientType?: string;
  @Field(() => String, { nullable: true }) budgetBand?: string;
  @Field(() => String, { nullable: true }) segment?: string;
  @Field(() => DealRunFilterInput, { nullable: true }) run?: DealRunFilterInput;
  @Field(() => [String], {
    nullable: true,
    description: 'Deals that have been in one of these stages and left it.',
  })
  leftStages?: string[];
  @Field(() => DealKpiFilterInput, { nullable: true }) kpi?: DealKpiFilterInput;
  @Field(() => DealNpsFilterInput, { nullable: true }) nps?: DealNpsFilterInput;
}

@ArgsType()
export class DealsArgs {
  @Field(() => DealFilterInput, { nullable: true }) filter?: DealFilterInput;
  @Field(() => String, { nullable: true, description: 'As in REST, e.g. `-amount`.' })
  sort?: string;
  @Field(() => Int, { nullable: true }) first?: number;
  @Field(() => String, { nullable: true }) after?: string;
}

@ArgsType()
export class BoardArgs {
  @Field(() => String, { nullable: true, description: 'Left out: the default pipeline.' })
  pipeline?: string;
  @Field(() => BoardGrouping, { nullable: true, description: 'By stage unless said otherwise.' })
  groupBy?: Grouping;
  @Field(() => DealFilterInput, {
    nullable: true,
    description: 'Cards, numbers and sums obey it. `stages` leaves the other columns out.',
  })
  filter?: DealFilterInput;
  @Field(() => String, { nullable: true, description: 'As in `deals`, e.g. `-amount`.' })
  sort?: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Deals of each column, 50 unless said otherwise.',
  })
  first?: number;
}

@InputType()
export class CreateDealInput {
  @Field() name: string;
  @Field(() => String, { nullable: true }) pipeline?: string;
  @Field(() => SafeIntScalar, { nullable: true }) amount?: number;
  @Field(() => String, { nullable: true }) currency?: string;
  @Field(() => String, { nullable: true }) clientId?: string;
  @Field(() => String, { nullable: true }) ownerId?: string;
  @Field(() => JsonScalar, { nullable: true }) responsible?: unknown;
  @Field(() => JsonScalar, { nullable: true }) attributes?: unknown;
  @Field(() => [DealRefInput], { nullable: true }) externalRefs?: DealRefInput[];
}

@InputType()
export class EditDealInput {
  @Field(() => Int) version: number;
  @Field(() => String, { nullable: true }) name?: string;
  @Field(() => SafeIntScalar, { nullable: true }) amount?: number | null;
  @Field(() => String, { nullable: true }) currency?: string;
  @Field(() => String, { nullable: true }) clientId?: string | null;
  @Field(() => String, { nullable: true }) ownerId?: string | null;
  @Field(() => JsonScalar, { nullable: true }) attributes?: unknown;
}
