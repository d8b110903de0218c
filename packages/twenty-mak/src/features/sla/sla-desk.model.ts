import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { taskModel, TaskModel } from '../tasks/index.ts';
import type { DeskPersonView, DeskRunView } from './sla-desk.dto.ts';

export enum SlaDeskState {
  breached = 'breached',
  due = 'due',
}
registerEnumType(SlaDeskState, { name: 'SlaDeskState' });

@ObjectType({ description: 'An open run and whom it waits for.' })
export class SlaDeskRun {
  @Field(() => ID) dealId: string;
  @Field() timer: string;
  @Field() openedSource: string;
  @Field() openedEventId: string;
  @Field({ description: 'RFC 3339' }) openedAt: string;
  @Field({ description: 'RFC 3339' }) dueAt: string;
  @Field(() => SlaDeskState) state: SlaDeskState;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) acknowledgedAt: string | null;
  @Field(() => ID, { nullable: true }) acknowledgedBy: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Assignee of the escalation, else owner of the deal.',
  })
  personId: string | null;
  @Field(() => String, { nullable: true }) personName: string | null;
  @Field(() => TaskModel, { nullable: true, description: 'The open task of its escalation.' })
  task: TaskModel | null;
}

@ObjectType()
export class SlaDeskPage {
  @Field(() => [SlaDeskRun]) items: SlaDeskRun[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType()
export class SlaDeskPerson {
  @Field(() => ID, { nullable: true, description: 'Null: nobody.' }) personId: string | null;
  @Field(() => String, { nullable: true }) personName: string | null;
  @Field(() => Int) breached: number;
  @Field(() => Int, { description: 'Of the breached ones.' }) acknowledged: number;
  @Field(() => Int) dueWithinDay: number;
  @Field(() => Int) dueLater: number;
}

@InputType()
export class SlaDeskFilter {
  @Field(() => SlaDeskState, { nullable: true }) state?: SlaDeskState;
  @Field(() => ID, { nullable: true }) person?: string;
  @Field(() => String, { nullable: true, description: 'Key of a pipeline' }) pipeline?: string;
  @Field(() => String, { nullable: true }) timer?: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) dueBefore?: string;
}

export function deskRunModel(view: DeskRunView): SlaDeskRun {
  return {
    dealId: view.deal_id,
    timer: view.timer,
    openedSource: view.opened_source,
    openedEventId: view.opened_event_id,
    openedAt: view.opened_at,
    dueAt: view.due_at,
    state: SlaDeskState[view.state],
    acknowledgedAt: view.acknowledged_at,
    acknowledgedBy: view.acknowledged_by,
    personId: view.person_id,
    personName: view.person_name,
    task: view.task === null ? null : taskModel(view.task),
  };
}

export function deskPersonModel(view: DeskPersonView): SlaDeskPerson {
  return {
    personId: view.person_id,
    personName: view.person_name,
    breached: view.breached,
    acknowledged: view.acknowledged,
    dueWithinDay: view.due_within_day,
    dueLater: view.due_later,
  };
}
