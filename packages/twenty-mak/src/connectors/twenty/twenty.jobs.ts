import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Reads what a tenant's twenty has told. */
export const twentyInbox = defineJob({
  name: 'twenty-inbox',
  schema: z.object({ tenantId: z.uuid() }),
  every: 'poll',
  concurrency: 4,
});

/** Deletes what was told long ago. */
export const twentyRetention = defineJob({
  name: 'twenty-retention',
  schema: z.object({ tenantId: z.uuid() }),
  every: 3_600_000,
  concurrency: 1,
});
