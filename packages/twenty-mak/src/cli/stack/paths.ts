import { mkdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where this checkout is and where it keeps what is not in git. */
export interface Paths {
  readonly checkout: string;
  readonly server: string;
  readonly web: string;
  readonly domain: string;
  readonly state: string;
  readonly postgres: string;
  readonly redis: string;
  readonly tools: string;
  readonly logs: string;
  /** Letters, where no mail server is named. */
  readonly mail: string;
  /** Uploaded files. */
  readonly files: string;
  readonly run: string;
  readonly secrets: string;
  readonly demo: string;
  readonly lock: string;
}

const checkout = resolve(import.meta.dirname, '../../../../..');

/** Paths for a state folder: `.mak` of the checkout, or the one in MAK_STATE_DIR. */
export function resolvePaths(
  stateDir = process.env['MAK_STATE_DIR'] ?? join(checkout, '.mak'),
): Paths {
  // Others may pass through, because PostgreSQL may have to run as another user; they list nothing.
  mkdirSync(stateDir, { recursive: true, mode: 0o711 });
  const state = realpathSync(stateDir);
  return {
    checkout,
    server: join(checkout, 'packages/twenty-mak'),
    web: join(checkout, 'packages/twenty-front-ext'),
    domain: join(checkout, 'packages/twenty-mak-domain'),
    state,
    postgres: join(state, 'data/postgres'),
    redis: join(state, 'data/redis'),
    tools: join(state, 'tools'),
    logs: join(state, 'logs'),
    mail: join(state, 'mail'),
    files: join(state, 'files'),
    run: join(state, 'run'),
    secrets: join(state, 'secrets.json'),
    demo: join(state, 'demo.json'),
    lock: join(state, 'lock'),
  };
}
