import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Closes the lots of a tenant whose end has come. */
export const auctionClosing = defineJob({
  name: 'auction',
  schema: z.object({ tenantId: z.uuid(), lotId: z.uuid() }),
  every: 'poll',
  concurrency: 4,
});

/** Tells the people of a tenant what happens to the lots that concern them. */
export const auctionNotices = defineJob({
  name: 'auction-notices',
  schema: z.object({ tenantId: z.uuid() }),
  every: 'poll',
  concurrency: 2,
});
