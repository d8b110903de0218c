import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/platform/database/index.ts';

/** A transaction that has begun to write before everything that follows, and does not end until it is told to. */
export async function longTransaction(database: Database): Promise<{ end: () => Promise<void> }> {
  const begun = Promise.withResolvers<void>();
  const ending = Promise.withResolvers<void>();
  const ended = database.within({ tenantId: randomUUID() }, async (transaction) => {
    await transaction.query('SELECT pg_current_xact_id()', []);
    begun.resolve();
    await ending.promise;
  });
  await begun.promise;
  return {
    end: async () => {
      ending.resolve();
      await ended;
    },
  };
}
