import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';

type Listener = (message: string) => void;

/**
 * Redis as a doorbell between processes: a ring says where to look, never what to do. A ring may be lost; whoever
 * waits for one also looks by itself from time to time.
 */
@Injectable()
export class Bus implements OnApplicationShutdown {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(@Inject(CONFIG) config: Config) {
    const connect = (): Redis => {
      const redis = new Redis(config.REDIS_URL, { maxRetriesPerRequest: 1, enableOfflineQueue: false, retryStrategy: (attempt) => Math.min(attempt * 50, 1_000) });
      redis.on('error', () => undefined);
      return redis;
    };
    this.publisher = connect();
    this.subscriber = connect();
    this.subscriber.on('ready', () => void this.resubscribe());
    this.subscriber.on('message', (channel: string, message: string) => this.listeners.get(channel)?.forEach((listener) => listener(message)));
  }

  /** Rings; a doorbell that is out of order is no error. */
  ring(channel: string, message = ''): void {
    this.publisher.publish(channel, message).catch(() => undefined);
  }

  /** Calls `listener` at every ring until the returned function is called. */
  listen(channel: string, listener: Listener): () => void {
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

  async alive(): Promise<boolean> {
    return this.publisher.ping().then(() => true, () => false);
  }

  onApplicationShutdown(): void {
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }

  private async resubscribe(): Promise<void> {
    const channels = [...this.listeners.keys()];
    if (channels.length > 0) await this.subscriber.subscribe(...channels).catch(() => undefined);
  }
}
