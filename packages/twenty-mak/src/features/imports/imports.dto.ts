import {
  CLIENT_IMPORT_FIELDS,
  formatInstant,
  IMPORT_DUPLICATES,
  IMPORT_ENCODINGS,
  LEAD_IMPORT_FIELDS,
  SEPARATORS,
} from 'twenty-mak-domain';
import type { ImportProfile, ImportSummary } from 'twenty-mak-domain';
import { z } from 'zod';
import { expectedVersion, limitField, textField } from '../../platform/validation/index.ts';
import type { Inspection } from './inspect-file.ts';
import type { ProfileRow } from './import-profiles.repository.ts';
import type { ImportDetail, ImportRow } from './imports.repository.ts';

/** Words of one closed list, and columns of one file. */
const MOST_WORDS = 5_000;
const MOST_COLUMNS = 500;

const word = z.string().max(200);

const FIELDS = [LEAD_IMPORT_FIELDS, CLIENT_IMPORT_FIELDS]
  .map(({ rows, names }) => `${rows}: ${names.join(', ')} or attributes.<key>.`)
  .join(' ');

export const profileSchema = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        column: z.string().max(1_000).describe('As the header names it.'),
        field: word.describe(FIELDS),
        values: z
          .record(word, word)
          .optional()
          .describe('What words of the file mean, of fields with closed lists.'),
      }),
    )
    .max(MOST_COLUMNS),
  defaults: z.record(word, word).default({}).describe('Values by field, where a row has none.'),
  country: z.string().length(2).optional().describe("Left out: the tenant's."),
  external_system: word.optional().describe('Where external_id is from.'),
  lists: z
    .record(word, z.array(word).max(MOST_WORDS))
    .optional()
    .describe('Fields whose words must be of a list, with the list.'),
  duplicates: z
    .enum(IMPORT_DUPLICATES)
    .optional()
    .describe(
      'Of clients that are known already: rows are rejected, or go into them. Left out: reject. What becomes of leads is a rule of the tenant.',
    ),
});
export type ProfileBody = z.output<typeof profileSchema>;

const formShape = {
  encoding: z.enum(IMPORT_ENCODINGS).optional().describe('Left out: the file tells.'),
  separator: z.enum(SEPARATORS).optional().describe('Left out: the file tells.'),
  sheet: z.string().max(200).optional().describe('Of a workbook; left out: the first one.'),
};

export const uploadQuery = z.strictObject({
  name: textField(200).describe('Name of the file, e.g. march.csv.'),
});

export const previewQuery = z.strictObject(formShape);

export const beginImportBody = z.strictObject({
  ...formShape,
  profile: profileSchema.optional(),
  profile_id: z.uuid().optional().describe('A saved profile instead.'),
});
export type BeginImport = z.output<typeof beginImportBody>;

export const listImportsQuery = z.strictObject({
  limit: limitField,
  cursor: z.string().max(1_000).optional(),
});

export const createProfileBody = z.strictObject({
  name: textField(100),
  profile: profileSchema,
});
export type CreateProfile = z.output<typeof createProfileBody>;

export const replaceProfileBody = createProfileBody.extend({ version: expectedVersion('profile') });
export type ReplaceProfile = z.output<typeof replaceProfileBody>;

const count = z.int().min(0);
const countsSchema = z.object({
  created: count,
  warned: count.describe(
    'Entered, and known already: whoever is responsible was told. Only leads.',
  ),
  merged: count.describe('Into what was there.'),
  rejected: count,
  empty: count,
});
const errorSchema = z.object({
  row: count.describe('The first row after the header is 1.'),
  column: z.string().nullable(),
  code: z.string(),
  reason: z.string(),
});
const unknownWordSchema = z.object({
  column: z.string(),
  word: z.string(),
  suggestion: z.string().nullable(),
  rows: count,
});

const reportSchema = z.object({
  rows: count,
  counts: countsSchema,
  errors: z.record(z.string(), count).describe('By column and code.'),
  first_errors: z.array(errorSchema),
  unknown_words: z.array(unknownWordSchema).describe('Words that are not in a closed list.'),
});
export type ReportAnswer = z.output<typeof reportSchema>;

