import { z } from 'zod';
import { invalid, notRows } from './answers.ts';
import type { RowError } from './answers.ts';

const int = z.int();
const requestId = z.union([z.string(), int]).optional();
const tagSchema = z.object({ id: int.optional(), name: z.string().min(1).optional() });

export const valueSchema = z.object({
  value: z.unknown().optional(),
  enum_id: int.optional(),
  enum_code: z.string().nullish(),
});
const customSchema = z.object({
  field_id: int.optional(),
  field_code: z.string().optional(),
  values: z.array(valueSchema).max(40).nullable(),
});

const shared = {
  request_id: requestId,
  responsible_user_id: int.optional(),
  created_by: int.optional(),
  updated_by: int.optional(),
  created_at: int.optional(),
  updated_at: int.optional(),
  custom_fields_values: z.array(customSchema).nullable().optional(),
  tags_to_add: z.array(tagSchema).optional(),
  tags_to_delete: z.array(tagSchema).optional(),
  _embedded: z
    .object({
      tags: z.array(tagSchema).nullable().optional(),
      contacts: z.array(z.object({ id: int, is_main: z.boolean().optional() })).optional(),
      companies: z
        .array(z.object({ id: int }))
        .max(1)
        .optional(),
    })
    .optional(),
};

/** A row of any of the three kinds; which scalars a kind takes is looked at where it is written. */
export const recordSchema = z.object({
  ...shared,
  id: int.optional(),
  name: z.string().max(255).optional(),
  first_name: z.string().max(255).optional(),
  last_name: z.string().max(255).optional(),
  price: int.nonnegative().optional(),
  status_id: int.optional(),
  pipeline_id: int.optional(),
  loss_reason_id: int.nullable().optional(),
  closed_at: int.nullable().optional(),
});
export type RecordInput = z.output<typeof recordSchema>;

const partySchema = recordSchema.omit({ _embedded: true });
export const complexSchema = recordSchema.omit({ _embedded: true }).extend({
  _embedded: z
    .object({
      tags: z.array(tagSchema).nullable().optional(),
      contacts: z.array(partySchema).max(1).optional(),
      companies: z.array(partySchema).max(1).optional(),
      metadata: z.looseObject({ category: z.string() }).optional(),
    })
    .optional(),
});
export type ComplexInput = z.output<typeof complexSchema>;

export const taskSchema = z.object({
  id: int.optional(),
  request_id: requestId,
  task_type_id: int.optional(),
  text: z.string().optional(),
  complete_till: int.optional(),
  duration: int.optional(),
  entity_id: int.optional(),
  entity_type: z.enum(['leads', 'contacts', 'companies']).optional(),
  responsible_user_id: int.optional(),
  is_completed: z.boolean().optional(),
  result: z.object({ text: z.string() }).optional(),
  created_by: int.optional(),
  updated_by: int.optional(),
});
export type TaskInput = z.output<typeof taskSchema>;

export const NOTE_TYPES = [
  'common',
  'call_in',
  'call_out',
  'service_message',
  'extended_service_message',
  'message_cashier',
  'geolocation',
  'sms_in',
  'sms_out',
  'attachment',
] as const;
export const noteSchema = z.object({
  id: int.optional(),
  request_id: requestId,
  entity_id: int.optional(),
  note_type: z.enum(NOTE_TYPES).optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  responsible_user_id: int.optional(),
  created_by: int.optional(),
  updated_by: int.optional(),
});
export type NoteInput = z.output<typeof noteSchema>;

/** A row as it was sent, and what errors are told of it by. */
export interface Row<T> {
  readonly input: T;
  readonly key: string;
}

interface WithRequestId {
  readonly request_id?: string | number | undefined;
}

/** Rows of an array. Throws 400 with what is wrong with each, also for what is no array, and for too many. */
export function readRows<T extends WithRequestId>(
  schema: z.ZodType<T>,
  body: unknown,
  most = 250,
): readonly Row<T>[] {
  if (!Array.isArray(body) || body.length === 0)
    throw notRows('The request body must be an array that is not empty.');
  if (body.length > most) throw notRows(`At most ${most} entities are taken at once.`);
  const failed = new Map<string, readonly RowError[]>();
  const rows = body.flatMap((sent: unknown, index) => {
    const read = schema.safeParse(sent);
    if (read.success) return [{ input: read.data, key: keyOf(read.data, index) }];
    failed.set(String(index), read.error.issues.map(errorOf));
    return [];
  });
  if (failed.size > 0) throw invalid(failed);
  return rows;
}

/** One row that is sent as an object, with the id of the address. */
export function readRow<T extends WithRequestId>(
  schema: z.ZodType<T>,
  body: unknown,
  id: number,
): readonly Row<T>[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw notRows('The request body must be an object.');
  return readRows(schema, [{ ...body, id }]);
}

function keyOf({ request_id }: WithRequestId, index: number): string {
  return request_id === undefined ? String(index) : String(request_id);
}

function errorOf({ code, path, message }: z.core.$ZodIssue): RowError {
  const named = { path: path.join('.'), detail: message };
  if (code === 'too_big') return { code: 'TooMany', ...named };
  if (code === 'invalid_value') return { code: 'NotSupportedChoice', ...named };
  return { code: 'InvalidType', ...named };
}
