import { loadSecrets } from './secrets.ts';
import type { Paths } from './paths.ts';

export interface Backing {
  /** Address of PostgreSQL for the owner of the schema. */
  readonly postgresUrl: string;
  readonly redisUrl: string;
}

export interface ServerPorts {
  readonly api: number;
  readonly worker: number;
}

function withAccount(url: string, username: string, password: string): string {
  const changed = new URL(url);
  changed.username = username;
  changed.password = password;
  return changed.href;
}

/**
 * The environment of api and worker. What the user sets wins over what is made here. The owner's
 * address is not in it: only migrations act as the owner, see `ownerEnvironment`.
 */
export function serverEnvironment(
  paths: Paths,
  backing: Backing,
  ports: ServerPorts,
): Record<string, string> {
  const secrets = loadSecrets(paths);
  const ours = {
    NODE_ENV: 'production',
    MAK_MODE: 'demo',
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${ports.api}`,
    PG_APP_URL: withAccount(backing.postgresUrl, 'mak_app', secrets.appPassword),
    PG_SCAN_URL: withAccount(backing.postgresUrl, 'mak_scan', secrets.scanPassword),
    MAK_MAIL_DIR: paths.mail,
    MAK_FILES_DIR: paths.files,
    MAK_SECRET_KEY: secrets.secretKey,
    MAK_OPERATOR_KEY: secrets.operatorKey,
    BETTER_AUTH_SECRET: secrets.authSecret,
  };
  const given = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && entry[1] !== '' && entry[0] !== 'PG_DATABASE_URL',
  );
  return {
    ...ours,
    ...Object.fromEntries(given),
    REDIS_URL: backing.redisUrl,
    PORT: String(ports.api),
    WORKER_PORT: String(ports.worker),
  };
}

/** The same for the programs that run once, as the owner of the schema: migrations and seeding. */
export function ownerEnvironment(
  paths: Paths,
  backing: Backing,
  ports: ServerPorts,
): Record<string, string> {
  return { ...serverEnvironment(paths, backing, ports), PG_DATABASE_URL: backing.postgresUrl };
}
