import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CliError } from '../local/cli-error.ts';

/**
 * Runs `work` while no other command of the same checkout changes anything. The lock is held by a
 * child that ends when its input closes, so it is free again however this process ends.
 */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const holder = spawn('flock', [file, 'sh', '-c', 'echo locked; exec cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const waiting = setTimeout(() => {
    process.stderr.write('Another ./mak command is at work here; waiting for it to end ...\n');
  }, 1_000);
  try {
    await Promise.race([
      once(holder.stdout, 'data'),
      once(holder, 'exit').then(() => {
        throw new CliError(`The lock ${file} cannot be taken.`, 'Is the folder writable?');
      }),
    ]);
  } finally {
    clearTimeout(waiting);
  }
  try {
    return await work();
  } finally {
    holder.stdin.end();
    holder.unref();
  }
}
