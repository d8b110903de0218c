import { z } from 'zod';
import { FileError } from '../../../platform/tables/index.ts';

const column = z.string().min(1).max(200);
const printable = z
  .string()
  .regex(/^[\x20-\x7e]{1,200}$/, 'has 1 to 200 printable ASCII characters');
const columnOrValue = z.union([column, z.strictObject({ value: z.string().min(1).max(200) })]);

const time = z.union([
  column,
  z.strictObject({
    column,
    /** `iso`, `unix` (seconds), `unix_ms`, or a pattern such as `dd.MM.yyyy HH:mm:ss`. */
    format: z.string().min(1).max(60).default('iso'),
    /** IANA name for times without an offset. */
    zone: z.string().min(1).max(60).default('UTC'),
  }),
]);

const dealFields = z.strictObject({
  name: column.optional(),
  amount: z
    .union([
      column,
      z.strictObject({
        column,
        /** Decimal digits of the currency's minor unit: 2 for cents, 0 when the column has minor units. */
        digits: z.int().min(0).max(4).default(2),
      }),
    ])
    .optional(),
  currency: columnOrValue.optional(),
  attributes: z.array(column).max(100).optional(),
});

const dataField = z.union([
  column,
  z.strictObject({ column, as: z.enum(['text', 'number', 'boolean']).default('text') }),
]);

const mappingSchema = z.strictObject({
  source: printable.optional(),
  system: printable.optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  case: column.optional(),
  type: z
    .union([
      column,
      z.strictObject({ value: z.string().min(1).max(200) }),
      z.strictObject({ column, rename: z.record(z.string(), z.string().min(1).max(200)) }),
    ])
    .optional(),
  time: time.optional(),
  event_id: column.optional(),
  lifecycle: column.optional(),
  resource: column.optional(),
  refs: z
    .array(z.strictObject({ system: printable, column }))
    .max(19)
    .optional(),
  correlation_id: column.optional(),
  deal: dealFields.optional(),
  data: z.union([z.literal('*'), z.record(z.string().min(1).max(200), dataField)]).optional(),
});

/** How the columns of a file become events; docs/integrators/files.md describes every member. */
export type FileMapping = z.output<typeof mappingSchema>;

/** Checks a mapping. Throws FileError `invalid_mapping` that names the member at fault. */
export function readMapping(value: unknown): FileMapping {
  const parsed = mappingSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = ['mapping', ...(issue?.path ?? []), ...unknown].join('.');
  const reason = unknown.length > 0 ? 'is no member of a mapping' : (issue?.message ?? 'is wrong');
  throw new FileError(
    'invalid_mapping',
    `\`${field}\` ${reason}. See docs/integrators/files.md for the members of a mapping.`,
    field,
  );
}

/** Mappings that ship with the product, by name. */
export const PRESET_MAPPINGS: Readonly<Record<string, FileMapping>> = {
  // The loan log of the BPI Challenge 2012: whole euros in a trace attribute.
  credit: readMapping({
    deal: { amount: { column: 'AMOUNT_REQ', digits: 2 }, currency: { value: 'EUR' } },
  }),
};
