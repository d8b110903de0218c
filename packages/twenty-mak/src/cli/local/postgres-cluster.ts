import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CliError, messageOf } from './cli-error.ts';
import { canEnter, databaseAccount, ownFolder, reachableTwin } from './database-account.ts';
import type { SystemAccount } from './database-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { findByFolder } from './processes.ts';

/** One private cluster: where it lives and whom it runs as. */
export interface Cluster {
  /** The folder the caller named; settings and log live here. */
  readonly home: string;
  /** The data folder; below `home`, or below its twin when the account cannot reach `home`. */
  readonly data: string;
  readonly account: SystemAccount | null;
  readonly twin: () => string;
}

export interface ClusterSettings {
  readonly port: number;
  readonly password: string;
}

/** What a running server wrote about itself into its data folder. */
export interface ServerNote {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

export const OWNER = 'mak_owner';
export const DATABASE = 'mak';

/** The environment of the server: nothing of ours, so that no PG* variable or locale leaks in. */
export const serverEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };

export function runAs(account: SystemAccount | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

export function locateCluster(dir: string): Cluster {
  mkdirSync(resolve(dir), { recursive: true });
  const home = realpathSync(dir);
  const account = databaseAccount();
  const twin = () => reachableTwin(home);
  return { home, data: join(canEnter(account, home) ? home : twin(), 'data'), account, twin };
}

export function readSettings(cluster: Cluster): ClusterSettings | null {
  const file = join(cluster.home, 'postgres.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ClusterSettings) : null;
}

export function writeSettings(cluster: Cluster, settings: ClusterSettings): void {
  const file = join(cluster.home, 'postgres.json');
  writeFileSync(file, `${JSON.stringify(settings)}\n`, { mode: 0o600 });
}

export function urlOf({ port, password }: ClusterSettings, database = DATABASE): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

/** The marker says that initdb went through; its own files do not. */
const completeMarker = (cluster: Cluster) => join(dirname(cluster.data), 'cluster-complete');

export function isCreated(cluster: Cluster): boolean {
  return existsSync(completeMarker(cluster)) && existsSync(cluster.data);
}

/** Creates the cluster anew; what a killed creation left is thrown away. */
export function createCluster(
  cluster: Cluster,
  binaries: PostgresBinaries,
  password: string,
): void {
  rmSync(cluster.data, { recursive: true, force: true });
  ownFolder(cluster.account, cluster.data);
  const passwordFile = `${cluster.data}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (cluster.account !== null) chownSync(passwordFile, cluster.account.uid, cluster.account.gid);
  const made = spawnSync(
    binaries.initdb,
    [
      ...['-D', cluster.data, '-U', OWNER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      // Text compares byte by byte, the same on every machine; Cyrillic has upper and lower case.
      ...['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
    ],
    { ...runAs(cluster.account), cwd: '/', env: serverEnvironment, encoding: 'utf8' },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    rmSync(cluster.data, { recursive: true, force: true });
    const reason = made.error === undefined ? made.stderr.trim() : messageOf(made.error);
    throw new CliError(
      `initdb could not create a database in ${cluster.data}: ${reason}`,
      'Free disk space or fix the permissions of that folder, then try again.',
    );
  }
  writeSettings(cluster, { port: 0, password });
  writeFileSync(completeMarker(cluster), '');
}

export function serverFlags(cluster: Cluster, port: number, fsync: boolean): string[] {
  const durable = fsync ? 'on' : 'off';
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u ',
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return ['-D', cluster.data, ...flags];
}

/** The living server over this data, or null; also one whose starter was killed. */
export function findServer(cluster: Cluster): ServerNote | null {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster.data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
  const note = {
    pid: Number(lines[0]),
    port: Number(lines[3]),
    ready: lines[7]?.trim() === 'ready',
  };
  // The file survives a SIGKILL and its pid may belong to another program by now.
  return findByFolder(cluster.data, 'postgres').includes(note.pid) ? note : null;
}
