import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const checkout = resolve(import.meta.dirname, '../../../..');

/** Data of that installation: letters, the operator's key. JOURNEYS_STATE names that of a running one. */
export const STATE = process.env['JOURNEYS_STATE'] ?? join(checkout, '.mak/test/journeys-state');
const PORT = 4390;

/** Where the journeys take place: an installation of their own, or the running one that JOURNEYS_URL names. */
export const ADDRESS = process.env['JOURNEYS_URL'] ?? `http://127.0.0.1:${PORT}`;

function mak(...args: string[]): string {
  const ran = spawnSync(join(checkout, 'mak'), args, {
    cwd: checkout,
    encoding: 'utf8',
    env: {
      ...process.env,
      MAK_STATE_DIR: STATE,
      // Receivers and the twenty of journeys are on this machine.
      MAK_ALLOW_PRIVATE_WEBHOOKS: 'true',
      // What cannot be delivered is a dead letter at once.
      MAK_WEBHOOK_ATTEMPTS: '1',
    },
  });
  if (ran.status !== 0)
    throw new Error(`./mak ${args.join(' ')} failed:\n${ran.stdout}\n${ran.stderr}`);
  return ran.stdout;
}

/** Starts the product as a person would, and stops it when the last journey has ended. */
export default function setup(): (() => void) | undefined {
  if (process.env['JOURNEYS_URL'] !== undefined) return undefined;
  rmSync(STATE, { recursive: true, force: true });
  mak('start', '--detach', '--port', String(PORT));
  return () => void mak('stop');
}
