import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSuite, testEnvironment } from './run-suite.ts';
import type { Suite } from './suites.ts';

const modules = resolve(import.meta.dirname, '../../../../../node_modules');
const never = new AbortController().signal;

let checkout: string;

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'mak-suite-'));
  symlinkSync(modules, join(checkout, 'node_modules'));
  const spec = (name: string, body: string) => {
    mkdirSync(join(checkout, name));
    writeFileSync(join(checkout, name, 'vitest.config.mjs'), 'export default {};');
    const source = `import { expect, it } from 'vitest';\n${body}`;
    writeFileSync(join(checkout, name, 'a.spec.mjs'), source);
  };
  spec('good', `it('holds', () => { expect(1).toBe(1); });`);
  spec(
    'bad',
    `it('holds', () => { expect(1).toBe(1); });\nit('breaks', () => { expect(1).toBe(2); });`,
  );
  spec('broken', `throw new Error('cannot load');`);
  spec('skipped', `it.skip('rests', () => { expect(1).toBe(1); });`);
  spec('endless', `it('waits', () => new Promise((done) => setTimeout(done, 60_000)), 90_000);`);
});

afterAll(() => {
  rmSync(checkout, { recursive: true, force: true });
});

function run(name: string, budget = 50): ReturnType<typeof runSuite> {
  const steps: Suite['steps'] = [['vitest/vitest.mjs', 'run']];
  const suite: Suite = { name, about: '', budget, folder: name, steps, report: 'vitest' };
  const places = { checkout, tools: join(checkout, 'tools'), output: join(checkout, 'out') };
  return runSuite(suite, places, never);
}

describe('a suite', { timeout: 60_000 }, () => {
  it('counts what passed', async () => {
    expect(await run('good')).toMatchObject({ passed: 1, failed: 0, failures: [] });
  });

  it('names what failed', async () => {
    expect(await run('bad')).toMatchObject({ passed: 1, failed: 1, failures: ['breaks'] });
  });

  it('fails when a file cannot be loaded, although no test failed', async () => {
    const { passed, failed, failures } = await run('broken');
    expect({ passed, failed }).toEqual({ passed: 0, failed: 1 });
    expect(failures[0]).toContain('cannot load');
  });

  it('fails when no test ran', async () => {
    const result = await run('skipped');
    expect(result).toMatchObject({ passed: 0, failed: 1, skipped: 1, failures: ['no test ran'] });
  });

  it('fails when it takes longer than its budget, and is stopped', async () => {
    const { failed, seconds, failures } = await run('endless', 4);
    expect(failed).toBe(1);
    expect(seconds).toBeLessThan(30);
    expect(failures[0]).toContain('took longer than its 4 s');
  });
});

describe('the environment of a test', () => {
  it('names no server of the user', () => {
    process.env['MAK_MODE'] = 'production';
    const environment = testEnvironment();
    Reflect.deleteProperty(process.env, 'MAK_MODE');
    expect(environment).not.toHaveProperty('MAK_MODE');
    expect(environment).toMatchObject({ CI: 'true' });
  });
});
