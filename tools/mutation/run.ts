import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  BY_HAND,
  digestOf,
  GROUPS,
  nameOf,
  readLedger,
  spotCheck,
  unrecorded,
  writeLedger,
} from './ledger.ts';
import type { Group, Outcome } from './ledger.ts';

/** Tries the mutants of the rules: see docs/developers.md. Ends with 1 when too few of a group are killed. */

const root = resolve(import.meta.dirname, '../..');
const rules = join(root, 'packages/twenty-mak-domain');
const ledgerFile = join(rules, 'mutation.json');
const settings = JSON.parse(readFileSync(join(rules, 'stryker.config.json'), 'utf8')) as {
  thresholds: { break: number };
};

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    record: { type: 'boolean', default: false },
    'spot-check': { type: 'boolean', default: false },
  },
});

function chosen(): readonly Group[] {
  if (names.length > 0) {
    const unknown = names.filter((name) => !GROUPS.some((group) => nameOf(group) === name));
    if (unknown.length > 0)
      throw new Error(
        `There is no group ${unknown.join(', ')}. There are: ${GROUPS.map(nameOf).join(', ')}.`,
      );
    return GROUPS.filter((group) => names.includes(nameOf(group)));
  }
  const groups = unrecorded(readLedger(ledgerFile), rules, settings.thresholds.break);
  if (!options['spot-check']) return groups;
  const byHand = groups.filter((group) => BY_HAND.includes(group));
  if (byHand.length > 0)
    process.stdout.write(
      `Changed and not tried here, for it would take too long: ${byHand.map(nameOf).join(', ')}. Try them with npm run mutation.\n`,
    );
  const short = groups.filter((group) => !BY_HAND.includes(group));
  if (short.length > 0) return short;
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return [
    spotCheck(
      commit.trim(),
      GROUPS.filter((group) => !BY_HAND.includes(group)),
    ),
  ];
}

interface Report {
  readonly files: Readonly<
    Record<string, { readonly mutants: readonly { readonly status: string }[] }>
  >;
}

const KILLED = ['Killed', 'Timeout'];
const SURVIVED = ['Survived', 'NoCoverage'];

/** Null when the mutants could not be tried. */
function tryMutants(group: Group): Outcome | null {
  const digest = digestOf(group, rules);
  const sources = group.map((folder) => `src/${folder}/**/*.ts`);
  const others = ['*.spec', 'fixtures', 'index'].map((name) => `!src/**/${name}.ts`);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
      'run',
      ...['--mutate', [...sources, ...others].join(',')],
      ...['--testFiles', group.map((folder) => `src/${folder}/**/*.spec.ts`).join(',')],
    ],
    { cwd: rules, stdio: 'inherit' },
  );
  const report = JSON.parse(readFileSync(join(rules, 'reports/mutation.json'), 'utf8')) as Report;
  const states = Object.values(report.files).flatMap(({ mutants }) =>
    mutants.map((mutant) => mutant.status),
  );
  const count = (words: readonly string[]) =>
    states.filter((state) => words.includes(state)).length;
  const [killed, survived] = [count(KILLED), count(SURVIVED)];
  if (status !== 0 || killed + survived === 0) return null;
  return {
    digest,
    killed,
    survived,
    score: Math.round((10_000 * killed) / (killed + survived)) / 100,
  };
}

const groups = chosen();
process.stdout.write(`To be tried: ${groups.map(nameOf).join(', ') || 'none'}.\n`);
for (const group of groups) {
  const outcome = tryMutants(group);
  if (outcome === null) {
    process.stdout.write(
      `${nameOf(group)}: not enough mutants were killed, see above. Nothing was recorded for it.\n`,
    );
    process.exitCode = 1;
    continue;
  }
  process.stdout.write(
    `${nameOf(group)}: ${outcome.killed} killed, ${outcome.survived} survived, ${outcome.score} %.\n`,
  );
  if (options.record)
    writeLedger(ledgerFile, { ...readLedger(ledgerFile), [nameOf(group)]: outcome });
}
