import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { appendLedger } from './ledger.ts';
import { PROMISES } from './report.ts';
import type { PromiseName } from './report.ts';
import { runFaults } from './run-faults.ts';
import type { Outcome } from './run-faults.ts';

const HELP = `node packages/twenty-mak/test/faults/run.ts [--rounds N] [--seed S] [--ledger] [--quiet]

Starts PostgreSQL, Redis, two apis and two workers of its own, lets clients work and bid, and N times (default 50) kills
something. Then it compares everything with the truth and prints one JSON object. Ends with 1 if a promise was broken;
the logs are kept then. The seed (default 1) decides what is killed and in which order; "commit" takes it from
the commit that is checked out, so that CI tries others with every commit.
--ledger adds the run to the table in docs/reliability.md.`;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    ledger: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** A seed out of the commit; 1 where there is no git. */
function commit(): string {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : '1';
}

function summary({ report, ...outcome }: Outcome): object {
  return { ...outcome, checks: report.checks, broken: report.broken };
}

async function main(): Promise<void> {
  if (values.help) return console.log(HELP);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--rounds takes a number');
  const outcome = await runFaults({
    seed: values.seed === 'commit' ? commit() : values.seed,
    rounds,
    progress: (round, faults) => {
      if (!values.quiet) console.error(`round ${round}: ${faults.join(' + ')}`);
    },
  });
  const { report, seed } = outcome;
  for (const { promise, what } of report.violations)
    console.error(`seed ${seed}: ${PROMISES[promise]}: ${what}`);
  const broken = Object.entries(report.broken).filter(([, times]) => times > 0);
  for (const [promise, times] of broken)
    console.error(`seed ${seed}: ${PROMISES[promise as PromiseName]}: ${times} times`);
  if (values.ledger) appendLedger(outcome);
  console.log(JSON.stringify(summary(outcome)));
  if (broken.length > 0) process.exitCode = 1;
}

await main();
