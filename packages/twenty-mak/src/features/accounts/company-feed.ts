import type { Transaction } from '../../platform/database/index.ts';
import { markChanged } from '../../platform/records/index.ts';

/** Kinds of records that a company may be. */
const KINDS = ['partner', 'franchisee'] as const;

/**
 * Tells other systems of the head account of a company or its profile. As each of the kinds that it may be: who was a partner
 * may have become a franchisee, and of what it never was there is nothing to read.
 */
export function tellOfCompany(tx: Transaction, tenantId: string, id: string): void {
  for (const kind of KINDS)
    markChanged(tx, tenantId, kind, [{ id, urgency: 'system', fields: [] }]);
}
