import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import {
  currencyField,
  instantField,
  limitField,
  plainText,
  uuidField,
} from '../../platform/validation/index.ts';
import type { StageCount } from './deal-counts.ts';
import { TIMELINE_KINDS } from './deal-history.repository.ts';
import type { DealListRow } from './deals.repository.ts';
import { DEAL_SORTS, readSort } from './deals.sort.ts';

const amountField = z.coerce
  .number()
  .int()
  .min(Number.MIN_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER);

/** `a`, `a,b` or the parameter repeated. */
const listField = z
  .union([z.string().max(5_000), z.array(z.string().max(200)).max(100)])
  .transform((value) => (Array.isArray(value) ? value : value.split(',')))
  .pipe(z.array(plainText(200)).min(1).max(100));

const sortNames = Object.keys(DEAL_SORTS).flatMap((name) => [name, `-${name}`]);

export const sortField = z
  .string()
  .max(40)
  .meta({ enum: sortNames })
  .transform((text, context) => {
    const sort = readSort(text);
    if (sort !== null) return sort;
    context.addIssue(`must be one of ${sortNames.join(', ')}`);
    return z.NEVER;
  });

/** In place of an owner: deals that nobody owns. */
export const NOBODY = 'nobody';
export const ownerField = plainText(200).describe(
  'An account, or `nobody` for deals without an owner.',
);

/** In place of the currency of a campaign figure: reports that name none. */
export const NO_CURRENCY = 'none';

const scoreField = z.coerce.number().int().min(0).max(10);

/** What is asked of the client of a deal. */
export const clientFields = {
  industry: plainText(200).optional(),
  client_type: plainText(200).optional(),
  budget_band: plainText(200).optional(),
  segment: plainText(200).optional(),
};

const filterFields = {
  id: listField.pipe(z.array(uuidField)).optional(),
  pipeline: plainText(64).optional(),
  stage: listField.optional(),
  business_stage: plainText(200).optional(),
  owner: ownerField.optional(),
  client: plainText(200).optional(),
  amount_from: amountField.optional(),
  amount_to: amountField.optional(),
  currency: currencyField.optional(),
  sla: z.enum(['overdue', 'open', 'none']).optional(),
  due_before: instantField.optional(),
  outcome: z.enum(['won', 'lost', 'open']).optional(),
  archived: z.stringbool().optional(),
  text: plainText(200).min(3, 'must have at least 3 characters').optional(),
  ref_system: plainText(200).optional(),
  ref_id: plainText(200).optional(),
  updated_since: instantField.optional(),
  created_from: instantField.optional(),
  created_before: instantField.optional(),
  reached_stage: listField.optional(),
  ...clientFields,
  timer: plainText(200).optional(),
  run_status: z.enum(['running', 'met', 'breached', 'cancelled']).optional(),
  run_reached: z.stringbool().optional().describe('Whether the run reached its goal, late or not.'),
  run_due_from: instantField.optional(),
  run_due_before: instantField.optional(),
  left_stage: listField
    .optional()
    .describe('Deals that have been in one of these stages and left it.'),
  kpi: plainText(200).optional().describe('A campaign figure that was reported, e.g. impressions.'),
  kpi_currency: plainText(200)
    .optional()
    .describe('As in the report; `none` for reports without one.'),
  kpi_from: instantField.optional(),
  kpi_before: instantField.optional(),
  nps_score_from: scoreField.optional(),
  nps_score_to: scoreField.optional(),
  nps_from: instantField.optional(),
  nps_before: instantField.optional(),
};

const bothOfRef = ({
  ref_system,
  ref_id,
}: {
  ref_system?: string | undefined;
  ref_id?: string | undefined;
}) => (ref_system === undefined) === (ref_id === undefined);
const BOTH_OF_REF = { error: 'needs both `ref_system` and `ref_id`', path: ['ref_system'] };

export const countQuery = z.strictObject(filterFields).refine(bothOfRef, BOTH_OF_REF);
export type CountRequest = z.output<typeof countQuery>;

export const listQuery = z
  .strictObject({
    ...filterFields,
    sort: sortField.optional(),
    limit: limitField,
    cursor: z.string().max(100_000).optional(),
  })
  .refine(bothOfRef, BOTH_OF_REF);
export type ListRequest = z.output<typeof listQuery>;

export const pageQuery = z.strictObject({
  limit: limitField,
  cursor: z.string().max(10_000).optional(),
});
export type PageRequest = z.output<typeof pageQuery>;

export const timelineQuery = pageQuery.extend({
  kind: listField
    .pipe(z.array(z.enum(TIMELINE_KINDS)))
    .optional()
    .describe('One or several, separated by commas; left out: all.'),
});

const instantText = z.iso.datetime();
const refSchema = z.object({ system: z.string(), id: z.string() });

