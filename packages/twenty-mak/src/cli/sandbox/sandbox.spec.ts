import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SANDBOXES } from './registry.ts';

const script = join(import.meta.dirname, '../mak.ts');
const startedSchema = z.object({
  system: z.string(),
  address: z.url(),
  access: z.record(z.string(), z.string()),
});

function run(...args: string[]): ChildProcess {
  return spawn(process.execPath, [script, 'sandbox', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('It says nothing.');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

describe('./mak sandbox', () => {
  it.each(SANDBOXES.map(({ name }) => name))(
    '%s runs from source, shows its page, and ends when it is told to',
    { timeout: 20_000 },
    async (name) => {
      const child = run(name, '--port', '0', '--json');
      const ended = once(child, 'exit');
      const started = startedSchema.parse(JSON.parse(await firstLine(child)));
      expect(started.system).toBe(name);
      const page = await fetch(started.address);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<html lang="en">');
      // A second one on the same port says what to do.
      const second = run(name, '--port', new URL(started.address).port);
      const [code] = (await once(second, 'exit')) as [number];
      expect(code).toBe(1);
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    },
  );

  it('names the systems that there are', async () => {
    const child = run('nothing');
    const said: string[] = [];
    child.stderr?.on('data', (text: Buffer) => said.push(text.toString()));
    await once(child, 'close');
    for (const { name } of SANDBOXES) expect(said.join('')).toContain(name);
    expect(child.exitCode).not.toBe(0);
  });
});
