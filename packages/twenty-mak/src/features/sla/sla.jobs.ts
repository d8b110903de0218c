import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Publishes the breaches of a tenant whose due time has passed. */
export const slaSweep = defineJob({
  name: 'sla-sweep',
  schema: z.object({ tenantId: z.uuid() }),
  every: 'poll',
  concurrency: 2,
});
