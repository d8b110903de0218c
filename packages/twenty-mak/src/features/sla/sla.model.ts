import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { RunStatus } from 'twenty-mak-domain';
import type { RunView, SummaryView } from './sla.dto.ts';
import { RUN_STATUSES } from './sla.repository.ts';

export const RunStatusEnum = Object.fromEntries(
  RUN_STATUSES.map((status) => [status, status]),
) as Record<RunStatus, RunStatus>;
registerEnumType(RunStatusEnum, { name: 'SlaRunStatus' });

@ObjectType('SlaRun', { description: "One run of a timer, judged at the tenant's present." })
export class SlaRunModel {
  @Field(() => ID) dealId: string;
  @Field(() => String) timer: string;
  @Field(() => String, { description: 'Source of the event that opened it' }) openedSource: string;
  @Field(() => String, { description: 'Id of the event that opened it' }) openedEventId: string;
  @Field(() => String, { description: 'RFC 3339' }) openedAt: string;
  @Field(() => String, { description: 'RFC 3339' }) dueAt: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) closedAt: string | null;
  @Field(() => RunStatusEnum) status: RunStatus;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) acknowledgedAt: string | null;
  @Field(() => ID, { nullable: true }) acknowledgedBy: string | null;
}

@ObjectType('SlaRunPage')
export class SlaRunPageModel {
  @Field(() => [SlaRunModel]) items: SlaRunModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('SlaTimerCounts')
export class SlaTimerCountsModel {
  @Field(() => String) timer: string;
  @Field(() => Int) runs: number;
  @Field(() => Int) met: number;
  @Field(() => Int) breached: number;
  @Field(() => Int) cancelled: number;
  @Field(() => Int) running: number;
}

@ObjectType('SlaSummary')
export class SlaSummaryModel {
  @Field(() => String, { description: "RFC 3339; the tenant's present" }) asOf: string;
  @Field(() => [SlaTimerCountsModel]) timers: SlaTimerCountsModel[];
}

@InputType()
export class SlaRunFilter {
  @Field(() => RunStatusEnum, { nullable: true }) status?: RunStatus;
  @Field(() => String, { nullable: true }) timer?: string;
  @Field(() => Boolean, { nullable: true, description: 'Open although its time has passed' })
  overdue?: boolean;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) dueBefore?: string;
  @Field(() => ID, { nullable: true }) dealId?: string;
  @Field(() => String, { nullable: true, description: 'Key of a pipeline' }) pipeline?: string;
}

@InputType({ description: 'Which run is meant: a run has no id but the event that opened it.' })
export class SlaRunInput {
  @Field(() => ID) dealId: string;
  @Field(() => String) timer: string;
  @Field(() => String) openedSource: string;
  @Field(() => String) openedEventId: string;
}

export function runModel(view: RunView): SlaRunModel {
  return {
    dealId: view.deal_id,
    timer: view.timer,
    openedSource: view.opened_source,
    openedEventId: view.opened_event_id,
    openedAt: view.opened_at,
    dueAt: view.due_at,
    closedAt: view.closed_at,
    status: view.status,
    acknowledgedAt: view.acknowledged_at,
    acknowledgedBy: view.acknowledged_by,
  };
}

export function summaryModel({ as_of: asOf, timers }: SummaryView): SlaSummaryModel {
  return { asOf, timers: Object.entries(timers).map(([timer, counts]) => ({ timer, ...counts })) };
}
