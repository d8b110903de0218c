import { ArgsType, Field, Float, ID, ObjectType } from '@nestjs/graphql';
import { InstantScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { CurrencySum } from '../deals/index.ts';
import { ConvertedSumModel } from '../exchange-rates/index.ts';

const seconds = { nullable: true } as const;
const P90 = {
  nullable: true,
  description:
    'Nine of ten took no longer. Read from counts on a logarithmic scale: off by less than a fifth.',
} as const;

@ObjectType()
export class DashboardStage {
  @Field(() => ID) stage: string;
  @Field() title: string;
  @Field(() => String, { nullable: true }) businessStage: string | null;
  @Field(() => String, { nullable: true }) color: string | null;
  @Field({ description: 'open, won, ended, or former: a stage that only older versions have.' })
  kind: string;
  @Field(() => SafeIntScalar, { description: 'The deals: `stages`.' }) deals: number;
  @Field(() => [CurrencySum]) sums: CurrencySum[];
  @Field(() => ConvertedSumModel) sum: ConvertedSumModel;
}

@ObjectType({ description: 'All stages of one kind.' })
export class DashboardTotal {
  @Field({ description: 'open, won, ended or former.' }) kind: string;
  @Field(() => [String]) stages: string[];
  @Field(() => SafeIntScalar, { description: 'The deals: `stages` with all of these.' })
  deals: number;
  @Field(() => [CurrencySum]) sums: CurrencySum[];
  @Field(() => ConvertedSumModel) sum: ConvertedSumModel;
}

@ObjectType()
export class DashboardFunnelStep {
  @Field(() => ID) stage: string;
  @Field() title: string;
  @Field(() => SafeIntScalar, {
    description:
      'Deals whose highest stage is this one or a later one. The deals: `reachedStages` with all of these stages.',
  })
  entered: number;
  @Field(() => SafeIntScalar, {
    nullable: true,
    description: 'Those of them that went further; null for the last stage.',
  })
  reachedNext: number | null;
  @Field(() => Float, { nullable: true, description: 'reachedNext ÷ entered.' })
  rate: number | null;
}

@ObjectType({ description: 'A timer. The deals of each number: `run` with timer and status.' })
export class DashboardStep {
  @Field(() => ID) timer: string;
  @Field() title: string;
  @Field(() => SafeIntScalar) runs: number;
  @Field(() => SafeIntScalar) met: number;
  @Field(() => SafeIntScalar) breached: number;
  @Field(() => SafeIntScalar) cancelled: number;
  @Field(() => SafeIntScalar) running: number;
  @Field(() => SafeIntScalar, {
    description: 'Runs that reached their goal, late or not. The deals: `run` with `reached`.',
  })
  reached: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Of those that reached their goal, on the calendar of the timer.',
  })
  meanSeconds: number | null;
  @Field(() => Float, P90) p90Seconds: number | null;
  @Field(() => SafeIntScalar, {
    nullable: true,
    description:
      'In time of the calendar; a working day is as long as its days are on average. Null for a timer of older versions.',
  })
  targetSeconds: number | null;
  @Field(() => String, { nullable: true, description: 'Null: all hours of all days.' })
  calendar: string | null;
}

@ObjectType({ description: 'Stays in a stage that have ended. The deals: `leftStages`.' })
export class DashboardStageTime {
  @Field(() => ID) stage: string;
  @Field() title: string;
  @Field(() => SafeIntScalar) visits: number;
  @Field(() => Float, seconds) meanSeconds: number | null;
  @Field(() => Float, P90) p90Seconds: number | null;
}

@ObjectType({
  description:
    'Runs that became overdue on this day. The deals: `run` with timer, status breached, dueFrom and dueBefore.',
})
export class DashboardBreaches {
  @Field({ description: "Of the tenant's time zone." }) day: string;
  @Field() timer: string;
  @Field(() => SafeIntScalar) breached: number;
}

@ObjectType({
  description:
    'Open deals now, whatever the period; the worst stage first: most overdue deals, then most time waited altogether. The deals: `stages`; the overdue ones: also `sla: "overdue"`.',
})
export class DashboardBottleneck {
  @Field(() => ID) stage: string;
  @Field() title: string;
  @Field(() => SafeIntScalar) deals: number;
  @Field(() => Float, { description: 'How long they have been in the stage.' })
  meanSeconds: number;
  @Field(() => Float, { nullable: true, description: 'Nine of ten have waited no longer; exact.' })
  p90Seconds: number | null;
  @Field(() => SafeIntScalar) overdue: number;
}

