import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, send, waitForExit } from '../../src/cli/local/processes.ts';
import { launchService, stopService } from '../../src/cli/stack/index.ts';
import type { Paths, ServiceName, ServiceRecord } from '../../src/cli/stack/index.ts';
import { isReady, tailOfLog } from '../../src/cli/stack/services.ts';
import type { ServiceStart } from '../../src/cli/stack/services.ts';

/** How long a process may take from its start until it works, on a busy machine. */
const PATIENCE_MS = 120_000;
const STOP_PATIENCE_MS = 30_000;

/** One process of the server, with somebody who starts it again when it ended. */
export class Replica {
  readonly name: ServiceName;
  readonly url: string;
  /** It ended by itself, or did not end when it was asked to. */
  readonly misdeeds: string[] = [];
  /** How often it was ended. */
  killed = 0;
  private readonly paths: Paths;
  private readonly options: ServiceStart;
  private record: ServiceRecord | null = null;
  private ready = false;
  private ended = false;
  private killing = false;
  /** When PostgreSQL was last missing. A process that starts just then may give up. */
  private databaseAway = -Infinity;
  private guard: Promise<void> = Promise.resolve();

  constructor(paths: Paths, name: ServiceName, options: ServiceStart) {
    this.paths = paths;
    this.name = name;
    this.options = options;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  start(): void {
    this.guard = this.keepRunning();
  }

  get pid(): number | null {
    return this.record?.pid ?? null;
  }

  /** Waits until it works. */
  async up(): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    while (!this.ready || !(await isReady(this.options.port))) {
      if (performance.now() > deadline) {
        throw new Error(
          `${this.name} is not ready. Its last words:\n${tailOfLog(this.paths, this.name)}`,
        );
      }
      await sleep(50);
    }
  }

  /** Also while it is starting; then it begins anew. */
  async kill(): Promise<void> {
    const { record } = this;
    if (record === null || !isRunning(record)) return;
    this.killing = true;
    this.killed += 1;
    send(record.pid, 'SIGKILL');
    await waitForExit(record.pid, 10_000);
  }

  /** Asks it to end, as an upgrade does; it finishes what it has begun. */
  async stop(): Promise<void> {
    const { record } = this;
    if (record === null || !isRunning(record)) return;
    this.killing = true;
    this.killed += 1;
    send(record.pid, 'SIGTERM');
    if (await waitForExit(record.pid, STOP_PATIENCE_MS)) return;
    this.misdeeds.push(`${this.name} does not end when it is asked to`);
    send(record.pid, 'SIGKILL');
    await waitForExit(record.pid, 10_000);
  }

  /** Stands still for a while, as on an overloaded machine; then it goes on and believes that no time has passed. */
  async freeze(duration: number): Promise<void> {
    const { record } = this;
    if (record === null || !isRunning(record)) return;
    send(record.pid, 'SIGSTOP');
    await sleep(duration);
    if (isRunning(record)) send(record.pid, 'SIGCONT');
  }

  databaseWasAway(): void {
    this.databaseAway = performance.now();
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.guard;
    await stopService(this.paths, this.name);
  }

  private async keepRunning(): Promise<void> {
    while (!this.ended) {
      this.ready = false;
      this.killing = false;
      const startedAt = performance.now();
      const record = await launchService(this.paths, this.name, this.options);
      this.record = record;
      while (!this.ended && isRunning(record)) {
        if (!this.ready) this.ready = await isReady(this.options.port);
        await sleep(50);
      }
      if (this.ended || this.killing) continue;
      const wasStarting = !this.ready && this.databaseAway > startedAt - 1_000;
      if (!wasStarting) {
        this.misdeeds.push(
          `${this.name} ended by itself. Its last words:\n${tailOfLog(this.paths, this.name)}`,
        );
      }
      await sleep(200);
    }
  }
}
