import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { removePostgres, startPostgres } from './local/postgres.ts';
import { isAlive } from './local/processes.ts';
import { removeRedis, startRedis } from './local/redis.ts';
import type { StackState } from './stack/index.ts';
import { testEnvironment } from './testing/run-suite.ts';

const checkout = resolve(import.meta.dirname, '../../../..');
const script = join(import.meta.dirname, 'mak.ts');

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One state folder stands for one checkout. */
class Checkout {
  readonly state = mkdtempSync(join(tmpdir(), 'mak-cli-'));
  readonly environment = { ...testEnvironment(), MAK_STATE_DIR: this.state };

  run(...args: string[]): Outcome {
    const ran = spawnSync(process.execPath, [script, ...args], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    return { code: ran.status, stdout: ran.stdout, stderr: ran.stderr };
  }

  start(...args: string[]): StackState {
    const started = this.run('start', '--detach', '--json', ...args);
    if (started.code !== 0) throw new Error(started.stderr);
    return JSON.parse(started.stdout) as StackState;
  }

  status(): StackState {
    return JSON.parse(this.run('status', '--json').stdout) as StackState;
  }

  /** Starts in the foreground and waits until it stands. */
  async foreground(): Promise<{ pid: number; ended: Promise<Outcome> }> {
    const child = spawn(process.execPath, [script, 'start'], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number, stdout, stderr }));
    while (!stderr.includes('Ctrl-C stops everything') && child.exitCode === null) await sleep(50);
    if (!stdout.includes('MaK is running.')) throw new Error(stderr);
    return { pid: child.pid ?? 0, ended };
  }

  /** The folder is a private one, so the database lives elsewhere and needs a reset to go. */
  remove(): void {
    this.run('reset', '--yes');
    rmSync(this.state, { recursive: true, force: true });
  }
}

const pidOf = (state: StackState, name: string) =>
  state.processes.find((process) => process.name === name)?.pid ?? 0;
const pids = (state: StackState) => state.processes.map(({ pid }) => pid ?? 0);

let mine: Checkout;

beforeAll(() => {
  mine = new Checkout();
});
afterEach(() => {
  mine.run('stop');
});
afterAll(() => {
  mine.remove();
});

