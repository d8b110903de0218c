import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { request } from 'undici';
import { adtech } from 'twenty-mak-domain';
import { createApplication } from '../bootstrap.ts';
import { makeBoardDatabase } from './board-database.ts';
import type { BoardDatabase, ServerAddresses } from './board-database.ts';
import { compare } from './board.ts';
import { openTenant } from './tenant.ts';
import type { BenchTenant } from './tenant.ts';

export interface BoardQueryOptions extends ServerAddresses {
  readonly operatorKey: string;
  readonly rounds?: number;
  /** Boards that one arm loads in one round. */
  readonly boards?: number;
  readonly deals?: number;
  readonly log?: (text: string) => void;
}

export interface BoardQueryScaleOptions extends BoardQueryOptions {
  readonly small?: number;
  readonly large?: number;
}

/** The documents of the page itself, and how many cards of a column it asks for. */
const PAGE = join(import.meta.dirname, '../../../twenty-front-ext/src/pages/board/board.graphql');
const FIRST = 20;
const COLUMNS = adtech.stages.length + (adtech.endings ?? []).length;

/** An api over a database, and somebody who looks at a board of it. */
interface Arm {
  readonly api: NestFastifyApplication;
  readonly url: string;
  readonly apiKey: string;
  readonly dealsOfTenant: number;
}

/** p95 of the page's one request for a board under row-level security ÷ by an api whose role no policy holds for. */
export async function boardQueryRatios(options: BoardQueryOptions): Promise<number[]> {
  const { rounds = 7, boards = 200, deals = 100_000, log = () => undefined } = options;
  const { database, apiKey } = await openBoard(options, deals, log);
  const arms = [
    await startArm(database, database.appUrl, apiKey),
    await startArm(database, database.ownerUrl, apiKey),
  ] as const;
  try {
    const [seen, all] = [await loadBoard(arms[0]), await loadBoard(arms[1])];
    if (seen !== all) throw new Error('the arms of the board benchmark see different boards');
    return await compare(
      () => timed(arms[0]),
      () => timed(arms[1]),
      rounds,
      boards,
      log,
    );
  } finally {
    await Promise.all(arms.map(({ api }) => api.close()));
    await database.drop();
  }
}

/** p95 of the page's one request at a million deals ÷ at a hundred thousand, both under row-level security. */
export async function boardQueryScaleRatios(options: BoardQueryScaleOptions): Promise<number[]> {
  const { rounds = 7, boards = 200, log = () => undefined } = options;
  const { small = 100_000, large = 1_000_000 } = options;
  const opened: BoardDatabase[] = [];
  const arms: Arm[] = [];
  try {
    for (const deals of [large, small]) {
      const { database, apiKey } = await openBoard(options, deals, log);
      opened.push(database);
      arms.push(await startArm(database, database.appUrl, apiKey));
    }
    const [many, few] = arms as [Arm, Arm];
    return await compare(
      () => timed(many),
      () => timed(few),
      rounds,
      boards,
      log,
    );
  } finally {
    await Promise.all(arms.map(({ api }) => api.close()));
    for (const database of opened) await database.drop();
  }
}

/** A database whose tenants were opened as an operator opens them, so that there is somebody to ask for the board. */
async function openBoard(
  options: BoardQueryOptions,
  deals: number,
  log: (text: string) => void,
): Promise<{ readonly database: BoardDatabase; readonly apiKey: string }> {
  const opened: BenchTenant[] = [];
  const database = await makeBoardDatabase(options, {
    deals,
    log,
    open: async (addresses, count) => {
      const { api, url } = await startApi(addresses.appUrl, addresses.scanUrl);
      for (let index = 0; index < count; index += 1)
        opened.push(await openTenant({ url, operatorKey: options.operatorKey }, 'adtech'));
      await api.close();
      return opened.map(({ id }) => id);
    },
  });
  return { database, apiKey: opened[0]?.apiKey ?? '' };
}

async function startArm(database: BoardDatabase, url: string, apiKey: string): Promise<Arm> {
  const { dealsOfTenant, scanUrl } = database;
  return { ...(await startApi(url, scanUrl)), apiKey, dealsOfTenant };
}

/** The whole api in this process, on a port of its own. */
async function startApi(
  appUrl: string,
  scanUrl: string,
): Promise<{ readonly api: NestFastifyApplication; readonly url: string }> {
  Object.assign(process.env, { PG_APP_URL: appUrl, PG_SCAN_URL: scanUrl, LOG_LEVEL: 'error' });
  const api = await createApplication('api');
  await api.listen({ host: '127.0.0.1', port: 0 });
  return { api, url: (await api.getUrl()).replace('[::1]', '127.0.0.1') };
}

async function timed(arm: Arm): Promise<number> {
  const from = performance.now();
  await loadBoard(arm);
  return performance.now() - from;
}

interface BoardAnswer {
  readonly data?: {
    readonly board: {
      readonly columns: readonly {
        readonly total: number;
        readonly deals: { readonly nodes: readonly object[] };
      }[];
    };
  };
}

/** The answer as text. Throws when the board is not full. */
async function loadBoard({ url, apiKey, dealsOfTenant }: Arm): Promise<string> {
  const { body } = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: readFileSync(PAGE, 'utf8'),
      operationName: 'Board',
      variables: { pipeline: 'adtech', groupBy: 'stage', first: FIRST },
    }),
  });
  const text = await body.text();
  const columns = (JSON.parse(text) as BoardAnswer).data?.board.columns ?? [];
  const total = columns.reduce((sum, column) => sum + column.total, 0);
  const cards = columns.reduce((sum, { deals }) => sum + deals.nodes.length, 0);
  if (total !== dealsOfTenant || cards !== COLUMNS * FIRST)
    throw new Error(`a board shows ${cards} of ${total} deals: ${text.slice(0, 500)}`);
  return text;
}
