import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Checks or takes in one file, or forgets what is left of it once its time has come. */
export const fileImport = defineJob({
  name: 'import',
  schema: z.object({ tenantId: z.uuid(), importId: z.uuid() }),
  every: 'poll',
  concurrency: 2,
});
