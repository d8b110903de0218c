import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

/** It is a program of its own, which a busy machine takes long for; in milliseconds. */
const PATIENCE = 60_000;

it('is what the documents and the schema of the server give', { timeout: PATIENCE }, () => {
  const root = resolve(import.meta.dirname, '../..');
  const ran = spawnSync(process.execPath, ['codegen.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
});
