import { Redis } from 'ioredis';

/**
 * A connection as BullMQ wants it: it waits for Redis for ever, and comes back by itself. Errors are only the absence
 * of the doorbell, which the polling of the worker makes up for.
 */
export function queueConnection(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    enableReadyCheck: true,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
  });
  redis.on('error', () => undefined);
  return redis;
}

/** BullMQ wraps a name in braces so that a cluster keeps a queue's keys together. */
export const QUEUE_PREFIX = '{mak}';
