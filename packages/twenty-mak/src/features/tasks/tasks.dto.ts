import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { limitField, uuidField } from '../../platform/validation/index.ts';
import { TASK_STATUSES } from './tasks.repository.ts';
import type { TaskRow } from './tasks.repository.ts';

export const listTasksSchema = z.strictObject({
  status: z.enum(TASK_STATUSES).optional(),
  deal_id: uuidField.optional(),
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListTasks = z.output<typeof listTasksSchema>;

export const completeTaskSchema = z.strictObject({ version: z.int().min(1) });

export const reassignTaskSchema = completeTaskSchema.extend({ assignee_id: uuidField });
export type ReassignTask = z.output<typeof reassignTaskSchema>;

export const taskSchema = z.object({
  id: z.uuid(),
  deal_id: z.uuid().nullable(),
  kind: z.string(),
  subject: z.string(),
  title: z.string(),
  assignee_id: z.uuid().nullable(),
  due_at: z.iso.datetime().nullable(),
  status: z.enum(TASK_STATUSES),
  version: z.int(),
  created_at: z.iso.datetime(),
  closed_at: z.iso.datetime().nullable(),
});
export type TaskView = z.output<typeof taskSchema>;

export const taskPageSchema = z.object({
  items: z.array(taskSchema),
  next: z.string().nullable(),
});

/** A task as the API shows it. */
export function taskView(row: TaskRow): TaskView {
  return {
    ...row,
    due_at: row.due_at === null ? null : formatInstant(row.due_at),
    created_at: formatInstant(row.created_at),
    closed_at: row.closed_at === null ? null : formatInstant(row.closed_at),
  };
}
