import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { digestOf, filesOf, GROUPS, spotCheck, unrecorded } from './ledger.ts';
import type { Group } from './ledger.ts';

let folder: string;

function write(file: string, text: string): void {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mak-mutation-'));
  for (const file of ['package.json', 'stryker.config.json', 'vitest.config.ts']) write(file, '{}');
  write('src/price/price.ts', `import { round } from '../basics/round.ts';\n`);
  write('src/price/price.spec.ts', `import { price } from './price.ts';\n`);
  write('src/basics/round.ts', `export * from './digits.ts';\n`);
  write('src/basics/digits.ts', '');
  write('src/basics/unused.ts', '');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PRICE: Group = ['price'];

it('reads the files of a group and what they import, however far', () => {
  expect(filesOf(PRICE, folder)).toEqual([
    'src/basics/digits.ts',
    'src/basics/round.ts',
    'src/price/price.spec.ts',
    'src/price/price.ts',
  ]);
});

it.each([
  ['a rule', 'src/price/price.ts'],
  ['a spec', 'src/price/price.spec.ts'],
  ['an imported rule', 'src/basics/digits.ts'],
  ['a new file', 'src/price/more.ts'],
  ['the settings', 'stryker.config.json'],
  ['the versions of the tools', 'package.json'],
])('tries a group anew after a change of %s', (_, file) => {
  const ledger = {
    price: { digest: digestOf(PRICE, folder), killed: 9, survived: 1, score: 90 },
  };
  expect(unrecorded(ledger, folder, 90, [PRICE])).toEqual([]);
  write(file, '// changed');
  expect(unrecorded(ledger, folder, 90, [PRICE])).toEqual([PRICE]);
});

it('leaves a group alone when something changes that it does not use', () => {
  const before = digestOf(PRICE, folder);
  write('src/basics/unused.ts', '// changed');
  expect(digestOf(PRICE, folder)).toBe(before);
});

it('does not take a record that is too low, or none', () => {
  const digest = digestOf(PRICE, folder);
  const low = { price: { digest, killed: 8, survived: 2, score: 80 } };
  expect(unrecorded(low, folder, 90, [PRICE])).toEqual([PRICE]);
  expect(unrecorded({}, folder, 90, [PRICE])).toEqual([PRICE]);
});

it('tries every record again in the course of commits', () => {
  const commits = Array.from({ length: 200 }, (_, number) => `commit ${number}`);
  expect(new Set(commits.map((commit) => spotCheck(commit)))).toEqual(new Set(GROUPS));
});

it('has every folder of the rules in one group', () => {
  const rules = resolve(import.meta.dirname, '../../packages/twenty-mak-domain/src');
  const folders = readdirSync(rules, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  // The simulation is itself a test of the rules.
  expect(GROUPS.flat().toSorted()).toEqual(folders.filter((name) => name !== 'simulation'));
});
