import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { afterCommit } from '../database/index.ts';

interface Listener {
  readonly heard: (message: string) => void;
  /** Rings may have been missed, and arrive again from now on. */
  readonly missed: (() => void) | undefined;
}

/** Equal rings go out at most this often, in milliseconds; a writer at full speed would ring a hundred times a second. */
const QUIET = 25;

/**
 * Redis as a doorbell between processes: a ring says where to look, never what to do. A ring may be lost; whoever
 * waits for one also looks by itself from time to time.
 */
@Injectable()
export class Bus implements OnApplicationShutdown {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly listeners = new Map<string, Set<Listener>>();
  /** Rings of a moment ago, and whether somebody rang again since. */
  private readonly recent = new Map<string, { again: boolean }>();

  constructor(@Inject(CONFIG) config: Config) {
    this.publisher = connect(config.REDIS_URL, { commandTimeout: 2_000 });
    // It subscribes anew by itself otherwise, and nobody hears when that fails: the process would end.
    this.subscriber = connect(config.REDIS_URL, { autoResubscribe: false });
    this.subscriber.on('ready', () => void this.resubscribe());
    this.subscriber.on('message', (channel: string, message: string) =>
      this.listeners.get(channel)?.forEach(({ heard }) => heard(message)),
    );
  }

  /** Rings once what is being done is committed; a doorbell that is out of order is no error. */
  ring(channel: string, message = ''): void {
    afterCommit(() => this.ringOnce(channel, message));
  }

  /** Calls `heard` at every ring, and `missed` after Redis was away, until the returned function is called. */
  listen(channel: string, heard: Listener['heard'], missed?: Listener['missed']): () => void {
    const listener = { heard, missed };
    const listeners = this.listeners.get(channel) ?? new Set();
    listeners.add(listener);
    this.listeners.set(channel, listeners);
    if (listeners.size === 1) this.subscriber.subscribe(channel).catch(() => undefined);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.listeners.get(channel) !== listeners) return;
      this.listeners.delete(channel);
      this.subscriber.unsubscribe(channel).catch(() => undefined);
    };
  }

  /** Resolves once rings on the channel arrive; at once without Redis, when none do. */
  async arrives(channel: string): Promise<void> {
    await this.subscriber.subscribe(channel).catch(() => undefined);
  }

  /** Whether any process listens to the channel now. Rejects when Redis does not answer. */
  async hasListeners(channel: string): Promise<boolean> {
    const counts = await this.publisher.pubsub('NUMSUB', channel);
    return Number(counts[1]) > 0;
  }

  /** Publishes in order. Rejects when Redis did not take every message. */
  async publish(channel: string, messages: readonly string[]): Promise<void> {
    const pipeline = this.publisher.pipeline();
    for (const message of messages) pipeline.publish(channel, message);
    const answers = (await pipeline.exec()) ?? [];
    for (const [error] of answers) if (error !== null) throw error;
  }

  async alive(): Promise<boolean> {
    return this.publisher.ping().then(
      () => true,
      () => false,
    );
  }

  onApplicationShutdown(): void {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }

  private ringOnce(channel: string, message: string): void {
    const key = `${channel} ${message}`;
    const recent = this.recent.get(key);
    if (recent !== undefined) {
      recent.again = true;
      return;
    }
    const entry = { again: false };
    this.recent.set(key, entry);
    setTimeout(() => {
      this.recent.delete(key);
      if (entry.again) this.ringOnce(channel, message);
    }, QUIET);
    this.publisher.publish(channel, message).catch(() => undefined);
  }

  private async resubscribe(): Promise<void> {
    const channels = [...this.listeners.keys()];
    if (channels.length === 0) return;
    await this.subscriber.subscribe(...channels).catch(() => undefined);
    for (const channel of channels)
      this.listeners.get(channel)?.forEach(({ missed }) => missed?.());
  }
}

function connect(url: string, options: RedisOptions = {}): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    ...options,
  });
  redis.on('error', () => undefined);
  return redis;
}
