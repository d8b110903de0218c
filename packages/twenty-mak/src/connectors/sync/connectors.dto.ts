import { formatInstant, onlyWinner } from 'twenty-mak-domain';
import type { FieldRule } from 'twenty-mak-domain';
import { z } from 'zod';
import { expectedVersion, limitField, plainText } from '../../platform/validation/index.ts';
import { CONNECTOR_STATES } from './connector-settings.ts';
import { JOURNAL_KINDS } from './journal.ts';
import { STOP_CODES } from './ports.ts';

const DIRECTIONS = ['in', 'out', 'both'] as const;
const PRIORITIES = ['mak', 'remote', 'newest'] as const;

const ruleSchema = z.strictObject({
  field: plainText(100),
  direction: z.enum(DIRECTIONS),
  priority: z.enum(PRIORITIES),
  critical: z.boolean().default(false),
});

const budgetSchema = z.strictObject({
  burst: z.number().min(1).max(10_000),
  per_second: z.number().min(0.001).max(10_000),
});

const stageTableSchema = z.strictObject({
  pipeline: plainText(100).describe('Id of the pipeline.'),
  status_of: z
    .record(plainText(100), plainText(200))
    .describe('By stage: the status that shows it. Several stages may share one.'),
  event_of: z
    .record(plainText(200), plainText(200))
    .default({})
    .describe('By status: type of the event that a move there records.'),
});
export type StageTableView = z.output<typeof stageTableSchema>;

const choiceSchema = z.strictObject({
  ids: z.array(plainText(600)).max(10_000).optional().describe("MaK's ids."),
  pipelines: z.array(plainText(100)).max(1_000).optional().describe('Ids of pipelines.'),
  created_there: z
    .boolean()
    .default(true)
    .describe('Whether records that only the other system has are brought over.'),
});
const chosenRecordsSchema = z.record(plainText(100), choiceSchema);

/** Settings and secrets are read by the connector's own schemas. */
export const setConnectorSchema = z.strictObject({
  version: z.int().min(0).describe('The version that was read; 0 when nothing was set before.'),
  settings: z.looseObject({}).describe("Of the connector's own shape."),
  secrets: z.record(z.string(), z.string()).optional().describe('Left out: they stay.'),
  entities: z.array(plainText(100)).min(1).max(20).optional().describe('Left out: all kinds.'),
  matrix: z
    .record(plainText(100), z.array(ruleSchema).max(100))
    .default({})
    .describe('By kind: rules of fields that differ from the defaults.'),
  budget: budgetSchema.nullish().describe('Null is the default of the connector.'),
  poll_seconds: z.int().min(5).max(86_400).default(60),
  stage_tables: z
    .array(stageTableSchema)
    .max(200)
    .optional()
    .describe('By pipeline, how statuses of the system follow from stages. Left out: they stay.'),
  chosen: chosenRecordsSchema
    .optional()
    .describe('By kind: the records that are kept equal, by ids or pipelines. Left out: it stays.'),
  dry_run: z
    .boolean()
    .optional()
    .describe(
      'Nothing is written on either side; the journal tells what would be. Left out: it stays.',
    ),
});
export type SetConnector = z.output<typeof setConnectorSchema>;

export const connectorVersionSchema = z.strictObject({ version: expectedVersion('connector') });

export const resumeConnectorSchema = connectorVersionSchema.extend({
  same_account: z
    .boolean()
    .default(false)
    .describe('It was stopped because of another account, and is the same one all the same.'),
});

const fieldSchema = ruleSchema.extend({
  default: ruleSchema.omit({ field: true }).describe('What holds unless it is set.'),
  directions: z.array(z.enum(DIRECTIONS)).describe('Directions that are possible.'),
});

const healthSchema = z.object({
  pending: z.int().describe('Records that wait.'),
  pending_people: z.int().describe('Of these, what people wait for.'),
  dead_letters: z.int(),
  divergent: z.int().describe('Records with a value that a side refused.'),
  conflicts: z.int().describe('Conflicts on critical fields that are to be decided.'),
  linked: z.int(),
  lag_seconds: z.number().describe('Age of the record that waits longest.'),
  written_day: z.int().describe('Records that were written in the last 24 hours.'),
  refused_day: z.int().describe('Records that were refused in the last 24 hours.'),
  success_rate: z.number().nullable().describe('Of the last 24 hours; null when nothing was done.'),
  last_synced_at: z.iso.datetime().nullable(),
  polled_at: z.iso.datetime().nullable(),
  hours: z
    .array(z.object({ at: z.iso.datetime(), written: z.int(), refused: z.int() }))
    .describe('The last 24 hours one by one, without those in which nothing was done.'),
});

