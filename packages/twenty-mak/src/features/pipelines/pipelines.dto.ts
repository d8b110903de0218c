import { formatInstant, presets } from 'twenty-mak-domain';
import { z } from 'zod';
import { textField } from '../../platform/validation/index.ts';
import type { PipelineRow, VersionRow } from './pipelines.repository.ts';
import type { PipelineWithDefinition } from './pipelines.loader.ts';

/** The document that docs/integrators/pipeline-definition.md describes; the domain reads it, so that every finding has a code of its own. */
const definitionField = z
  .record(z.string(), z.unknown())
  .describe('A pipeline definition as docs/integrators/pipeline-definition.md describes it.');

const pipelineKey = z.string().min(1).max(64).describe('Key of a pipeline.');
const stageKey = z.string().min(1).max(64);
const versionField = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .describe('Version of the record that the change was made on.');

export const createPipelineBody = z
  .strictObject({
    definition: definitionField.optional(),
    preset: z
      .enum(Object.keys(presets) as [string, ...string[]])
      .optional()
      .describe('A pipeline that ships with the product, instead of a definition.'),
    key: pipelineKey.optional().describe('Replaces the key of the definition.'),
    title: textField(200).optional().describe('Replaces the title of the definition.'),
    publish: z.boolean().default(false),
    is_default: z
      .boolean()
      .optional()
      .describe('Left out: the first published pipeline becomes the default.'),
    declare_types: z
      .boolean()
      .default(false)
      .describe('Takes every mapped event type as known to the caller.'),
  })
  .refine(({ definition, preset }) => (definition === undefined) !== (preset === undefined), {
    error: 'needs either `definition` or `preset`',
    path: ['definition'],
  });

/** Options of a request whose body is the definition itself. */
export const createPipelineQuery = z.strictObject({
  publish: z.stringbool().optional(),
  is_default: z.stringbool().optional(),
  declare_types: z.stringbool().optional(),
});

export const draftBody = z.strictObject({ version: versionField, definition: definitionField });
export const versionBody = z.strictObject({ version: versionField });
export const archiveBody = z.strictObject({
  version: versionField,
  archived: z.boolean().default(true),
});
export const sourceDefaultBody = z.strictObject({ pipeline: pipelineKey });

export const regressionField = z.strictObject({ gate: stageKey, from: stageKey, to: stageKey });

export const publishBody = z.strictObject({
  version: versionField,
  confirm: z
    .array(regressionField)
    .max(1_000)
    .optional()
    .describe('Regressions that are meant, one by one.'),
});

export const addStageBody = z.strictObject({
  version: versionField,
  stage: z.record(z.string(), z.unknown()),
  at: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .describe('Position on the board; at the end if left out.'),
  when: z.string().max(10_000).describe('CEL predicate of the stage.'),
});

export const renameStageBody = z.strictObject({
  version: versionField,
  key: stageKey.optional(),
  title: textField(200).optional(),
});

export const reorderStagesBody = z.strictObject({
  version: versionField,
  order: z.array(stageKey).max(100),
});

export const deleteStageBody = z.strictObject({
  version: versionField,
  target: stageKey.describe('Stage that results where the deleted one did.'),
});

/** Names of facts and their values; which names exist says the pipeline. */
const suppositionFields = {
  gates: z.record(z.string(), z.boolean()).optional(),
  domains: z.record(z.string(), z.string().max(200).nullable()).optional(),
};

export const verifyBody = z.strictObject({
  definition: definitionField.optional().describe('Left out: the draft, else the current version.'),
  truth_table: z
    .strictObject({
      compact: z.boolean().default(true),
      offset: z.int().min(0).max(100_000).default(0),
      limit: z.int().min(0).max(1_000).default(100),
      where: z.strictObject({ ...suppositionFields, stage: stageKey.optional() }).optional(),
    })
    .optional(),
});

export const whatIfBody = z.strictObject({
  definition: definitionField.optional(),
  ...suppositionFields,
});

export const sourceField = z
  .string()
  .regex(/^[\x20-\x7e]{1,200}$/, 'must be 1 to 200 printable ASCII characters');

export const pipelineSchema = z.object({
  id: z.uuid(),
  key: z.string(),
  title: z.string(),
  is_default: z.boolean(),
  sources: z.array(z.string()),
  current_version: z.int().nullable(),
  has_draft: z.boolean(),
  version: z.int(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  archived_at: z.iso.datetime().nullable(),
});
export type PipelineAnswer = z.infer<typeof pipelineSchema>;

export const pipelineDetailSchema = pipelineSchema.extend({
  definition: definitionField.nullable(),
  draft: definitionField.nullable(),
});
export type PipelineDetailAnswer = PipelineAnswer &
  Pick<PipelineWithDefinition, 'definition' | 'draft'>;

export const versionSchema = z.object({
  version: z.int(),
  published_at: z.iso.datetime(),
  published_by: z.string().nullable(),
});
export type VersionAnswer = z.infer<typeof versionSchema>;

export const versionDetailSchema = versionSchema.extend({ definition: definitionField });

export const sourceDefaultSchema = z.object({ source: z.string(), pipeline: z.string() });

export function listOf(item: z.ZodType): z.ZodType {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

export function pipelineAnswer(row: PipelineRow): PipelineAnswer {
  return {
    id: row.id,
    key: row.key,
    title: row.title,
    is_default: row.is_default,
    sources: row.sources,
    current_version: row.current_version,
    has_draft: row.has_draft,
    version: row.version,
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
    archived_at: row.archived_at === null ? null : formatInstant(row.archived_at),
  };
}

export function pipelineDetailAnswer(pipeline: PipelineWithDefinition): PipelineDetailAnswer {
  const { definition, draft } = pipeline;
  return { ...pipelineAnswer(pipeline), definition, draft };
}

export function versionAnswer({ version, published_at, published_by }: VersionRow): VersionAnswer {
  return { version, published_at: formatInstant(published_at), published_by };
}
