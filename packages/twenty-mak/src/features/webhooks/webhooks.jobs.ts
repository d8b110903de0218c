import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';

/** Sends what waits for one subscription. */
export const webhookDelivery = defineJob({
  name: 'webhook-delivery',
  schema: z.object({ tenantId: z.uuid(), subscriptionId: z.uuid() }),
  every: 'poll',
  concurrency: 16,
});

/** Deletes a tenant's deliveries that arrived long ago. Dead letters stay until somebody drops them. */
export const webhookRetention = defineJob({
  name: 'webhook-retention',
  schema: z.object({ tenantId: z.uuid() }),
  every: 3_600_000,
  concurrency: 1,
});
