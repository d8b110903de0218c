import { z } from 'zod';
import { defineJob } from '../jobs/job.ts';

/** Hands the events of a tenant's outbox to every consumer. */
export const outboxRelay = defineJob({
  name: 'outbox-relay',
  schema: z.object({ tenantId: z.uuid() }),
  every: 'poll',
  concurrency: 4,
});

/** Deletes the events of a tenant that everybody has read and that are older than the configured days. */
export const outboxRetention = defineJob({
  name: 'outbox-retention',
  schema: z.object({ tenantId: z.uuid() }),
  every: 3_600_000,
  concurrency: 1,
});
