import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Brings the records of one connector of a tenant together. */
export const sync = defineJob({
  name: 'sync',
  schema: z.object({ tenantId: z.uuid(), connector: z.string() }),
  every: 'poll',
  concurrency: 8,
});

/** Compares everything of a connector anew, at night. */
export const syncReconcile = defineJob({
  name: 'sync-reconcile',
  schema: z.object({ tenantId: z.uuid(), connector: z.string() }),
  every: 600_000,
  concurrency: 1,
});

/** Deletes a tenant's old entries of the journal. */
export const syncRetention = defineJob({
  name: 'sync-retention',
  schema: z.object({ tenantId: z.uuid() }),
  every: 3_600_000,
  concurrency: 1,
});
