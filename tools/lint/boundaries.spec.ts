import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clean, planted } from './planted.ts';

const checkout = resolve(import.meta.dirname, '../..');
const copied = [
  '.oxlintrc.json',
  '.dependency-cruiser.cjs',
  'tsconfig.base.json',
  'package.json',
  ...['twenty-mak', 'twenty-mak-domain', 'twenty-mak-app', 'twenty-front-ext'].flatMap((name) => [
    `packages/${name}/package.json`,
    `packages/${name}/tsconfig.json`,
  ]),
];

const oxlintReport = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string() })),
});
const cruiserReport = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** file → names of the rules it was caught by */
type Caught = Map<string, Set<string>>;

let tree: string;
let oxlint: Caught;
let cruiser: Caught;

function collect(pairs: readonly (readonly [string, string])[]): Caught {
  const caught: Caught = new Map();
  for (const [file, rule] of pairs) caught.set(file, (caught.get(file) ?? new Set()).add(rule));
  return caught;
}

function run(program: string, args: string[]): unknown {
  const bin = join(checkout, 'node_modules/.bin', program);
  const ran = spawnSync(bin, args, { cwd: tree, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (ran.stdout.trim() === '') throw new Error(`${program} printed nothing: ${ran.stderr}`);
  return JSON.parse(ran.stdout);
}

/** A checkout in miniature, with the real configuration and packages and with planted sources. */
beforeAll(() => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), 'mak-boundaries-')));
  for (const file of copied) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    cpSync(join(checkout, file), join(tree, file));
  }
  for (const { file, source } of [...clean, ...planted]) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `${source}\n`);
  }
  mkdirSync(join(tree, 'node_modules'));
  // Links for the compiler, copies where the place of the package decides what kind it is.
  for (const name of ['vitest', 'zod', '@types', 'vite']) {
    symlinkSync(join(checkout, 'node_modules', name), join(tree, 'node_modules', name));
  }
  for (const name of ['ajv', 'tslib']) {
    cpSync(join(checkout, 'node_modules', name), join(tree, 'node_modules', name), {
      recursive: true,
    });
  }
  const dnd = join(tree, 'node_modules/@hello-pangea/dnd');
  mkdirSync(dnd, { recursive: true });
  writeFileSync(join(dnd, 'package.json'), '{"name":"@hello-pangea/dnd","main":"index.js"}');
  writeFileSync(join(dnd, 'index.js'), 'exports.dnd = 1;');
  writeFileSync(join(dnd, 'index.d.ts'), 'export const dnd: number;');
  symlinkSync(
    join(tree, 'packages/twenty-mak-domain'),
    join(tree, 'node_modules/twenty-mak-domain'),
  );

  const linted = oxlintReport.parse(run('oxlint', ['-f', 'json', 'packages']));
  oxlint = collect(
    linted.diagnostics.map(({ filename, code }) => [
      filename,
      /\((.+)\)/.exec(code ?? '')?.[1] ?? '',
    ]),
  );
  const cruised = cruiserReport.parse(run('depcruise', ['--output-type', 'json', 'packages']));
  cruiser = collect(cruised.summary.violations.map(({ from, rule }) => [from, rule.name]));
});

afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

describe('oxlint', () => {
  it.each(planted.flatMap(({ file, oxlint: rules = [] }) => rules.map((rule) => ({ file, rule }))))(
    'finds $rule in $file',
    ({ file, rule }) => {
      expect([...(oxlint.get(file) ?? [])]).toContain(rule);
    },
  );

  it('finds nothing in files that keep the rules', () => {
    expect(clean.filter(({ file }) => oxlint.has(file))).toEqual([]);
  });
});

describe('dependency-cruiser', () => {
  it.each(
    planted.flatMap(({ file, cruiser: rules = [] }) => rules.map((rule) => ({ file, rule }))),
  )('finds $rule in $file', ({ file, rule }) => {
    expect([...(cruiser.get(file) ?? [])]).toContain(rule);
  });

  it('finds nothing in files that keep the rules', () => {
    expect(clean.filter(({ file }) => cruiser.has(file))).toEqual([]);
  });

  it('has a planted violation for every rule it knows', () => {
    const { forbidden } = createRequire(import.meta.url)(
      join(checkout, '.dependency-cruiser.cjs'),
    ) as { forbidden: { name: string }[] };
    const tested = new Set(planted.flatMap(({ cruiser: rules = [] }) => rules));
    expect(forbidden.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });
});
