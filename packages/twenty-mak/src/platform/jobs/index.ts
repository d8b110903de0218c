export { JobBell } from './job-bell.ts';
export { defineJob, HandlesJob } from './job.ts';
export type { JobDefinition, JobHandler } from './job.ts';
export { JobsModule } from './jobs.module.ts';
