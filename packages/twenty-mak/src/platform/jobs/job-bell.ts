import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import type { JobDefinition } from './job.ts';
import { queueConnection, QUEUE_PREFIX } from './redis-connection.ts';

/** Rings for the same place are sent at most this often, in milliseconds. */
const QUIET = 100;

/**
 * Calls a worker to a place at once instead of at its next look. A ring may be lost (no Redis, FLUSHALL): the work
 * stands in rows and is found by polling.
 */
@Injectable()
export class JobBell implements OnApplicationShutdown {
  private readonly connection: Redis;
  private readonly queues = new Map<string, Queue>();
  /** Places that were rung for a moment ago, and whether somebody rang again since. */
  private readonly recent = new Map<string, { again: boolean }>();
  private closed = false;

  constructor(@Inject(CONFIG) config: Config) {
    this.connection = queueConnection(config.REDIS_URL);
  }

  ring<Place extends object>(job: JobDefinition<Place>, place: Place): void {
    const key = `${job.name}/${placeKey(place)}`;
    const recent = this.recent.get(key);
    if (recent !== undefined) {
      recent.again = true;
      return;
    }
    const entry = { again: false };
    this.recent.set(key, entry);
    setTimeout(() => {
      this.recent.delete(key);
      if (entry.again) this.ring(job, place);
    }, QUIET).unref();
    this.send(job, place);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.connection.disconnect();
  }

  private send<Place extends object>(job: JobDefinition<Place>, place: Place): void {
    // Without this a ring would wait in memory until Redis is back, and so would all later ones.
    if (this.closed || this.connection.status !== 'ready') return;
    this.queue(job.name)
      .add(job.name, place, {
        removeOnComplete: true,
        removeOnFail: true,
        deduplication: { id: placeKey(place), keepLastIfActive: true },
      })
      .catch(() => undefined);
  }

  private queue(name: string): Queue {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const queue = new Queue(name, { connection: this.connection, prefix: QUEUE_PREFIX });
    queue.on('error', () => undefined);
    this.queues.set(name, queue);
    return queue;
  }
}

/** A place as text, the same for equal places. */
export function placeKey(place: object): string {
  const entries = Object.entries(place).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return entries.length === 0 ? 'all' : entries.map(([, value]) => String(value)).join('/');
}
