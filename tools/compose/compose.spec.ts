import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { freePort } from '../../packages/twenty-mak/src/cli/local/ports.ts';
import { removePostgres, startPostgres } from '../../packages/twenty-mak/src/cli/local/postgres.ts';
import { removeRedis, startRedis } from '../../packages/twenty-mak/src/cli/local/redis.ts';
import { buildServer } from '../../packages/twenty-mak/src/cli/stack/build.ts';
import { resolvePaths } from '../../packages/twenty-mak/src/cli/stack/index.ts';
import { testEnvironment } from '../../packages/twenty-mak/src/cli/testing/run-suite.ts';
import { composeProgram } from './compose-program.ts';

const checkout = resolve(import.meta.dirname, '../..');
const toolsDir = join(checkout, '.mak/tools');

const serviceSchema = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
type Service = z.infer<typeof serviceSchema>;

let folder: string;
let services: Record<string, Service>;

function compose(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { command, environment } = composeProgram(toolsDir);
  const [program, ...first] = command;
  return spawnSync(program, [...first, ...args], {
    cwd: checkout,
    env: { ...testEnvironment(), ...environment },
    encoding: 'utf8',
  });
}

function serviceOf(name: string): Service {
  const service = services[name];
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mak-compose-'));
  chmodSync(folder, 0o711);
  const env = join(folder, 'env');
  const made = spawnSync(join(checkout, 'deploy/make-env'), [env], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  const checked = compose('--env-file', env, '--profile', 'demo', 'config');
  if (checked.status !== 0) throw new Error(checked.stderr);
  services = z
    .object({ services: z.record(z.string(), serviceSchema) })
    .parse(parse(checked.stdout)).services;
});

afterAll(async () => {
  await removePostgres(join(folder, 'postgres'));
  await removeRedis(join(folder, 'redis'));
  rmSync(folder, { recursive: true, force: true });
});

