import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmodSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { removePostgres, startPostgres } from '../../src/cli/local/postgres.ts';
import { identify, isRunning } from '../../src/cli/local/processes.ts';
import type { ProcessIdentity } from '../../src/cli/local/processes.ts';
import { removeRedis, startRedis } from '../../src/cli/local/redis.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connects as a superuser to the database `mak` of the PostgreSQL of this test run. */
    MAK_TEST_PG_URL: string;
    /** Connect to the Redis servers of this test run, one for each file that runs at a time. */
    MAK_TEST_REDIS_URLS: readonly string[];
  }
}

const PREFIX = 'mak-test-';
const toolsDir = resolve(import.meta.dirname, '../../../../.mak/tools');

/** A run that was killed cannot clean up; the next one does it. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name);
    const ownerFile = join(folder, 'owner.json');
    if (!existsSync(ownerFile)) continue;
    const owner = JSON.parse(readFileSync(ownerFile, 'utf8')) as ProcessIdentity;
    if (!isRunning(owner)) await removeRun(folder);
  }
}

async function removeRun(folder: string): Promise<void> {
  await removePostgres(join(folder, 'postgres'));
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith('redis')))
    await removeRedis(join(folder, name));
  rmSync(folder, { recursive: true, force: true });
}

/** One private PostgreSQL (without fsync) for a whole test run, and a Redis for each file that runs at a time. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweepDeadRuns();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(identify(process.pid)));

  const postgres = await startPostgres({ dir: join(folder, 'postgres'), fsync: false });
  const redisUrls: string[] = [];
  for (let worker = 1; worker <= Number(project.config.maxWorkers); worker += 1) {
    const { url } = await startRedis({ dir: join(folder, `redis-${worker}`), toolsDir });
    redisUrls.push(url);
  }
  project.provide('MAK_TEST_PG_URL', postgres.url);
  project.provide('MAK_TEST_REDIS_URLS', redisUrls);
  return () => removeRun(folder);
}
