import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Brings the records of one connector of a tenant together. */
export const sync = defineJob({
  name: 'sync',
  schema: z.object({ tenantId: z.uuid(), connector: z.string() }),
  every: 'poll',
  concurrency: 8,
});

/** Deletes a tenant's old entries of the journal. */
export const syncRetention = defineJob({
  name: 'sync-retention',
  schema: z.object({ tenantId: z.uuid() }),
  every: 3_600_000,
  concurrency: 1,
});
