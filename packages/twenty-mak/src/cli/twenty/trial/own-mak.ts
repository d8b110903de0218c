import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../local/ports.ts';
import { startPostgres } from '../../local/postgres.ts';
import { send, waitForExit } from '../../local/processes.ts';
import { startRedis } from '../../local/redis.ts';
import { buildServer, buildWebApp } from '../../stack/build.ts';
import { runOnce } from '../../stack/demo.ts';
import {
  launchService,
  loadSecrets,
  ownerEnvironment,
  resetStack,
  resolvePaths,
  serverEnvironment,
  waitForService,
} from '../../stack/index.ts';
import type { Paths, ServiceName, ServiceRecord } from '../../stack/index.ts';

const NAMES = ['api', 'worker'] as const;

interface Start {
  readonly environment: Record<string, string>;
  readonly fingerprint: string;
  readonly ports: Readonly<Record<ServiceName, number>>;
}

interface Wanted {
  /** Where twenty and browsers reach it; null: on this machine. */
  readonly publicUrl: string | null;
  readonly port: number | null;
  /** Whether people will open its pages. */
  readonly pages: boolean;
}

/** A MaK of its own in a temporary folder: PostgreSQL, Redis, api and worker, which can be killed and started again. */
export class OwnMak {
  /** Where it answers on this machine. */
  readonly url: string;
  readonly publicUrl: string;
  readonly operatorKey: string;
  private readonly paths: Paths;
  private readonly start: Start;
  private readonly running = new Map<ServiceName, ServiceRecord>();

  private constructor(paths: Paths, start: Start, publicUrl: string) {
    this.paths = paths;
    this.start = start;
    this.url = `http://127.0.0.1:${start.ports.api}`;
    this.publicUrl = publicUrl;
    this.operatorKey = loadSecrets(paths).operatorKey;
  }

  static async start(wanted: Wanted): Promise<OwnMak> {
    const { tools } = resolvePaths();
    const folder = mkdtempSync(join(tmpdir(), 'mak-twenty-test-'));
    // PostgreSQL may run as another user and has to pass through.
    chmodSync(folder, 0o711);
    const paths = { ...resolvePaths(folder), tools };
    try {
      const fingerprint = buildServer(paths);
      if (wanted.pages) buildWebApp(paths);
      const postgres = await startPostgres({ dir: paths.postgres });
      const redis = await startRedis({ dir: paths.redis, toolsDir: tools });
      const backing = { postgresUrl: postgres.url, redisUrl: redis.url };
      const ports = { api: wanted.port ?? (await freePort()), worker: await freePort() };
      const publicUrl = wanted.publicUrl ?? `http://127.0.0.1:${ports.api}`;
      const settings = {
        MAK_MODE: 'production',
        MAK_ALLOW_PRIVATE_WEBHOOKS: 'true',
        PUBLIC_URL: publicUrl,
        MAK_MAIL_DIR: paths.mail,
        MAK_FILES_DIR: paths.files,
      };
      await runOnce(paths, 'migrate', { ...ownerEnvironment(paths, backing, ports), ...settings });
      // Letters to the people of the workspace stay in the folder.
      const { SMTP_URL: _, ...ours } = serverEnvironment(paths, backing, ports);
      const environment = { ...ours, ...settings };
      const made = new OwnMak(paths, { environment, fingerprint, ports }, publicUrl);
      for (const name of NAMES) await made.launch(name);
      return made;
    } catch (error) {
      await remove(paths);
      throw error;
    }
  }

  /** As when the machine loses power, for one process. */
  async kill(name: ServiceName): Promise<void> {
    const record = this.running.get(name);
    if (record === undefined) return;
    send(record.pid, 'SIGKILL');
    await waitForExit(record.pid, 10_000);
    this.running.delete(name);
  }

  /** Starts a process that does not run, and waits until it works. */
  async launch(name: ServiceName): Promise<void> {
    if (this.running.has(name)) return;
    const { ports, fingerprint, environment } = this.start;
    const start = { port: ports[name], fingerprint, environment };
    const record = await launchService(this.paths, name, start);
    this.running.set(name, record);
    await waitForService(this.paths, name, record);
  }

  /** Ends everything and deletes it. */
  async close(): Promise<void> {
    await remove(this.paths);
  }
}

async function remove(paths: Paths): Promise<void> {
  await resetStack(paths);
  rmSync(paths.state, { recursive: true, force: true });
}
