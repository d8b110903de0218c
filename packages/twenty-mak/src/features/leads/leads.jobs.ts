import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Compares names of new leads with those of others, batch by batch. */
export const leadCompare = defineJob({
  name: 'lead-compare',
  schema: z.object({ tenantId: z.uuid() }),
  every: 'poll',
  concurrency: 1,
});

/** Does to leads of earlier releases what is done to others at once. */
export const leadRepair = defineJob({
  name: 'lead-repair',
  schema: z.object({ tenantId: z.uuid() }),
  every: 'poll',
  concurrency: 1,
});
