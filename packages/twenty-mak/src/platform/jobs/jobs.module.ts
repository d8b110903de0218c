import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { JobBell } from './job-bell.ts';
import { JobRegistry, JOBS } from './job-registry.ts';
import { JobRunner } from './job-runner.ts';
import { JobWorker } from './job-worker.ts';
import type { JobDefinition } from './job.ts';

/** Both processes know every job and may ring for it; only the worker runs them. */
@Module({})
export class JobsModule {
  static as(role: 'api' | 'worker', jobs: readonly JobDefinition[]): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: JOBS, useValue: jobs },
        JobRegistry,
        JobBell,
        ...(role === 'worker' ? [JobRunner, JobWorker] : []),
      ],
      exports: [JobBell],
    };
  }
}
