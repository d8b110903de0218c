import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { InstantScalar, JsonScalar, SafeIntScalar } from '../../platform/graphql/scalars.ts';
import { PersonModel } from '../accounts/index.ts';
import { ConvertedSumModel } from '../exchange-rates/index.ts';

export enum DealOutcome {
  won = 'won',
  lost = 'lost',
}
registerEnumType(DealOutcome, { name: 'DealOutcome' });

export enum DealRunStatus {
  running = 'running',
  met = 'met',
  breached = 'breached',
  cancelled = 'cancelled',
}
registerEnumType(DealRunStatus, { name: 'DealRunStatus' });

@ObjectType()
export class EventKey {
  @Field() source: string;
  @Field(() => ID) eventId: string;
  @Field(() => InstantScalar) occurredAt: number;
}

@ObjectType({ description: 'A fact about a deal that is true or false.' })
export class Gate {
  @Field(() => ID) gate: string;
  @Field() title: string;
  @Field(() => String, { nullable: true }) code: string | null;
  @Field() status: boolean;
  @Field({ description: 'It does not hold although a later one does.' }) missing: boolean;
  @Field(() => EventKey, { nullable: true }) decidedBy: EventKey | null;
}

@ObjectType()
export class DealRun {
  @Field() timer: string;
  @Field(() => String, { nullable: true }) title: string | null;
  @Field(() => DealRunStatus, { description: "Judged at the tenant's present." })
  status: DealRunStatus;
  @Field(() => EventKey) openedBy: EventKey;
  @Field(() => InstantScalar) openedAt: number;
  @Field(() => InstantScalar) dueAt: number;
  @Field(() => InstantScalar, { nullable: true }) closedAt: number | null;
  @Field(() => InstantScalar, { nullable: true }) acknowledgedAt: number | null;
}

@ObjectType()
export class ExternalRef {
  @Field() system: string;
  @Field(() => ID) id: string;
}

@ObjectType()
export class ResponsiblePerson {
  @Field() role: string;
  @Field(() => ID) accountId: string;
  @Field(() => PersonModel, { nullable: true, description: 'Null when no account has this id.' })
  person: PersonModel | null;
}

@ObjectType({ description: 'The one record of a deal across all systems.' })
export class Deal {
  @Field(() => ID) id: string;
  @Field({ description: 'Key of the pipeline.' }) pipeline: string;
  @Field(() => Int) pipelineVersion: number;
  @Field(() => String, { nullable: true }) name: string | null;
  @Field(() => String, { nullable: true }) clientId: string | null;
  @Field() stage: string;
  @Field(() => InstantScalar) stageStartedAt: number;
  @Field(() => String, { nullable: true }) businessStage: string | null;
  @Field(() => [String], { description: 'Gates that hold; for boards, cheaper than `gates`.' })
  heldGates: string[];
  @Field(() => [String]) missingGates: string[];
  @Field(() => JsonScalar, { description: 'Stage by domain system.' })
  domainStages: Record<string, string>;
  @Field(() => SafeIntScalar, { nullable: true, description: 'Minor units of the currency.' })
  amount: number | null;
  @Field(() => String, { nullable: true }) currency: string | null;
  @Field(() => String, { nullable: true }) ownerId: string | null;
  @Field(() => JsonScalar, { description: 'Account by role.' }) responsible: Record<string, string>;
  @Field(() => JsonScalar) attributes: Record<string, unknown>;
  @Field(() => InstantScalar, { nullable: true, description: 'Due time of the nearest open run.' })
  slaDueAt: number | null;
  @Field() overdue: boolean;
  @Field(() => DealOutcome, { nullable: true }) outcome: DealOutcome | null;
  @Field(() => InstantScalar, { nullable: true }) closedAt: number | null;
  @Field(() => InstantScalar, { nullable: true }) archivedAt: number | null;
  @Field(() => ID, { nullable: true }) mergedInto: string | null;
  @Field(() => String, { nullable: true }) parkedReason: string | null;
  @Field(() => Int) version: number;
  @Field(() => InstantScalar) createdAt: number;
  @Field(() => InstantScalar) updatedAt: number;
}

