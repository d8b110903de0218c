import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { HandlesJob } from './job.ts';
import type { JobDefinition, JobHandler } from './job.ts';

/** Token of the list of all jobs. */
export const JOBS = Symbol('Jobs');

export interface RegisteredJob {
  readonly job: JobDefinition;
  readonly handler: JobHandler;
}

export interface NamedHandler {
  /** Name of the job that it says it handles. */
  readonly job: string;
  readonly handler: object;
}

/**
 * Brings jobs and handlers together. Throws when a name is used twice, a job has no handler or several, or a handler
 * belongs to no job of the list: such a process would lose work in silence.
 */
export function registerJobs(
  jobs: readonly JobDefinition[],
  handlers: readonly NamedHandler[],
): ReadonlyMap<string, RegisteredJob> {
  const registered = new Map<string, RegisteredJob>();
  for (const job of jobs) {
    if (registered.has(job.name)) throw new Error(`Two jobs are named ${job.name}.`);
    const own = handlers.filter((one) => one.job === job.name).map(({ handler }) => handler);
    const [handler] = own;
    if (own.length !== 1 || handler === undefined || !isHandler(handler)) {
      throw new Error(`The job ${job.name} needs exactly one handler; it has ${own.length}.`);
    }
    registered.set(job.name, { job, handler });
  }
  for (const { job, handler } of handlers) {
    if (!registered.has(job)) {
      throw new Error(
        `${handler.constructor.name} handles ${job}, which is not in the list of jobs.`,
      );
    }
  }
  return registered;
}

function isHandler(value: object): value is JobHandler {
  return 'find' in value && 'handle' in value;
}

/** Every job with its handler, complete once the application has started. */
@Injectable()
export class JobRegistry implements OnModuleInit {
  private registered: ReadonlyMap<string, RegisteredJob> = new Map();

  constructor(
    @Inject(JOBS) private readonly jobs: readonly JobDefinition[],
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
  ) {}

  onModuleInit(): void {
    const handlers = this.discovery
      .getProviders({ metadataKey: HandlesJob.KEY })
      .flatMap((wrapper) => {
        const job = this.discovery.getMetadataByDecorator(HandlesJob, wrapper);
        return job === undefined ? [] : [{ job: job.name, handler: wrapper.instance as object }];
      });
    this.registered = registerJobs(this.jobs, handlers);
  }

  all(): readonly RegisteredJob[] {
    return [...this.registered.values()];
  }
}