export const dealSchema = z.object({
  id: z.uuid(),
  pipeline: z.string(),
  pipeline_version: z.int(),
  name: z.string().nullable(),
  client_id: z.string().nullable(),
  stage: z.string(),
  stage_started_at: instantText,
  business_stage: z.string().nullable(),
  gates: z.record(z.string(), z.boolean()),
  missing_gates: z.array(z.string()).describe('Gates that do not hold although a later one does.'),
  domain_stages: z.record(z.string(), z.string()),
  amount: z.int().nullable().describe('Minor units of the currency.'),
  currency: z.string().nullable(),
  owner_id: z.string().nullable(),
  responsible: z.record(z.string(), z.string()).describe('Account by role.'),
  attributes: z.record(z.string(), z.unknown()),
  sla_due_at: instantText.nullable(),
  overdue: z.boolean(),
  outcome: z.enum(['won', 'lost']).nullable(),
  closed_at: instantText.nullable(),
  archived_at: instantText.nullable(),
  merged_into: z.uuid().nullable(),
  parked_reason: z.string().nullable(),
  version: z.int(),
  created_at: instantText,
  updated_at: instantText,
});
export type DealAnswer = z.infer<typeof dealSchema>;

export const gateSchema = z.object({
  gate: z.string(),
  title: z.string(),
  code: z.string().nullable(),
  status: z.boolean(),
  missing: z.boolean(),
  decided_by: z
    .object({ source: z.string(), event_id: z.string(), occurred_at: instantText })
    .nullable(),
});
export type GateAnswer = z.infer<typeof gateSchema>;

export const runSchema = z.object({
  timer: z.string(),
  title: z.string().nullable(),
  status: z.enum(['running', 'met', 'breached', 'cancelled']),
  opened_at: instantText,
  opened_by: z.object({ source: z.string(), event_id: z.string() }),
  due_at: instantText,
  closed_at: instantText.nullable(),
  acknowledged_at: instantText.nullable(),
  acknowledged_by: z.string().nullable(),
});
export type RunAnswer = z.infer<typeof runSchema>;

export const dealDetailSchema = dealSchema.extend({
  external_refs: z.array(refSchema),
  gate_details: z.array(gateSchema),
  sla_runs: z.array(runSchema),
});
export type DealDetailAnswer = z.infer<typeof dealDetailSchema>;

export const gatesSchema = z.object({
  gates: z.array(gateSchema),
  missing: z.array(z.string()),
  changes: z.array(
    z.object({
      gate: z.string(),
      status: z.boolean(),
      occurred_at: instantText,
      source: z.string(),
      event_id: z.string(),
    }),
  ),
});
export type GatesAnswer = z.infer<typeof gatesSchema>;

export const eventSchema = z.object({
  event_id: z.string(),
  type: z.string(),
  version: z.int(),
  source: z.string(),
  occurred_at: instantText,
  received_at: instantText,
  correlation_id: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type EventAnswerView = z.infer<typeof eventSchema>;

export const timelineSchema = z.object({
  kind: z
    .string()
    .describe(
      'event, note, stage, gate, sla_opened, sla_closed, sla_breached, migration, merge or canonical.',
    ),
  key: z.string().describe('Tells the lines of one deal apart.'),
  at: instantText,
  detail: z.record(z.string(), z.unknown()),
});
export type TimelineAnswer = z.infer<typeof timelineSchema>;

export const countSchema = z.object({
  pipeline: z.string(),
  stage: z.string(),
  deals: z.int(),
  sums: z.array(z.object({ currency: z.string(), amount: z.int(), deals: z.int() })),
  sum: z
    .object({ currency: z.string(), amount: z.int(), missing: z.array(z.string()) })
    .describe("In the tenant's currency, without currencies that no rate is known for."),
});
export type CountAnswer = z.infer<typeof countSchema>;

/** A count as REST shows it. */
export function countAnswer({ pipeline, stage, deals, sums, sum }: StageCount): CountAnswer {
  return { pipeline, stage, deals, sums: [...sums], sum: { ...sum, missing: [...sum.missing] } };
}

const matchingField = z.int().nullable();
export const matchesSchema = z
  .object({
    runs: matchingField,
    stays: matchingField,
    reports: matchingField,
    answers: matchingField,
  })
  .describe(
    'How many runs, stays in a stage, campaign figures and answers of these deals the filter is about; null when it is about none.',
  );
export const countsSchema = z.object({
  total: z.int(),
  items: z.array(countSchema),
  matches: matchesSchema,
});
export type CountsAnswer = z.infer<typeof countsSchema>;

export function listOf(item: z.ZodType): z.ZodType {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** A row as REST shows it; `pipeline` is the key of its pipeline, `present` the tenant's time. */
export function dealAnswer(
  { pipeline_id: _id, ...row }: DealListRow,
  pipeline: string,
  present: number,
): DealAnswer {
  return {
    ...row,
    pipeline,
    stage_started_at: formatInstant(row.stage_started_at),
    sla_due_at: optional(row.sla_due_at),
    overdue: row.sla_due_at !== null && row.sla_due_at < present,
    closed_at: optional(row.closed_at),
    archived_at: optional(row.archived_at),
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
  };
}

export function optional(instant: number | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
