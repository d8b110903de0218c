import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { TaskView } from './tasks.dto.ts';
import { TASK_STATUSES } from './tasks.repository.ts';
import type { TaskStatus } from './tasks.repository.ts';

export const TaskStatusEnum = Object.fromEntries(
  TASK_STATUSES.map((status) => [status, status]),
) as Record<TaskStatus, TaskStatus>;
registerEnumType(TaskStatusEnum, { name: 'TaskStatus' });

@ObjectType('Task', { description: 'Something a person should do, e.g. about a missed target.' })
export class TaskModel {
  @Field(() => ID) id: string;
  @Field(() => ID, { nullable: true }) dealId: string | null;
  @Field(() => String, { description: '`sla_breach`, `manual`' }) kind: string;
  @Field(() => String) subject: string;
  @Field(() => String) title: string;
  @Field(() => ID, { nullable: true, description: 'Account; null: any admin' })
  assigneeId: string | null;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) dueAt: string | null;
  @Field(() => TaskStatusEnum) status: TaskStatus;
  @Field(() => Int) version: number;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
  @Field(() => String, { nullable: true, description: 'RFC 3339' }) closedAt: string | null;
}

@ObjectType('TaskPage')
export class TaskPageModel {
  @Field(() => [TaskModel]) items: TaskModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

export function taskModel(view: TaskView): TaskModel {
  return {
    id: view.id,
    dealId: view.deal_id,
    kind: view.kind,
    subject: view.subject,
    title: view.title,
    assigneeId: view.assignee_id,
    dueAt: view.due_at,
    status: view.status,
    version: view.version,
    createdAt: view.created_at,
    closedAt: view.closed_at,
  };
}
