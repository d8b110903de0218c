import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Counter, Histogram } from 'prom-client';
import { Metrics } from '../observability/metrics.ts';
import { inSpan } from '../observability/tracing.ts';
import { placeKey } from './job-bell.ts';
import type { RegisteredJob } from './job-registry.ts';

interface Run {
  again: boolean;
  done: Promise<void>;
}

/** Runs handlers in this process: one run a place at a time, and once more if somebody called during the run. */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger('Jobs');
  private readonly running = new Map<string, Run>();
  /** Places that a look found and that wait for a free lane of their job. */
  private readonly waiting = new Map<string, Map<string, object>>();
  private readonly lanes = new Map<string, number>();
  private readonly told = new Map<string, number>();
  private readonly stopping = new AbortController();
  private readonly durations: Histogram<'job'>;
  private readonly failures: Counter<'job'>;

  constructor(@Inject(Metrics) metrics: Metrics) {
    const buckets = [0.005, 0.02, 0.1, 0.5, 2, 10, 60];
    this.durations = metrics.histogram(
      'mak_jobs_run_seconds',
      'Time of one run of a job.',
      buckets,
      ['job'],
    );
    this.failures = metrics.counter('mak_jobs_failures_total', 'Runs of a job that failed.', [
      'job',
    ]);
  }

  /** Resolves when the place has been worked on. Never rejects: a failed place is found again by the next look. */
  async run(registered: RegisteredJob, place: object): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const { job, handler } = registered;
    const parsed = job.schema.safeParse(place);
    if (!parsed.success) {
      this.failures.inc({ job: job.name });
      this.logger.error(`${job.name}: a job does not have the shape of its schema and was dropped`);
      return;
    }
    const key = `${job.name}/${placeKey(parsed.data)}`;
    const current = this.running.get(key);
    if (current !== undefined) {
      current.again = true;
      return current.done;
    }
    const run: Run = { again: false, done: Promise.resolve() };
    this.running.set(key, run);
    run.done = this.loop(key, run, job.name, () =>
      handler.handle(parsed.data, this.stopping.signal),
    );
    await run.done;
  }

  /** Takes up a place as soon as one of the job's lanes is free, unless it is waiting or being worked on already. */
  offer(registered: RegisteredJob, place: object): void {
    const { name, concurrency } = registered.job;
    const key = placeKey(place);
    if (this.running.has(`${name}/${key}`)) return;
    const waiting = this.waiting.get(name) ?? new Map<string, object>();
    waiting.set(key, place);
    this.waiting.set(name, waiting);
    const busy = this.lanes.get(name) ?? 0;
    if (busy >= concurrency) return;
    this.lanes.set(name, busy + 1);
    void this.drain(registered, waiting);
  }

  /** Asks all runs to stop and waits for them, at most `patience` milliseconds. */
  async stop(patience: number): Promise<void> {
    this.stopping.abort();
    this.waiting.forEach((places) => places.clear());
    const all = Promise.all([...this.running.values()].map(({ done }) => done));
    const late = new Promise<void>((resolve) => setTimeout(resolve, patience).unref());
    await Promise.race([all, late]);
  }

  /** A place that fails is tried at every look; the log gets the same line at most every half minute. */
  private tell(line: string): void {
    const now = performance.now();
    if ((this.told.get(line) ?? 0) > now) return;
    if (this.told.size > 1_000) this.told.clear();
    this.told.set(line, now + 30_000);
    this.logger.error(line);
  }

  private async drain(registered: RegisteredJob, waiting: Map<string, object>): Promise<void> {
    for (let [next] = waiting; next !== undefined; [next] = waiting) {
      waiting.delete(next[0]);
      await this.run(registered, next[1]);
    }
    const { name } = registered.job;
    this.lanes.set(name, (this.lanes.get(name) ?? 1) - 1);
  }

  private async loop(
    key: string,
    run: Run,
    name: string,
    work: () => Promise<void>,
  ): Promise<void> {
    do {
      run.again = false;
      const end = this.durations.startTimer({ job: name });
      try {
        await inSpan(`job ${name}`, { 'mak.job': name }, work);
      } catch (error) {
        this.failures.inc({ job: name });
        this.tell(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
        run.again = false;
      }
      end();
    } while (run.again && !this.stopping.signal.aborted);
    // In the same breath as the question above: a call in between would be heard by nobody.
    this.running.delete(key);
  }
}