// A start takes a few seconds on an idle machine, and every test here starts more than once.
describe('mak start, status and stop', { timeout: 240_000 }, () => {
  it('starts everything, starts nothing twice, and stops all of it', async () => {
    const first = mine.start();
    expect(first.running).toBe(true);
    expect(first.processes.map(({ name }) => name)).toEqual(['postgres', 'redis', 'api', 'worker']);
    const ready = await fetch(`${first.url}/readyz`);
    expect(await ready.json()).toMatchObject({ postgres: 'up', redis: 'up' });

    const page = await (
      await fetch(`${first.url}/deals`, { headers: { accept: 'text/html' } })
    ).text();
    const [, code] = /<script type="module"[^>]* src="([^"]+)"/.exec(page) ?? [];
    const asset = await fetch(`${first.url}${code}`, { headers: { 'accept-encoding': 'br' } });
    expect([asset.status, asset.headers.get('content-encoding')]).toEqual([200, 'br']);
    expect(first.mail_folder).toBe(join(mine.state, 'mail'));

    const before = performance.now();
    const second = mine.start();
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(pids(second)).toEqual(pids(first));
    expect(second.url).toBe(first.url);
    expect(mine.status()).toEqual(second);

    expect(mine.run('stop').stdout).toMatch(/^Stopped /);
    expect(pids(first).filter(isAlive)).toEqual([]);
    expect(mine.run('stop').stdout).toBe('Nothing was running.\n');
    expect(mine.status().running).toBe(false);
  });

  it('completes what a crash took away and stops what no note tells of', () => {
    const first = mine.start();
    process.kill(pidOf(first, 'worker'), 'SIGKILL');
    process.kill(pidOf(first, 'redis'), 'SIGKILL');
    process.kill(pidOf(first, 'postgres'), 'SIGKILL');
    const second = mine.start();
    expect(second.running).toBe(true);
    expect(pidOf(second, 'api')).toBe(pidOf(first, 'api'));
    expect(pidOf(second, 'worker')).not.toBe(pidOf(first, 'worker'));

    rmSync(join(mine.state, 'run'), { recursive: true });
    mine.run('stop');
    expect(pids(second).filter(isAlive)).toEqual([]);
  });

  it('lets two checkouts run side by side and refuses a taken port', () => {
    const other = new Checkout();
    try {
      const here = mine.start();
      const there = other.start();
      expect(there.running).toBe(true);
      expect(there.url).not.toBe(here.url);
      expect(pids(there).filter((pid) => pids(here).includes(pid))).toEqual([]);

      const port = new URL(here.url ?? '').port;
      const refused = other.run('start', '--detach', '--port', port);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(`Port ${port} of 127.0.0.1 is taken`);
      expect(pids(other.status())).toEqual(pids(there));
    } finally {
      other.remove();
    }
  });

  it('in the foreground stops everything on Ctrl-C', async () => {
    const { pid, ended } = await mine.foreground();
    const state = mine.status();
    process.kill(pid, 'SIGINT');
    expect(await ended).toMatchObject({ code: 0 });
    expect(pids(state).filter(isAlive)).toEqual([]);
  });

  it('in the foreground tells which process ended by itself, and stops the rest', async () => {
    const { ended } = await mine.foreground();
    const state = mine.status();
    process.kill(pidOf(state, 'api'), 'SIGKILL');
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toContain('api ended by itself');
    expect(pids(state).filter(isAlive)).toEqual([]);
  });

  it('uses servers of the user and never stops them', async () => {
    // Not those of the test run: a migration sets the passwords of the roles, which all its databases share.
    const servers = mkdtempSync(join(tmpdir(), 'mak-cli-servers-'));
    chmodSync(servers, 0o711);
    const [postgresDir, redisDir] = [join(servers, 'postgres'), join(servers, 'redis')];
    try {
      const postgres = await startPostgres({ dir: postgresDir, fsync: false });
      const redis = await startRedis({ dir: redisDir, toolsDir: join(checkout, '.mak/tools') });
      const own = { PG_DATABASE_URL: postgres.url, REDIS_URL: redis.url };
      Object.assign(mine.environment, own);
      try {
        const state = mine.start();
        expect(state.processes.filter(({ external }) => external)).toHaveLength(2);
        expect(existsSync(join(mine.state, 'data/postgres/postgres.json'))).toBe(true);
        expect(mine.run('stop').stdout).not.toContain('postgres');
        expect(mine.run('doctor').code).toBe(0);
        expect([postgres.pid, redis.pid].filter(isAlive)).toHaveLength(2);
      } finally {
        for (const name of Object.keys(own)) Reflect.deleteProperty(mine.environment, name);
      }
    } finally {
      await removePostgres(postgresDir);
      await removeRedis(redisDir);
      rmSync(servers, { recursive: true, force: true });
    }
  });

  it('keeps secrets readable for their owner only and forgets everything on reset', () => {
    mine.start();
    const secrets = join(mine.state, 'secrets.json');
    const text = readFileSync(secrets, 'utf8');
    mine.run('stop');
    mine.start();
    expect(readFileSync(secrets, 'utf8')).toBe(text);

    expect(mine.run('reset')).toMatchObject({ code: 1 });
    expect(mine.status().running).toBe(true);
    expect(mine.run('reset', '--yes').code).toBe(0);
    expect(existsSync(secrets)).toBe(false);
    expect(existsSync(join(mine.state, 'data'))).toBe(false);
    expect(mine.status().running).toBe(false);
  });
});

describe('the mak command', () => {
  it.each(['start', 'stop', 'status', 'reset', 'doctor', 'test'])('%s has a help text', (name) => {
    const help = mine.run(name, '--help');
    expect(help.code).toBe(0);
    expect(help.stdout).toContain(`Usage: mak ${name}`);
  });

  it('says what is wrong with a command line', () => {
    expect(mine.run('start', '--port', '99999').stderr).toContain('from 1 to 65535');
    expect(mine.run('frobnicate').stderr).toContain('unknown command');
    expect(mine.run('frobnicate').code).toBe(1);
  });

  it.each([[''], ['/nonexistent/home']])('runs with HOME=%j and leaves no trace of it', (home) => {
    const ran = spawnSync(join(checkout, 'mak'), ['status', '--json'], {
      cwd: mine.state,
      env: { PATH: process.env['PATH'] ?? '', HOME: home, MAK_STATE_DIR: mine.state },
      encoding: 'utf8',
    });
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject({ running: false });
    expect(existsSync(join(mine.state, '~'))).toBe(false);
    expect(existsSync('/nonexistent')).toBe(false);
  });
});
