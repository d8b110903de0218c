import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { instantField, limitField } from '../../platform/validation/index.ts';
import type { AuditRow } from './audit.repository.ts';

const word = z.string().max(200);

export const listAuditSchema = z.strictObject({
  limit: limitField,
  cursor: z.string().optional(),
  entity: word.optional(),
  entity_id: word.optional(),
  actor_id: word.optional(),
  action: word.optional(),
  /** Not before this time. */
  since: instantField.optional(),
  /** Before this time. */
  until: instantField.optional(),
});
export type ListAudit = z.output<typeof listAuditSchema>;

export const auditEntrySchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor_kind: z.string(),
  actor_id: z.string(),
  actor_name: z.string().nullable(),
  action: z.string(),
  entity: z.string(),
  entity_id: z.string().nullable(),
  entity_name: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditEntryView = z.output<typeof auditEntrySchema>;

export const auditPageSchema = z.object({
  items: z.array(auditEntrySchema),
  next: z.string().nullable(),
});

export function auditEntryView(row: AuditRow): AuditEntryView {
  return { ...row, at: formatInstant(row.at) };
}
