import { faultsOf as faultsIn } from '../../src/bench/auction-check.ts';
import type { TestDatabase } from './database.ts';

/** What stands in the database about a lot and all the money of its tenant, held against the rules. Empty when all is right. */
export function faultsOf(
  database: TestDatabase,
  tenantId: string,
  lotId: string,
): Promise<readonly string[]> {
  return faultsIn((sql, values) => database.query(sql, [...values]), tenantId, lotId);
}
