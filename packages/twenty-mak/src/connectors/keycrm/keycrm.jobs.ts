import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Deletes what was told long ago. */
export const keyCrmRetention = defineJob({
  name: 'keycrm-retention',
  schema: z.object({ tenantId: z.uuid() }),
  every: 3_600_000,
  concurrency: 1,
});
