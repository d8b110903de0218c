import { BUGS } from './bugs.ts';
import type { Bug } from './bugs.ts';
import { simulate } from './simulate.ts';

/** The few words of the platform that a script needs; the rules have none. */
declare const process: { readonly argv: readonly string[]; exitCode: number };
declare const console: { log(text: string): void; error(text: string): void };
declare const performance: { now(): number };

const HELP = `node packages/twenty-mak-domain/src/simulation/run.ts [--seeds N] [--from SEED] [--bug NAME]

Runs N stories (default 1000) with the seeds FROM (default 1), FROM + 1, …; prints one JSON object.
A story that breaks a promise is printed with its seed; run it again with --seeds 1 --from SEED.
Bugs to plant: ${Object.keys(BUGS).join(', ')}`;

function option(name: string): string | undefined {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

function natural(name: string, fallback: number): number {
  const text = option(name);
  if (text === undefined) return fallback;
  if (!/^[0-9]{1,9}$/.test(text)) throw new RangeError(`--${name} takes a whole number`);
  return Number(text);
}

function isBug(name: string): name is Bug {
  return Object.hasOwn(BUGS, name);
}

function main(): void {
  if (process.argv.includes('--help')) return console.log(HELP);
  const seeds = natural('seeds', 1_000);
  const from = natural('from', 1);
  const bug = option('bug');
  if (bug !== undefined && !isBug(bug))
    throw new RangeError(`--bug takes one of ${Object.keys(BUGS).join(', ')}`);
  const began = performance.now();
  const sum = { simulated: 0, steps: 0, checks: 0, events: 0, outboxRows: 0, violations: 0 };
  const faults: Record<string, number> = {};
  for (let seed = from; seed < from + seeds; seed += 1) {
    const report = simulate(seed, bug === undefined ? [] : [bug]);
    sum.simulated += report.simulated;
    sum.steps += report.steps;
    sum.checks += report.checks;
    sum.events += report.events;
    sum.outboxRows += report.outboxRows;
    for (const [fault, count] of Object.entries(report.faults))
      faults[fault] = (faults[fault] ?? 0) + count;
    if (report.violation === null) continue;
    sum.violations += 1;
    console.error(`seed ${seed}: ${report.violation.message}`);
  }
  const wall = performance.now() - began;
  const { simulated, ...counts } = sum;
  const seconds = {
    simulated_s: Math.round(simulated / 1_000),
    wall_s: Number((wall / 1_000).toFixed(1)),
  };
  const ratio = Math.round(simulated / wall);
  console.log(JSON.stringify({ seeds, from, ...counts, faults, ...seconds, ratio, target: 700 }));
  if (sum.violations > 0) process.exitCode = 1;
}

main();
