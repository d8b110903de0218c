import { z } from 'zod';
import { countQuery } from '../deals/index.ts';
import { FILE_FORMATS } from './formats/index.ts';

const count = z.int().min(0);

export const summaryQuery = z.strictObject({ pipeline: z.string().min(1).max(64) });

export const summarySchema = z.object({
  pipeline: z.string(),
  deals: count,
  events: count.describe('Distinct events of its deals, and of deals that no event has made yet.'),
  known_events: count.describe('Those that the mapping knows.'),
  transitions: count.describe('Changes of stage.'),
  stages: z.record(z.string(), count).describe('Deals by stage.'),
  sla: z
    .record(
      z.string(),
      z.object({ runs: count, met: count, breached: count, cancelled: count, running: count }),
    )
    .describe('Runs by timer.'),
  first_event_at: z.iso.datetime().nullable(),
  last_event_at: z.iso.datetime().nullable(),
  present: z.iso.datetime().describe('The instant at which the runs are judged.'),
});
export type LogSummary = z.output<typeof summarySchema>;

/** The filters of `GET /v1/deals`. */
export const exportQuery = countQuery.safeExtend({
  format: z.enum(FILE_FORMATS).default('xes'),
  archived: z.stringbool().optional().describe('Left out: all deals.'),
});
export type ExportQuery = z.output<typeof exportQuery>;

export const importQuery = z.strictObject({
  format: z.enum(FILE_FORMATS).optional().describe('Left out: the file tells.'),
  mapping: z
    .string()
    .max(8_000)
    .optional()
    .describe('A mapping as JSON, or the name of one that ships with the product (credit).'),
  encoding: z
    .string()
    .max(40)
    .optional()
    .describe('Encoding of the text when it is not UTF-8, e.g. windows-1251.'),
  deal_ids: z
    .enum(['keep', 'refs'])
    .default('keep')
    .describe('refs: the file comes from another place; its deal ids become references.'),
});
export type ImportQuery = z.output<typeof importQuery>;

const problemSchema = z.object({
  place: count.describe('Line of the file; for XES the number of the event.'),
  event_id: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
  field: z.string().optional(),
});
export type ImportProblem = z.output<typeof problemSchema>;

export const importSchema = z.object({
  read: count.describe('Events of the file.'),
  applied: count,
  stored: count,
  duplicate: count,
  orphan: count,
  conflict: count,
  rejected: count,
  problems: z.array(problemSchema).describe('The first of the rejected ones and conflicts.'),
});
export type ImportReport = z.output<typeof importSchema>;
