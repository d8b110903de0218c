import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { CliError } from './cli-error.ts';
import { inspectPostgres, removePostgres, startPostgres, stopPostgres } from './postgres.ts';
import type { RunningPostgres } from './postgres.ts';
import { isPortFree } from './ports.ts';
import { isAlive } from './processes.ts';
import { removeRedis, startRedis, stopRedis } from './redis.ts';

let folder: string;
const toolsDir = join(import.meta.dirname, '../../../../../.mak/tools');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mak-servers-'));
  chmodSync(folder, 0o711);
});

afterEach(async () => {
  await removePostgres(join(folder, 'pg'));
  await removeRedis(join(folder, 'redis'));
  rmSync(folder, { recursive: true, force: true });
});

async function query(server: RunningPostgres, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('the private PostgreSQL', () => {
  it('keeps committed rows, port and password through a kill and an immediate stop', async () => {
    const dir = join(folder, 'pg');
    const first = await startPostgres({ dir });
    await query(first, 'create table kept (id int); insert into kept values (1)');
    expect((await startPostgres({ dir })).pid).toBe(first.pid);

    await first.stop('kill');
    const second = await startPostgres({ dir });
    expect(second.url).toBe(first.url);
    await query(second, 'insert into kept values (2)');

    await second.stop('immediate');
    const third = await startPostgres({ dir });
    expect(await query(third, 'select id from kept order by id')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(inspectPostgres(dir)?.pid).toBe(third.pid);

    expect(await stopPostgres(dir)).toBe(true);
    expect(isAlive(third.pid)).toBe(false);
    expect(await stopPostgres(dir)).toBe(false);
    expect(inspectPostgres(dir)).toBeNull();
  });

  it('is durable, speaks UTF-8 and knows upper case of Cyrillic', async () => {
    const server = await startPostgres({ dir: join(folder, 'pg') });
    expect(
      await query(
        server,
        `select current_setting('fsync') f, current_setting('synchronous_commit') s,
                current_setting('server_encoding') e, upper('угода') u, 'a' > 'B' collate "default" b`,
      ),
    ).toEqual([{ f: 'on', s: 'on', e: 'UTF8', u: 'УГОДА', b: true }]);
  });

  it('works in a folder below a private one, where its account cannot go', async () => {
    chmodSync(folder, 0o700);
    const server = await startPostgres({ dir: join(folder, 'pg'), fsync: false });
    expect(await query(server, 'select 1 one')).toEqual([{ one: 1 }]);
  });

  it('refuses a port that another program has, and says so', async () => {
    const port = Number(new URL(inject('MAK_TEST_PG_URL')).port);
    const refused = startPostgres({ dir: join(folder, 'pg'), port });
    await expect(refused).rejects.toThrow(CliError);
    await expect(refused).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
  });
});

describe('the private Redis', () => {
  it('is adopted, restarts on its port after a kill, and stops', async () => {
    const options = { dir: join(folder, 'redis'), toolsDir };
    const first = await startRedis(options);
    expect((await startRedis(options)).pid).toBe(first.pid);
    await first.stop('kill');
    const second = await startRedis(options);
    expect(second.url).toBe(first.url);
    expect(await stopRedis(options.dir)).toBe(true);
    expect(await isPortFree(first.port)).toBe(true);
    expect(await stopRedis(options.dir)).toBe(false);
  });
});
