import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identify, isAlive, isRunning, terminate } from './processes.ts';

const sleeper = async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  await once(child, 'spawn');
  return child;
};

describe('process identity', () => {
  it('names a living process, and no process once it has ended', async () => {
    const child = await sleeper();
    const identity = identify(child.pid ?? 0);
    expect(identity).not.toBeNull();
    if (identity === null) return;
    expect(isRunning(identity)).toBe(true);
    await terminate(identity.pid, 'SIGTERM', 5_000);
    expect(isRunning(identity)).toBe(false);
    expect(identify(identity.pid)).toBeNull();
  });

  it('does not take a later process with the same pid for the first one', async () => {
    const child = await sleeper();
    const identity = identify(child.pid ?? 0);
    if (identity === null) throw new Error('the child has no identity');
    expect(isRunning({ ...identity, startTicks: String(Number(identity.startTicks) - 1) })).toBe(
      false,
    );
    expect(isRunning({ ...identity, bootId: 'another boot' })).toBe(false);
    await terminate(identity.pid, 'SIGTERM', 5_000);
  });

  it('ends a process that ignores the polite signal', async () => {
    const child = spawn('sh', ['-c', 'trap "" TERM; echo armed; while :; do sleep 1; done'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    await terminate(pid, 'SIGTERM', 200);
    expect(isAlive(pid)).toBe(false);
  });
});
