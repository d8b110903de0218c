import { randomUUID } from 'node:crypto';
import type { Fingerprint, Values } from 'twenty-mak-domain';
import type { Database } from '../../platform/database/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import { storedBuyerValues } from './buyer-values.ts';

/**
 * Looks for whoever has this address or number, and makes a buyer of them, alone among all processes: KeyCRM keeps any number of
 * buyers with the same one. Rejects with a `RemoteFailure` while another process does.
 */
export type Alone = <T>(values: Values, run: () => Promise<T>) => Promise<T>;

/** In seconds; more than the calls of one turn take. */
const LASTS = 180;
/** The work is tried again after this, in milliseconds. */
const SOON = 500;

/** The turns of a tenant. They are rows and no locks: calls take seconds, and no connection waits for them. */
export function buyerTurns(database: Database, tenantId: string, fingerprint: Fingerprint): Alone {
  return async (values, run) => {
    const { email = null, phone = null } = storedBuyerValues(values);
    // People write a number where an address belongs, too: the same one is one turn.
    const named = new Set([email, phone].filter((one) => one !== null));
    const digests = [...named].map(fingerprint);
    if (digests.length === 0) return run();
    const holder = randomUUID();
    await database.within({ tenantId }, async (tx) => {
      const taken = await tx.execute(
        `INSERT INTO keycrm_buyer_turn AS t (tenant_id, digest, holder, ends_at)
         SELECT $1, digest, $3, now() + $4 * interval '1 second' FROM unnest($2::text[]) AS digest ORDER BY digest
         ON CONFLICT (tenant_id, digest) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
           WHERE t.ends_at < now()`,
        [tenantId, digests, holder, LASTS],
      );
      if (taken < digests.length)
        throw new RemoteFailure('rate_limited', 'Somebody else looks for this buyer.', SOON);
    });
    try {
      return await run();
    } finally {
      await database.within({ tenantId }, async (tx) => {
        await tx.execute(deletion('holder = $2 ORDER BY digest FOR UPDATE'), [tenantId, holder]);
        // Those of who has died: nothing is kept of anybody.
        await tx.execute(deletion('ends_at < now() FOR UPDATE SKIP LOCKED'), [tenantId]);
      });
    }
  };
}

/** In the order in which they are taken, so that nobody waits for each other. */
function deletion(which: string): string {
  return `DELETE FROM keycrm_buyer_turn WHERE tenant_id = $1
    AND digest IN (SELECT digest FROM keycrm_buyer_turn WHERE tenant_id = $1 AND ${which})`;
}
