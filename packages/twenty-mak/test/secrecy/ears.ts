import { createClient } from 'graphql-ws';
import { PinoLogger } from 'nestjs-pino';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pino from 'pino';
import { Workbook } from '../../src/platform/tables/index.ts';
import { rowsOf, withFile } from '../../src/platform/tables/spec-support.ts';
import type { TestApp } from '../support/app.ts';
import { readable } from '../support/mail.ts';
import { testRedisUrl } from '../support/redis.ts';

/** Hears everything that a process writes into its log, from now on. */
export async function hearLog(mak: TestApp, heard: string[]): Promise<void> {
  const { logger } = await mak.app.resolve(PinoLogger);
  // The root: loggers of requests are its children and write where it writes.
  const symbols: { readonly streamSym: symbol } = pino.symbols;
  const write = (line: string): void => void heard.push(line);
  Object.assign(logger, { [symbols.streamSym]: { write } });
}

/** Hears every command that reaches Redis: jobs, the bus, doorbells, and whatever else is kept there. */
export async function hearRedis(heard: string[]): Promise<() => void> {
  const { hostname, port } = new URL(testRedisUrl());
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write('MONITOR\r\n');
  createInterface(socket).on('line', (line) => heard.push(line));
  return () => void socket.destroy();
}

export interface Letter {
  /** Address of who gets it. */
  readonly to: string;
  readonly text: string;
}

/** All letters of a folder. */
export function lettersIn(folder: string): Letter[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => {
      const text = readable(readFileSync(join(folder, file), 'utf8'));
      return { to: /^To: (.+)\r$/m.exec(text)?.[1] ?? '', text };
    });
}

/** Hears what subscriptions say to somebody. */
export function hearSubscriptions(
  mak: TestApp,
  key: string | undefined,
  documents: readonly string[],
  heard: string[],
): () => Promise<void> {
  const client = createClient({
    url: `${mak.url.replace('http', 'ws')}/graphql`,
    retryAttempts: 0,
    ...(key === undefined ? {} : { connectionParams: { authorization: `Bearer ${key}` } }),
  });
  for (const query of documents)
    client.subscribe(
      { query },
      {
        next: (message) => void heard.push(JSON.stringify(message)),
        error: (error) => void heard.push(`error ${JSON.stringify(error)}`),
        complete: () => undefined,
      },
    );
  return async () => client.dispose();
}

/** What an answer says: of a workbook its cells, for they are deflated. */
export async function textOf(answer: Response): Promise<string> {
  if (answer.headers.get('content-type')?.includes('spreadsheetml') !== true) return answer.text();
  return withFile(new Uint8Array(await answer.arrayBuffer()), async (path) => {
    const workbook = await Workbook.open(path);
    try {
      return JSON.stringify((await rowsOf(workbook.rows(null))).rows);
    } finally {
      workbook.close();
    }
  });
}

/** Tables in which one of these words stands, in clear. */
export async function tablesWith(mak: TestApp, words: readonly string[]): Promise<string[]> {
  const tables = await mak.database.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const [row] = await mak.database.query<{ rows: number }>(
      `SELECT count(*)::int AS rows FROM ${name} AS t WHERE lower(to_jsonb(t)::text) LIKE ANY ($1::text[])`,
      [words.map((word) => `%${word.toLowerCase()}%`)],
    );
    if ((row?.rows ?? 0) > 0) found.push(name);
  }
  return found;
}
