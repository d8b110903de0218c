import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Builds the rollups of a tenant that has none yet, or whose rules or time zone have changed since. */
export const rollupBuild = defineJob({
  name: 'rollup-build',
  schema: z.object({ tenantId: z.uuid() }),
  every: 'poll',
  concurrency: 1,
});
