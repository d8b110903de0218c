import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { expectedVersion, textField } from '../../platform/validation/index.ts';
import type { SegmentRow } from './segments.repository.ts';

const filterField = z
  .record(z.string(), z.unknown())
  .describe(
    'Questions joined by `all`, `any`, `not`: `{"field": "amount", "from": 100}`. No names, numbers or addresses.',
  );

export const createSegmentBody = z.strictObject({
  name: textField(100),
  filter: filterField,
  shared: z.boolean().default(false),
});
export type CreateSegment = z.output<typeof createSegmentBody>;

export const editSegmentBody = z
  .strictObject({
    name: textField(100).optional(),
    filter: filterField.optional(),
    shared: z.boolean().optional(),
    version: expectedVersion('segment'),
  })
  .refine((body) => Object.keys(body).length > 1, { error: 'must change something' });
export type EditSegment = z.output<typeof editSegmentBody>;

export const segmentSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  filter: z.record(z.string(), z.unknown()),
  shared: z.boolean(),
  owner_id: z.string(),
  editable: z.boolean().describe('Whether the caller may change and delete it.'),
  version: z.int(),
  updated_at: z.iso.datetime(),
});
export type SegmentAnswer = z.output<typeof segmentSchema>;

export const segmentSizeSchema = z.object({
  records: z.int().describe('How many records of those that the caller sees belong to it.'),
  more: z.boolean().describe('There are more; no further was counted.'),
});
export type SegmentSize = z.output<typeof segmentSizeSchema>;

export const sizedSegmentSchema = segmentSchema.extend({
  size: segmentSizeSchema.nullable().describe('Null: the caller may not ask for its fields.'),
});
export type SizedSegmentAnswer = z.output<typeof sizedSegmentSchema>;

export function segmentAnswer(
  { entity: _entity, ...row }: SegmentRow,
  editable: boolean,
): SegmentAnswer {
  const updated_at = formatInstant(row.updated_at);
  return { ...row, filter: { ...row.filter }, editable, updated_at };
}
