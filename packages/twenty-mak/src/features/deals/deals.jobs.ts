import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Moves deals to another version of their pipeline, chunk by chunk. */
export const dealRefold = defineJob({
  name: 'deal-refold',
  schema: z.object({ tenantId: z.uuid(), migrationId: z.uuid() }),
  every: 'poll',
  concurrency: 1,
});
