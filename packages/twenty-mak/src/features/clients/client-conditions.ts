import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound } from '../../platform/errors/index.ts';
import { seesContacts } from '../leads/index.ts';
import { findSegment } from '../segments/index.ts';
import type { MakeCondition } from '../segments/index.ts';
import { presentOf } from '../tenants/index.ts';
import { findClientsOfLead } from './clients-of-leads.repository.ts';
import { conditionOf } from './clients.filter.ts';

/** Clients of a segment. Throws `not_found`. */
export async function segmentCondition(
  tx: Transaction,
  principal: Principal,
  id: string,
): Promise<MakeCondition> {
  const segment = await findSegment(tx, principal, 'client', id);
  if (segment === undefined) throw notFound('segment');
  return conditionOf(segment.filter, await presentOf(tx, principal.tenantId));
}

/**
 * Clients of the person behind a lead; a company asks of its own, for it does not know the contacts of others. Throws
 * `forbidden`.
 */
export async function leadCondition(
  tx: Transaction,
  principal: Principal,
  leadId: string,
): Promise<MakeCondition> {
  const { tenantId, restrictedTo, scopes } = principal;
  if (!scopes.has('leads:read') || !seesContacts(principal))
    throw forbidden('Who may not see leads and their contacts may not look for clients by them.');
  const owner = scopes.has('persons:read') ? null : (restrictedTo ?? null);
  const ids = await findClientsOfLead(tx, tenantId, leadId, owner);
  return (next) => ({ sql: `c.id = ANY ($${next}::uuid[])`, values: [ids] });
}
