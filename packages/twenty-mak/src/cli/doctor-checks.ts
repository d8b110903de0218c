import { accessSync, constants, statfsSync } from 'node:fs';
import { freemem } from 'node:os';
import { Redis } from 'ioredis';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { CliError, messageOf } from './local/cli-error.ts';
import { postgresBinaries } from './local/postgres-binaries.ts';
import { locateCluster } from './local/postgres-cluster.ts';
import { redisBinary } from './local/redis-binary.ts';
import { inspectStack } from './stack/index.ts';
import type { Paths } from './stack/index.ts';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What was seen. */
  readonly detail: string;
  /** What to do; empty when all is well. */
  readonly advice: string;
}

const GIGABYTE = 1024 ** 3;
const LEAST_DISK = 2 * GIGABYTE;
const LEAST_MEMORY = 1 * GIGABYTE;
const LEAST_POSTGRES = 160_000;

/** A check returns what it saw, and throws a CliError when something has to be done. */
type Check = (paths: Paths) => string | Promise<string>;

const inGigabytes = (bytes: number) => `${(bytes / GIGABYTE).toFixed(1)} GB`;

function system(): string {
  return `${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

function stateFolder({ state }: Paths): string {
  try {
    accessSync(state, constants.W_OK);
  } catch (error) {
    throw new CliError(`${state} cannot be written.`, 'Give the present user the right to.', {
      cause: error,
    });
  }
  return state;
}

function disk({ state }: Paths): string {
  const { bavail, bsize } = statfsSync(state);
  const free = bavail * bsize;
  if (free >= LEAST_DISK) return `${inGigabytes(free)} free`;
  throw new CliError(`Only ${inGigabytes(free)} of disk are free.`, 'Free at least 2 GB.');
}

function memory(): string {
  const free = process.availableMemory?.() ?? freemem();
  if (free >= LEAST_MEMORY) return `${inGigabytes(free)} available`;
  throw new CliError(`Only ${inGigabytes(free)} of memory are free.`, 'Close other programs.');
}

async function postgres(paths: Paths): Promise<string> {
  const url = process.env['PG_DATABASE_URL'];
  if (!url) {
    const { account, twin } = locateCluster(paths.postgres);
    const { postgres: program } = postgresBinaries(account, twin);
    return `private, run as ${account?.name ?? 'the present user'}: ${program}`;
  }
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version >= LEAST_POSTGRES) return `your own, version ${Math.floor(version / 10_000)}`;
  } catch (error) {
    throw new CliError(
      `PG_DATABASE_URL names a server that does not answer: ${messageOf(error)}`,
      'Correct the address, or unset it to get a private server.',
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  throw new CliError('Your PostgreSQL is too old.', 'PostgreSQL 16 or newer is needed.');
}

async function redis({ tools }: Paths): Promise<string> {
  const url = process.env['REDIS_URL'];
  if (!url) return `private: ${redisBinary(tools).program}`;
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    return 'your own, answers';
  } catch (error) {
    throw new CliError(
      `REDIS_URL names a server that does not answer: ${messageOf(error)}`,
      'Correct the address, or unset it to get a private server.',
      { cause: error },
    );
  } finally {
    client.disconnect();
  }
}

/** Letters go to the mail server when one is named, else into a folder. */
async function mail(paths: Paths): Promise<string> {
  const url = process.env['SMTP_URL'];
  if (!url) return `into the folder ${process.env['MAK_MAIL_DIR'] ?? paths.mail}`;
  const transport = createTransport({ url, connectionTimeout: 5_000, greetingTimeout: 5_000 });
  try {
    await transport.verify();
    return 'your own server, answers';
  } catch (error) {
    throw new CliError(
      `SMTP_URL names a mail server that does not answer: ${messageOf(error)}`,
      'Correct the address, or unset it to get letters as files.',
      { cause: error },
    );
  } finally {
    transport.close();
  }
}

async function processes(paths: Paths): Promise<string> {
  const state = await inspectStack(paths);
  const half = state.processes.filter((process) => process.running !== state.running);
  const started = half.filter((process) => !process.external);
  if (state.running) return 'everything runs and is ready';
  if (started.length === 0) return 'nothing runs';
  throw new CliError(
    `Only a part runs: ${started.map((process) => process.name).join(', ')}.`,
    'Run ./mak start to complete it, or ./mak stop to end it.',
  );
}

const CHECKS: Record<string, Check> = {
  system,
  'state folder': stateFolder,
  disk,
  memory,
  PostgreSQL: postgres,
  Redis: redis,
  mail,
  processes,
};

/** Looks at everything that a start needs. One finding per check; a failing one stops no other. */
export async function examine(paths: Paths): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [check, look] of Object.entries(CHECKS)) {
    try {
      findings.push({ check, ok: true, detail: await look(paths), advice: '' });
    } catch (error) {
      const advice = error instanceof CliError ? error.advice : 'This is a defect of MaK.';
      findings.push({ check, ok: false, detail: messageOf(error), advice });
    }
  }
  return findings;
}
