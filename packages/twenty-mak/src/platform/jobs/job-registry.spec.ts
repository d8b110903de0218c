import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registerJobs } from './job-registry.ts';
import { defineJob } from './job.ts';
import type { JobHandler } from './job.ts';

const sweep = defineJob({ name: 'sweep', schema: z.object({}), every: 'poll', concurrency: 1 });

class Sweeper implements JobHandler {
  async find(): Promise<object[]> {
    return [];
  }
  async handle(): Promise<void> {}
}

describe('registerJobs', () => {
  it('brings a job and its one handler together', () => {
    const handler = new Sweeper();
    expect(registerJobs([sweep], [{ job: 'sweep', handler }]).get('sweep')).toEqual({
      job: sweep,
      handler,
    });
  });

  it('refuses a job without a handler', () => {
    expect(() => registerJobs([sweep], [])).toThrow('sweep needs exactly one handler; it has 0');
  });

  it('refuses a job with two handlers', () => {
    const handlers = [new Sweeper(), new Sweeper()].map((handler) => ({ job: 'sweep', handler }));
    expect(() => registerJobs([sweep], handlers)).toThrow('exactly one handler; it has 2');
  });

  it('refuses a handler whose job is not in the list', () => {
    const handlers = ['sweep', 'unknown'].map((job) => ({ job, handler: new Sweeper() }));
    expect(() => registerJobs([sweep], handlers)).toThrow('Sweeper handles unknown');
  });

  it('refuses two jobs of one name', () => {
    const handlers = [{ job: 'sweep', handler: new Sweeper() }];
    expect(() => registerJobs([sweep, sweep], handlers)).toThrow('Two jobs are named sweep');
  });

  it('refuses a provider that is no handler', () => {
    expect(() => registerJobs([sweep], [{ job: 'sweep', handler: {} }])).toThrow('exactly one');
  });
});
