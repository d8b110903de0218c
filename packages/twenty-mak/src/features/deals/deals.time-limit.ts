import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';

/** How long PostgreSQL may look at deals that no counter and no index has counted, in seconds. */
export const TIME_LIMIT = 5;

const QUERY_CANCELED = '57014';

/**
 * Runs statements each of which may take a few seconds at most, so that a filter over millions of deals holds up
 * nobody else. Throws 422 `filter_too_broad`, after which the transaction is lost.
 */
export async function inLimitedTime<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  await tx.execute(`SET LOCAL statement_timeout = '${TIME_LIMIT}s'`);
  try {
    const result = await work();
    await tx.execute('SET LOCAL statement_timeout TO DEFAULT');
    return result;
  } catch (error) {
    if ((error as { code?: unknown }).code !== QUERY_CANCELED) throw error;
    throw new RefusalError({
      code: 'filter_too_broad',
      reason: `To count these deals takes more than ${TIME_LIMIT} seconds. Add an owner, a client, a text or a stage to the filter.`,
      field: 'filter',
    });
  }
}