export const importSchema = z.object({
  id: z.string(),
  file_name: z.string(),
  format: z.enum(['csv', 'xlsx']),
  size: count,
  status: z.enum(['uploaded', 'checking', 'checked', 'running', 'done', 'failed', 'cancelled']),
  encoding: z.string().nullable(),
  separator: z.string().nullable(),
  sheet: z.string().nullable(),
  rows_done: count,
  progress: z.number().describe('Part of the file that is read, from 0 to 1.'),
  counts: countsSchema.nullable().describe('Of the check or the import that goes on.'),
  forecast: countsSchema.nullable().describe('What the last check said would happen.'),
  failure: z
    .object({ code: z.string(), reason: z.string(), field: z.string().optional() })
    .nullable(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  ended_at: z.iso.datetime().nullable(),
});
export type ImportAnswer = z.output<typeof importSchema>;

export const importDetailSchema = importSchema.extend({
  profile: profileSchema.nullable(),
  report: reportSchema.nullable(),
  forecast_report: reportSchema.nullable(),
});
export type ImportDetailAnswer = z.output<typeof importDetailSchema>;

export const previewSchema = z.object({
  encoding: z.string().nullable(),
  encoding_certain: z.boolean(),
  separator: z.string().nullable(),
  sheet: z.string().nullable(),
  sheets: z.array(z.string()),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  mapping: z
    .array(z.object({ column: z.string(), field: z.string() }))
    .describe('What the names of columns suggest.'),
  header_is_data: z.boolean().describe('The first row names no columns; add one that does.'),
});
export type PreviewAnswer = z.output<typeof previewSchema>;

export const savedProfileSchema = z.object({
  id: z.string(),
  name: z.string(),
  profile: profileSchema,
  version: z.int(),
  updated_at: z.iso.datetime(),
});
export type SavedProfileAnswer = z.output<typeof savedProfileSchema>;

/** A profile as the rules read it; `country` is the tenant's. */
export function profileOf(body: ProfileBody, country: string): ImportProfile {
  const { external_system: externalSystem, lists, columns, duplicates } = body;
  return {
    columns: columns.map(({ column, field, values }) => ({
      column,
      field,
      ...(values === undefined ? {} : { values }),
    })),
    defaults: body.defaults,
    country: body.country ?? country,
    ...(externalSystem === undefined ? {} : { externalSystem }),
    ...(lists === undefined ? {} : { lists }),
    ...(duplicates === undefined ? {} : { duplicates }),
  };
}

function profileAnswer(profile: ImportProfile): ProfileBody {
  const { externalSystem, lists, duplicates } = profile;
  return {
    columns: profile.columns.map(({ column, field, values }) => ({
      column,
      field,
      ...(values === undefined ? {} : { values: { ...values } }),
    })),
    defaults: { ...profile.defaults },
    country: profile.country,
    ...(externalSystem === undefined ? {} : { external_system: externalSystem }),
    ...(lists === undefined
      ? {}
      : {
          lists: Object.fromEntries(
            Object.entries(lists).map(([field, words]) => [field, [...words]]),
          ),
        }),
    ...(duplicates === undefined ? {} : { duplicates }),
  };
}

export function importAnswer(row: ImportRow): ImportAnswer {
  const time = (at: number | null): string | null => (at === null ? null : formatInstant(at));
  return {
    id: row.id,
    file_name: row.file_name,
    format: row.format,
    size: row.size,
    status: row.status,
    encoding: row.encoding,
    separator: row.separator,
    sheet: row.sheet,
    rows_done: row.position_row,
    progress: row.progress,
    counts: row.counts,
    forecast: row.forecast_counts,
    failure: row.failure,
    created_at: formatInstant(row.created_at),
    started_at: time(row.started_at),
    ended_at: time(row.ended_at),
  };
}

export function importDetailAnswer({ row, report, forecast }: ImportDetail): ImportDetailAnswer {
  return {
    ...importAnswer(row),
    profile: row.profile === null ? null : profileAnswer(row.profile),
    report: report === null ? null : reportAnswer(report),
    forecast_report: forecast === null ? null : reportAnswer(forecast),
  };
}

function reportAnswer(summary: ImportSummary): ReportAnswer {
  return {
    rows: summary.rows,
    counts: summary.counts,
    errors: { ...summary.errors },
    first_errors: summary.firstErrors.map(({ row, column, code, reason }) => ({
      row,
      column,
      code,
      reason,
    })),
    unknown_words: summary.unknownWords.map((one) => ({ ...one })),
  };
}

export function previewAnswer({ form, ...inspection }: Inspection): PreviewAnswer {
  return {
    encoding: form.format === 'csv' ? form.encoding : null,
    encoding_certain: inspection.encodingCertain,
    separator: form.format === 'csv' ? form.separator : null,
    sheet: form.format === 'xlsx' ? form.sheet : null,
    sheets: [...inspection.sheets],
    columns: [...inspection.columns],
    rows: inspection.rows.map((row) => [...row]),
    mapping: inspection.mapping.map(({ column, field }) => ({ column, field })),
    header_is_data: inspection.headerIsData,
  };
}

export function savedProfileAnswer(row: ProfileRow): SavedProfileAnswer {
  return {
    id: row.id,
    name: row.name,
    profile: row.profile,
    version: row.version,
    updated_at: formatInstant(row.updated_at),
  };
}
