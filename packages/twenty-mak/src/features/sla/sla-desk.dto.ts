import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { instantField, keyField, limitField, plainText } from '../../platform/validation/index.ts';
import { taskSchema } from '../tasks/index.ts';
import type { TaskView } from '../tasks/index.ts';
import { DESK_STATES } from './sla-desk.repository.ts';
import type { DeskRow, PersonCounts } from './sla-desk.repository.ts';
import { timerField } from './sla.dto.ts';

const filterFields = {
  state: z.enum(DESK_STATES).optional(),
  person: plainText(200).optional().describe('Assignee of the escalation, else owner of the deal.'),
  pipeline: keyField.optional(),
  timer: timerField.optional(),
  due_before: instantField.optional(),
};

export const deskQuery = z.strictObject({
  ...filterFields,
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type DeskRequest = z.output<typeof deskQuery>;

export const deskPeopleQuery = z.strictObject({
  pipeline: filterFields.pipeline,
  timer: filterFields.timer,
});
export type DeskPeopleRequest = z.output<typeof deskPeopleQuery>;

export const deskRunSchema = z.object({
  deal_id: z.uuid(),
  timer: z.string(),
  opened_source: z.string(),
  opened_event_id: z.string(),
  opened_at: z.iso.datetime(),
  due_at: z.iso.datetime(),
  state: z.enum(DESK_STATES),
  acknowledged_at: z.iso.datetime().nullable(),
  acknowledged_by: z.uuid().nullable(),
  person_id: z.string().nullable(),
  person_name: z.string().nullable(),
  task: taskSchema.nullable().describe('The open task of its escalation.'),
});
export type DeskRunView = z.output<typeof deskRunSchema>;
export const deskPageSchema = z.object({
  items: z.array(deskRunSchema),
  next: z.string().nullable(),
});

export const deskPersonSchema = z.object({
  person_id: z.string().nullable(),
  person_name: z.string().nullable(),
  breached: z.int(),
  acknowledged: z.int().describe('Of the breached ones.'),
  due_within_day: z.int(),
  due_later: z.int(),
});
export type DeskPersonView = z.output<typeof deskPersonSchema>;
export const deskPeopleSchema = z.object({ items: z.array(deskPersonSchema), next: z.null() });

export function deskRunView(
  { task_id: _id, ...row }: DeskRow,
  task: TaskView | undefined,
  name: string | undefined,
): DeskRunView {
  return {
    ...row,
    person_name: name ?? null,
    opened_at: formatInstant(row.opened_at),
    due_at: formatInstant(row.due_at),
    acknowledged_at: row.acknowledged_at === null ? null : formatInstant(row.acknowledged_at),
    task: task ?? null,
  };
}

export function deskPersonView(counts: PersonCounts, name: string | undefined): DeskPersonView {
  return { ...counts, person_name: name ?? null };
}