@ObjectType({
  description:
    'The deals: `kpi` with name, currency (`none` for null) and the time of the day or the period.',
})
export class DashboardKpiFigure {
  @Field({ description: 'As in the reports, e.g. impressions.' }) name: string;
  @Field(() => String, {
    nullable: true,
    description: 'Of the reports that name one; sums of money compare within one currency only.',
  })
  currency: string | null;
  @Field(() => Float) total: number;
  @Field(() => SafeIntScalar) reports: number;
}

@ObjectType({ description: 'Numbers of `kpi.reported`, added up by day.' })
export class DashboardKpi {
  @Field({ description: "Of the tenant's time zone." }) day: string;
  @Field(() => [DashboardKpiFigure]) figures: DashboardKpiFigure[];
}

@ObjectType()
export class DashboardNpsComment {
  @Field(() => ID) dealId: string;
  @Field(() => InstantScalar) at: number;
  @Field({ description: 'Where the deal was then.' }) stage: string;
  @Field(() => SafeIntScalar) score: number;
  @Field() comment: string;
}

@ObjectType({
  description:
    'Answers of `nps.answered` with a score from 0 to 10. The deals: `nps` with scores and the time of the period.',
})
export class DashboardNps {
  @Field(() => SafeIntScalar) answers: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Share of promoters minus share of detractors, -100 to 100.',
  })
  score: number | null;
  @Field(() => SafeIntScalar, { description: '9 and 10.' }) promoters: number;
  @Field(() => SafeIntScalar) passives: number;
  @Field(() => SafeIntScalar, { description: '0 to 6.' }) detractors: number;
  @Field(() => [DashboardNpsComment], { description: 'The newest 20.' })
  comments: DashboardNpsComment[];
}

@ObjectType()
export class DashboardOwner {
  @Field(() => String, { nullable: true, description: 'Null: deals without an owner.' })
  ownerId: string | null;
  @Field(() => SafeIntScalar, { description: 'The deals: `owner`, which is `nobody` for null.' })
  deals: number;
  @Field(() => [CurrencySum]) sums: CurrencySum[];
  @Field(() => ConvertedSumModel) sum: ConvertedSumModel;
  @Field(() => SafeIntScalar, {
    description: 'Breached runs. The deals: `owner` and `run` with status breached.',
  })
  breached: number;
}

@ObjectType({
  description:
    'Figures of the deals that were created in the period; breaches, KPI and NPS are those of the days of the period. A deal may have several runs, stays, figures and answers: `dealMatches` counts them. Descriptions name the members of DealFilterInput that give the deals behind a figure, to which `pipeline`, the filters of the dashboard and `createdFrom` and `createdBefore` are added as given here.',
})
export class Dashboard {
  @Field(() => InstantScalar, { description: "The tenant's present." }) asOf: number;
  @Field() pipeline: string;
  @Field({ description: "The tenant's." }) currency: string;
  @Field(() => InstantScalar, { nullable: true, description: 'Begin of the period.' })
  createdFrom: number | null;
  @Field(() => InstantScalar, { nullable: true, description: 'End of the period, not included.' })
  createdBefore: number | null;
  @Field(() => [DashboardTotal]) totals: DashboardTotal[];
  @Field(() => [DashboardStage]) stages: DashboardStage[];
  @Field(() => [DashboardFunnelStep]) funnel: DashboardFunnelStep[];
  @Field(() => [DashboardStep]) steps: DashboardStep[];
  @Field(() => [DashboardStageTime]) stageTimes: DashboardStageTime[];
  @Field(() => [DashboardBreaches]) breaches: DashboardBreaches[];
  @Field(() => [DashboardBottleneck]) bottlenecks: DashboardBottleneck[];
  @Field(() => [DashboardKpi]) kpi: DashboardKpi[];
  @Field(() => DashboardNps) nps: DashboardNps;
  @Field(() => [DashboardOwner]) owners: DashboardOwner[];
}

@ArgsType()
export class DashboardArgs {
  @Field(() => String, { nullable: true, description: 'Left out: the default pipeline.' })
  pipeline?: string;
  @Field(() => String, { nullable: true, description: 'First day, e.g. 2026-03-01.' })
  from?: string;
  @Field(() => String, { nullable: true, description: 'Last day.' }) to?: string;
  @Field(() => String, { nullable: true, description: 'As in DealFilterInput.' }) owner?: string;
  @Field(() => String, { nullable: true }) industry?: string;
  @Field(() => String, { nullable: true }) clientType?: string;
  @Field(() => String, { nullable: true }) budgetBand?: string;
  @Field(() => String, { nullable: true }) segment?: string;
}
