import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

/** Sends the letters that wait. */
export const notify = defineJob({
  name: 'notify',
  schema: z.object({}),
  every: 'poll',
  concurrency: 1,
});