describe('docker-compose.yml', () => {
  it('is accepted by compose and has twenty, PostgreSQL, Redis, api and worker', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining([
        'postgres',
        'redis',
        'api',
        'worker',
        'twenty-server',
        'twenty-worker',
      ]),
    );
  });

  it('is refused without secrets, and says how to get them', () => {
    const empty = join(folder, 'empty');
    writeFileSync(empty, '');
    const refused = compose('--env-file', empty, 'config');
    expect(refused.status).not.toBe(0);
    expect(refused.stderr).toContain('run deploy/make-env first');
  });

  it('opens the proxy to this machine only, and nothing else', () => {
    const open = Object.entries(services).flatMap(([name, { ports }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(open.toSorted()).toEqual(['proxy 127.0.0.1:443:443/tcp', 'proxy 127.0.0.1:80:80/tcp']);
  });

  it('tells the proxy the addresses that twenty and MaK call their own', () => {
    const { environment } = serviceOf('proxy');
    expect(environment['TWENTY_SITE']).toBe(serviceOf('twenty-server').environment['SERVER_URL']);
    expect(environment['MAK_SITE']).toBe(serviceOf('api').environment['PUBLIC_URL']);
    const file = readFileSync(join(checkout, 'deploy/Caddyfile'), 'utf8');
    const sites = [...file.matchAll(/^[{][$](\w+)[}]/gm)].map(([, name]) => name);
    expect(sites.toSorted()).toEqual(Object.keys(environment).toSorted());
    const targets = [...file.matchAll(/reverse_proxy ([\w-]+):/g)].map(([, name = '']) => name);
    expect(targets.toSorted()).toEqual(['api', 'twenty-server']);
  });

  it('gives the password of the owner only to what migrates', () => {
    const knowing = Object.entries(services)
      .filter(([, { environment }]) => 'PG_DATABASE_URL' in environment)
      .map(([name]) => name);
    expect(knowing.toSorted()).toEqual(['migrate', 'twenty-server', 'twenty-worker']);
    expect(serviceOf('twenty-server').environment['PG_DATABASE_URL']).toContain('//twenty:');
  });

  it('checks the health of everything that others wait for', () => {
    const awaited = Object.values(services)
      .flatMap(({ depends_on }) => Object.entries(depends_on))
      .filter(([, { condition }]) => condition === 'service_healthy')
      .map(([name]) => name);
    expect(awaited).not.toEqual([]);
    expect(awaited.filter((name) => serviceOf(name).healthcheck === undefined)).toEqual([]);
  });

  it('never overwrites secrets and keeps them from others', () => {
    const env = join(folder, 'env');
    const before = readFileSync(env, 'utf8');
    const again = spawnSync(join(checkout, 'deploy/make-env'), [env], { encoding: 'utf8' });
    expect(again.status).toBe(1);
    expect(again.stderr).toContain('exists already');
    expect(readFileSync(env, 'utf8')).toBe(before);
    expect(statSync(env).mode & 0o077).toBe(0);
  });
});

describe('our services, started without containers', () => {
  const running: ChildProcess[] = [];

  afterAll(async () => {
    for (const child of running) child.kill('SIGTERM');
    while (running.some((child) => child.exitCode === null && child.signalCode === null)) {
      await sleep(20);
    }
  });

  /** The environment of the compose file, with addresses that exist outside of containers. */
  async function native(service: Service): Promise<Record<string, string>> {
    const postgres = await startPostgres({ dir: join(folder, 'postgres'), fsync: false });
    const redis = await startRedis({ dir: join(folder, 'redis'), toolsDir });
    const owner = new URL(postgres.url);
    const translated = Object.entries(service.environment).map(([name, value]) => {
      if (name === 'REDIS_URL') return [name, redis.url] as const;
      if (!value.startsWith('postgres://')) return [name, value] as const;
      const url = new URL(value);
      url.host = owner.host;
      if (url.username === owner.username) url.password = owner.password;
      return [name, url.href] as const;
    });
    return { PATH: process.env['PATH'] ?? '', ...Object.fromEntries(translated) };
  }

  function startService(service: Service, environment: Record<string, string>): ChildProcess {
    const [program = '', ...args] = service.command ?? [];
    const child = spawn(program, args, { cwd: checkout, env: environment, stdio: 'pipe' });
    child.stdout?.resume();
    child.stderr?.pipe(process.stderr);
    running.push(child);
    return child;
  }

  function isHealthy(service: Service, environment: Record<string, string>): boolean {
    const [kind, program = '', ...args] = service.healthcheck?.test ?? [];
    if (kind !== 'CMD') throw new Error('the health check is not a plain command');
    const checked = spawnSync(program, args, { cwd: checkout, env: environment, stdio: 'ignore' });
    return checked.status === 0;
  }

  it('migrate ends well, a second time too', async () => {
    buildServer(resolvePaths());
    const service = serviceOf('migrate');
    const environment = await native(service);
    for (let time = 1; time <= 2; time += 1) {
      const child = startService(service, environment);
      while (child.exitCode === null && child.signalCode === null) await sleep(20);
      expect(child.exitCode).toBe(0);
    }
  });

  it.each([
    ['api', 'PORT'],
    ['worker', 'WORKER_PORT'],
  ])('%s becomes healthy, and unhealthy when it stops', async (name, variable) => {
    const service = serviceOf(name);
    const ports = { PORT: String(await freePort()), WORKER_PORT: String(await freePort()) };
    const environment = { ...(await native(service)), ...ports };
    expect(service.healthcheck?.test.at(-1)).toBe(variable);
    expect(isHealthy(service, environment)).toBe(false);
    const child = startService(service, environment);
    while (!isHealthy(service, environment)) {
      if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
      await sleep(200);
    }
    child.kill('SIGTERM');
    while (child.exitCode === null && child.signalCode === null) await sleep(20);
    expect(isHealthy(service, environment)).toBe(false);
  });
});
