import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Brings what people have changed together: nothing else keeps them waiting, also of other tenants. */
export const syncPeople = defineJob({
  name: 'sync-people',
  schema: z.object({ tenantId: z.uuid(), connector: z.string() }),
  every: 'poll',
  concurrency: 8,
});

/** Brings all other records of one connector of a tenant together, and asks what changed there. */
export const sync = defineJob({
  name: 'sync',
  schema: z.object({ tenantId: z.uuid(), connector: z.string() }),
  every: 'poll',
  concurrency: 8,
});

/** Reads what the system of a connector has told. */
export const syncMessages = defineJob({
  name: 'sync-messages',
  schema: z.object({ tenantId: z.uuid(), connector: z.string() }),
  every: 'poll',
  concurrency: 4,
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
