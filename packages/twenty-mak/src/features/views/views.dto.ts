import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { expectedVersion, keyField, textField } from '../../platform/validation/index.ts';
import { GROUPINGS, sortField } from '../deals/index.ts';
import type { ViewRow } from './views.repository.ts';

export const VIEW_KINDS = ['board', 'table'] as const;
export type ViewKind = (typeof VIEW_KINDS)[number];

/** Views of one person, and shared ones of a tenant. */
export const MOST_OWN = 100;
export const MOST_SHARED = 500;
/** Bytes of a definition as JSON. */
const MOST_BYTES = 16 * 1024;

const columnSchema = z.strictObject({
  key: z.string().regex(/^[a-zA-Z][\w.:-]{0,63}$/, 'must be the name of a column'),
  width: z.int().min(20).max(2_000).optional(),
  visible: z.boolean(),
});

const columnsField = z
  .array(columnSchema)
  .max(100)
  .refine((columns) => new Set(columns.map(({ key }) => key)).size === columns.length, {
    error: 'must name each column once',
  });

export const definitionSchema = z
  .strictObject({
    filter: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('In the words of `DealFilterInput` of GraphQL, so that pages pass it on as it is.'),
    sort: z
      .string()
      .refine((text) => sortField.safeParse(text).success, {
        error: 'must be an order of deals, e.g. -amount',
      })
      .optional(),
    groupBy: z.enum(GROUPINGS).optional(),
    columns: columnsField.optional().describe('From left to right.'),
  })
  .refine((definition) => Buffer.byteLength(JSON.stringify(definition)) <= MOST_BYTES, {
    error: `must be at most ${MOST_BYTES} bytes long`,
  });
export type ViewDefinition = z.output<typeof definitionSchema>;

const settings = {
  name: textField(100),
  pipeline: keyField.nullable().describe('Null for all pipelines.'),
  definition: definitionSchema,
  shared: z.boolean(),
  position: z.int().min(0).max(100_000).describe('Order in the list; equal ones go by name.'),
};

export const createViewSchema = z.strictObject({
  ...settings,
  kind: z.enum(VIEW_KINDS),
  pipeline: settings.pipeline.default(null),
  shared: settings.shared.default(false),
  position: settings.position.default(0),
});
export type CreateView = z.output<typeof createViewSchema>;

export const editViewSchema = z.strictObject({
  version: expectedVersion('view'),
  ...z.object(settings).partial().shape,
});
export type EditView = z.output<typeof editViewSchema>;

export const listViewsSchema = z.strictObject({ kind: z.enum(VIEW_KINDS).optional() });
export type ListViews = z.output<typeof listViewsSchema>;

export const viewSchema = z.object({
  id: z.uuid(),
  kind: z.enum(VIEW_KINDS),
  ...settings,
  owner_id: z.uuid(),
  editable: z.boolean().describe('Whether the caller may change and delete it.'),
  version: z.int(),
  updated_at: z.iso.datetime(),
});
export type ViewAnswer = z.output<typeof viewSchema>;
export const viewsSchema = z.object({ items: z.array(viewSchema), next: z.null() });

/** A view as the API shows it. */
export function viewAnswer(row: ViewRow, editable: boolean): ViewAnswer {
  return { ...row, editable, updated_at: formatInstant(row.updated_at) };
}
