import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { optional } from './deals.dto.ts';
import type { MigrationRow } from './pipeline-migrations.repository.ts';
import type { Preview } from './pipeline-migrations.service.ts';

export const migrateBody = z.strictObject({
  from_version: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .describe('Left out: deals of every older version.'),
  dry_run: z.boolean().default(true).describe('Only shows what would change.'),
});

export const previewSchema = z.object({
  dry_run: z.literal(true),
  to_version: z.int(),
  deals: z.int().describe('Deals of older versions.'),
  examined: z.int().describe('How many of them were looked at; at most 20,000.'),
  changes: z.array(z.object({ from: z.string(), to: z.string(), deals: z.int() })),
  examples: z.array(
    z.object({ id: z.uuid(), name: z.string().nullable(), from: z.string(), to: z.string() }),
  ),
});

export const migrationSchema = z.object({
  id: z.uuid(),
  from_version: z.int().nullable(),
  to_version: z.int(),
  status: z.enum(['running', 'done']),
  deals: z.int(),
  done: z.int(),
  moved: z.int().describe('Deals whose stage changed.'),
  created_by: z.string(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});
export type MigrationAnswer = z.infer<typeof migrationSchema>;

export type PreviewAnswer = Omit<Preview, 'toVersion'> & {
  readonly dry_run: true;
  readonly to_version: number;
};

export function previewAnswer({ toVersion, ...preview }: Preview): PreviewAnswer {
  return { dry_run: true, to_version: toVersion, ...preview };
}

export function migrationAnswer(row: MigrationRow): MigrationAnswer {
  const { pipeline_id: _pipeline, after_deal: _after, ...shown } = row;
  return {
    ...shown,
    created_at: formatInstant(row.created_at),
    updated_at: formatInstant(row.updated_at),
    finished_at: optional(row.finished_at),
  };
}
