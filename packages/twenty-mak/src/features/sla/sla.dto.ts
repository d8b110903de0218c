import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { instantField, keyField, limitField, uuidField } from '../../platform/validation/index.ts';
import { RUN_STATUSES } from './sla.repository.ts';
import type { RunIdentity, RunRow, TimerCounts } from './sla.repository.ts';

export const timerField = z.string().min(1).max(100);
const eventPart = z
  .string()
  .regex(/^[\x20-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters');

export const listRunsSchema = z.strictObject({
  status: z.enum(RUN_STATUSES).optional(),
  timer: timerField.optional(),
  overdue: z.stringbool().optional(),
  due_before: instantField.optional(),
  deal_id: uuidField.optional(),
  pipeline: z.string().max(100).optional(),
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListRuns = z.output<typeof listRunsSchema>;

export const summarySchema = z.strictObject({ pipeline: keyField.optional() });

/** Which run is meant: a run has no id but the event that opened it. */
export const runIdentitySchema = z.strictObject({
  deal_id: uuidField,
  timer: timerField,
  opened_source: eventPart,
  opened_event_id: eventPart,
});

export const acknowledgeSchema = runIdentitySchema.extend({
  acknowledged: z
    .boolean()
    .default(true)
    .describe('false takes back what the same person has said.'),
});

export const runSchema = z.object({
  deal_id: z.uuid(),
  timer: z.string(),
  opened_source: z.string(),
  opened_event_id: z.string(),
  opened_at: z.iso.datetime(),
  due_at: z.iso.datetime(),
  closed_at: z.iso.datetime().nullable(),
  status: z.enum(RUN_STATUSES),
  acknowledged_at: z.iso.datetime().nullable(),
  acknowledged_by: z.uuid().nullable(),
});
export type RunView = z.output<typeof runSchema>;

export const runPageSchema = z.object({ items: z.array(runSchema), next: z.string().nullable() });

const countsSchema = z.object({
  runs: z.int(),
  met: z.int(),
  breached: z.int(),
  cancelled: z.int(),
  running: z.int(),
});

export const summaryViewSchema = z.object({
  as_of: z.iso.datetime().describe("The tenant's present, at which the runs are judged."),
  timers: z.record(z.string(), countsSchema),
});
export type SummaryView = z.output<typeof summaryViewSchema>;

export const sweepResultSchema = z.object({ breached: z.int() });
export type SweepResult = z.output<typeof sweepResultSchema>;

export function identityOf(input: z.output<typeof runIdentitySchema>): RunIdentity {
  return {
    dealId: input.deal_id,
    timer: input.timer,
    source: input.opened_source,
    eventId: input.opened_event_id,
  };
}

/** A run as the API shows it. */
export function runView(row: RunRow): RunView {
  return {
    ...row,
    opened_at: formatInstant(row.opened_at),
    due_at: formatInstant(row.due_at),
    closed_at: row.closed_at === null ? null : formatInstant(row.closed_at),
    acknowledged_at: row.acknowledged_at === null ? null : formatInstant(row.acknowledged_at),
  };
}

export function summaryView(present: number, counts: readonly TimerCounts[]): SummaryView {
  return {
    as_of: formatInstant(present),
    timers: Object.fromEntries(counts.map(({ timer, ...rest }) => [timer, rest])),
  };
}