@ObjectType()
export class PageInfo {
  @Field() hasNextPage: boolean;
  @Field(() => String, { nullable: true }) endCursor: string | null;
}

@ObjectType()
export class DealConnection {
  @Field(() => [Deal]) nodes: Deal[];
  @Field(() => PageInfo) pageInfo: PageInfo;
}

@ObjectType()
export class TimelineLine {
  @Field({
    description:
      'event, note, stage, gate, sla_opened, sla_closed, sla_breached, migration, merge or canonical.',
  })
  kind: string;
  @Field({ description: 'Tells the lines of one deal apart.' }) key: string;
  @Field(() => InstantScalar) at: number;
  @Field(() => JsonScalar) detail: Record<string, unknown>;
}

@ObjectType()
export class TimelineConnection {
  @Field(() => [TimelineLine]) nodes: TimelineLine[];
  @Field(() => PageInfo) pageInfo: PageInfo;
}

@ObjectType()
export class CurrencySum {
  @Field() currency: string;
  @Field(() => SafeIntScalar, { description: 'Minor units.' }) amount: number;
  @Field(() => SafeIntScalar) deals: number;
}

@ObjectType()
export class DealCount {
  @Field() pipeline: string;
  @Field() stage: string;
  @Field(() => String, {
    nullable: true,
    description: 'With `groupBy: business`; null when the deals have none.',
  })
  businessStage: string | null;
  @Field(() => SafeIntScalar) deals: number;
  @Field(() => [CurrencySum]) sums: CurrencySum[];
  @Field(() => ConvertedSumModel) sum: ConvertedSumModel;
}

const matching = { nullable: true } as const;

@ObjectType({
  description:
    'How many deals a filter finds, and how many of the things that it asks for they have: a deal may have several. Null where it asks for none.',
})
export class DealMatches {
  @Field(() => SafeIntScalar) deals: number;
  @Field(() => SafeIntScalar, matching) runs: number | null;
  @Field(() => SafeIntScalar, { ...matching, description: 'Stays in a stage that have ended.' })
  stays: number | null;
  @Field(() => SafeIntScalar, { ...matching, description: 'Campaign figures.' })
  reports: number | null;
  @Field(() => SafeIntScalar, { ...matching, description: 'Answers with a score from 0 to 10.' })
  answers: number | null;
}

@ObjectType()
export class BoardColumn {
  @Field(() => ID, { description: 'Unique on the board.' }) key: string;
  @Field(() => ID, { description: 'The first of `stages`; the only one on a board by stage.' })
  stage: string;
  @Field() title: string;
  @Field({ description: 'open, won, ended, or former: only deals of older versions are there.' })
  kind: string;
  @Field(() => [String], { description: 'Stages whose deals may stand here.' }) stages: string[];
  @Field(() => String, {
    nullable: true,
    description: 'Null for a column of a stage, and for deals that have no business stage.',
  })
  businessStage: string | null;
  @Field(() => String, { nullable: true }) color: string | null;
  @Field(() => SafeIntScalar, { description: 'All deals of the column that pass the filter.' })
  total: number;
  @Field(() => [CurrencySum]) sums: CurrencySum[];
  @Field(() => ConvertedSumModel) sum: ConvertedSumModel;
  @Field(() => DealConnection, {
    description:
      'The first page. Go on with `deals`: the same filter and order, `stages` and `businessStage` of the column, and the cursor.',
  })
  deals: DealConnection;
}

@ObjectType()
export class Board {
  @Field(() => ID) pipeline: string;
  @Field() title: string;
  @Field(() => Int, { description: 'Current version of the pipeline.' }) version: number;
  @Field(() => JsonScalar, { description: 'Definition of that version.' }) definition: unknown;
  @Field(() => JsonScalar, { description: 'Its predicates, read; as in `PipelineVersionDetail`.' })
  predicates: unknown;
  @Field(() => InstantScalar, { description: "The tenant's present." }) asOf: number;
  @Field(() => [BoardColumn]) columns: BoardColumn[];
}
