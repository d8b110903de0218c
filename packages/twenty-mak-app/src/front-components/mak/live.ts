import { createClient } from 'graphql-ws';
import * as z from 'zod/mini';
import { makAddress } from './address.ts';
import { makToken } from './graphql.ts';

const changesSchema = z.object({ dealChanges: z.object({ ids: z.array(z.string()) }) });

/** As many ids as one message holds; then others may have changed as well. */
const IDS_LIMIT = 200;
const RETRY_ATTEMPTS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Calls `changed` when the deal has changed, and whenever the server begins to listen for it: before that, also after a lost
 * connection, it may have changed unheard. Gives the function that ends it.
 */
export function followDeal(dealId: string, changed: () => void): () => void {
  const client = createClient({
    url: async () => `${(await makAddress()).replace(/^http/, 'ws')}/graphql`,
    connectionParams: async () => ({ authorization: `Bearer ${await makToken()}` }),
    retryAttempts: RETRY_ATTEMPTS,
    retryWait: (retries) =>
      new Promise((resolve) => {
        setTimeout(resolve, Math.min(1_000 * 2 ** retries, LONGEST_PAUSE_MS));
      }),
    shouldRetry: () => true,
  });
  const end = client.subscribe(
    { query: 'subscription { dealChanges { ids } }' },
    {
      next: ({ data }) => {
        const read = changesSchema.safeParse(data);
        if (!read.success) return;
        const { ids } = read.data.dealChanges;
        // Without ids the server says that it listens from now on.
        if (ids.length === 0 || ids.includes(dealId) || ids.length >= IDS_LIMIT) changed();
      },
      // What is shown stays; it is read anew by the person.
      error: () => undefined,
      complete: () => undefined,
    },
  );
  return () => {
    end();
    void client.dispose();
  };
}
