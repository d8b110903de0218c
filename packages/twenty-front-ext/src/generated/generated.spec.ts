import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

it('is what the documents and the schema of the server give', () => {
  const root = resolve(import.meta.dirname, '../..');
  const ran = spawnSync(process.execPath, ['codegen.ts', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
});