export const connectorSchema = z.object({
  key: z.string(),
  title: z.string(),
  state: z.enum([...CONNECTOR_STATES, 'off']).describe('`off` until it is set up.'),
  reason: z.string().nullable().describe('Why it was stopped.'),
  reason_code: z
    .enum(STOP_CODES)
    .nullable()
    .describe('Of a reason that is decided about; `other_account`: see `same_account` of resume.'),
  silence: z
    .string()
    .nullable()
    .describe(
      'Why the system tells of no changes by itself, so that they are found by asking alone; null when it does, or nobody knows.',
    ),
  settings: z.unknown(),
  has_secrets: z.boolean(),
  entities: z.array(
    z.object({
      name: z.string(),
      enabled: z.boolean(),
      absent: z
        .string()
        .nullable()
        .describe(
          'Why the system has no such records for now, so that they wait; null when it has.',
        ),
      fields: z.array(fieldSchema),
    }),
  ),
  budget: budgetSchema.describe('Calls that are allowed.'),
  highest_budget: budgetSchema,
  has_messages: z
    .boolean()
    .describe('Whether what the system told by webhooks is kept for people to see.'),
  heard_at: z.iso
    .datetime()
    .nullable()
    .describe(
      'When the system told of something last; null when it never did, or that is not kept.',
    ),
  has_statuses: z.boolean().describe('Whether statuses there can follow from stages.'),
  pace: z
    .object({
      level: z.number().describe('Calls that could be made at once now.'),
      burst: z.number(),
      per_second: z.number(),
    })
    .nullable()
    .describe('How fast it is asked; null when nobody knows.'),
  poll_seconds: z.int(),
  stage_tables: z.array(stageTableSchema),
  chosen: chosenRecordsSchema,
  dry_run: z.boolean().describe('Nothing is written on either side.'),
  resync: z
    .object({
      started_at: z.iso.datetime(),
      listed: z.boolean().describe("Whether all of MaK's records wait or are done."),
      marked: z.int(),
      found: z
        .int()
        .describe('Records of the other system that were found besides, new or changed ones.'),
      found_all: z.boolean().describe('Whether the other system was asked for all of its records.'),
      left: z.int().describe('Of those that were marked or found, how many still wait.'),
    })
    .nullable(),
  health: healthSchema,
  version: z.int(),
});
export type ConnectorView = z.output<typeof connectorSchema>;
const statusSchema = z.object({
  status: z.string(),
  title: z.string().describe('As people know it there.'),
  pipeline: z.string().nullable().describe('What it belongs to there, if to anything.'),
});
export const statusListSchema = z.object({ items: z.array(statusSchema), next: z.null() });
export const connectorListSchema = z.object({ items: z.array(connectorSchema), next: z.null() });

const cursorField = z.string().optional();

export const listDeadSchema = z.strictObject({ limit: limitField, cursor: cursorField });
export type ListDead = z.output<typeof listDeadSchema>;

export const listJournalSchema = z.strictObject({
  entity: plainText(100).optional(),
  local_id: plainText(600).optional(),
  kind: z.enum(JOURNAL_KINDS).optional(),
  limit: limitField,
  cursor: cursorField,
});
export type ListJournal = z.output<typeof listJournalSchema>;

/** Dead letters, by what names them; left out: all of them. */
export const chosenSchema = z.strictObject({
  records: z
    .array(z.strictObject({ entity: plainText(100), key: plainText(1_000) }))
    .min(1)
    .max(200)
    .optional(),
});
export type Chosen = z.output<typeof chosenSchema>;
export const countSchema = z.object({ records: z.int() });

const refusalSchema = z.object({
  code: z.string(),
  reason: z.string(),
  field: z.string().nullable(),
});

export const deadLetterSchema = z.object({
  entity: z.string(),
  key: z.string(),
  local_id: z.string().nullable(),
  remote_id: z.string().nullable(),
  refusal: refusalSchema.nullable(),
  dead_at: z.iso.datetime(),
});
export type DeadLetterView = z.output<typeof deadLetterSchema>;
export const deadLetterPageSchema = pageOfSchema(deadLetterSchema);

export const journalEntrySchema = z.object({
  id: z.uuid(),
  entity: z.string(),
  local_id: z.string().nullable(),
  remote_id: z.string().nullable(),
  kind: z.enum(JOURNAL_KINDS),
  detail: z.unknown(),
  at: z.iso.datetime(),
});
export type JournalEntryView = z.output<typeof journalEntrySchema>;
export const journalPageSchema = pageOfSchema(journalEntrySchema);

export const divergenceSchema = z.object({
  entity: z.string(),
  local_id: z.string(),
  remote_id: z.string(),
  refusal: refusalSchema.nullable(),
  last_synced_at: z.iso.datetime().nullable(),
});
export type DivergenceView = z.output<typeof divergenceSchema>;
export const divergencePageSchema = pageOfSchema(divergenceSchema);

function pageOfSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export function instantView(instant: number | null): string | null {
  return instant === null ? null : formatInstant(instant);
}

/** A rule whose priority follows from its direction. */
export function withOnlyWinner(rule: FieldRule): FieldRule {
  return { ...rule, priority: onlyWinner(rule.direction) ?? rule.priority };
}
