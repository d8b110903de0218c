import { ANY_FIELD, URGENCIES } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { feedSql } from '../../platform/records/index.ts';

/**
 * Tells other systems of the head account of a company or its profile. As each of the kinds that it may be: who was a partner
 * may have become a franchisee, and of what it never was there is nothing to read. One statement, because what waits has to be
 * locked in its order.
 */
export function tellOfCompany(tx: Transaction, tenantId: string, id: string): void {
  tx.send(
    feedSql(
      `SELECT kind AS entity, $2::text AS id, $3::smallint AS urgency, $4::text AS fields
       FROM unnest('{partner,franchisee}'::text[]) AS kind`,
    ),
    [tenantId, id, URGENCIES.indexOf('system'), ANY_FIELD],
  );
}
