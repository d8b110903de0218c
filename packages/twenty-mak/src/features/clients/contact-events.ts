import { isDeepStrictEqual } from 'node:util';
import { CONTACT_FIELDS } from 'twenty-mak-domain';
import type { ContactField, Instant, Values } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { announce } from '../../platform/outbox/index.ts';

export interface ChangedContact {
  readonly id: string;
  readonly version: number;
  readonly clientId: string;
  readonly fields: readonly ContactField[];
  /** Key of the connector of the system that has changed it. */
  readonly system: string;
}

/** Names of the fields that differ; of somebody new, those that hold something. */
export function changedContactFields(before: Values, after: Values): readonly ContactField[] {
  return CONTACT_FIELDS.filter(
    (name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null),
  );
}

/** Tells the world what another system has changed of a contact: which fields, never what stands in them. */
export function announceContact(
  tx: Transaction,
  tenantId: string,
  { id, version, clientId, fields, system }: ChangedContact,
  at: Instant,
): void {
  if (fields.length === 0) return;
  announce(tx, tenantId, [
    {
      type: 'contact.changed',
      subjectId: id,
      subjectVersion: version,
      occurredAt: at,
      data: { client_id: clientId, fields: [...fields], system },
    },
  ]);
}
