import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { JobRegistry } from './job-registry.ts';
import type { RegisteredJob } from './job-registry.ts';
import { JobRunner } from './job-runner.ts';
import { queueConnection, QUEUE_PREFIX } from './redis-connection.ts';

/** How long a shutdown waits for running work before it leaves it to the next process, in milliseconds. */
const PATIENCE = 20_000;

/**
 * The worker's two ways to work: BullMQ brings rings at once, and a look into PostgreSQL at every interval finds what
 * no ring told of. Both end in the same run, so without Redis everything still happens, only later.
 */
@Injectable()
export class JobWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Jobs');
  private readonly connection: Redis;
  private readonly workers: Worker[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly looks = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(JobRunner) private readonly runner: JobRunner,
  ) {
    this.connection = queueConnection(config.REDIS_URL);
  }

  onApplicationBootstrap(): void {
    for (const registered of this.registry.all()) {
      this.workers.push(this.listen(registered));
      this.lookAfter(registered, 0);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.timers.forEach((timer) => clearTimeout(timer));
    await this.runner.stop(PATIENCE);
    await Promise.allSettled(this.looks);
    const late = new Promise<void>((resolve) => setTimeout(resolve, 1_000).unref());
    // The runs are over; only the connections are left, and without Redis they would never say goodbye.
    await Promise.race([
      Promise.allSettled(this.workers.map((worker) => worker.close(true))),
      late,
    ]);
    this.connection.disconnect();
  }

  private listen(registered: RegisteredJob): Worker {
    const { name, concurrency } = registered.job;
    const worker = new Worker<object>(name, (job) => this.runner.run(registered, job.data), {
      connection: this.connection,
      prefix: QUEUE_PREFIX,
      concurrency,
    });
    worker.on('error', () => undefined);
    return worker;
  }

  private lookAfter(registered: RegisteredJob, delay: number): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const look = this.look(registered).finally(() => {
        this.looks.delete(look);
        this.lookAfter(registered, this.interval(registered));
      });
      this.looks.add(look);
    }, delay);
    this.timers.add(timer);
  }

  /** Workers of one installation should not all look in the same instant. */
  private interval({ job }: RegisteredJob): number {
    const every = job.every === 'poll' ? this.config.MAK_POLL_INTERVAL_MS : job.every;
    return every * (0.9 + Math.random() * 0.2);
  }

  private async look(registered: RegisteredJob): Promise<void> {
    const { job, handler } = registered;
    try {
      for (const place of await handler.find()) this.runner.offer(registered, place);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.logger.error(`${job.name} could not look for work: ${reason}`);
    }
  }
}
