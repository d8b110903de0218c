import { simulate } from './simulate.ts';
import { BUGS } from './world.ts';
import type { Bug } from './world.ts';

const HELP = `node packages/twenty-mak/test/sync-simulation/run.ts [--seeds N] [--from SEED] [--bug NAME]

Plays N stories of the sync engine (default 1000) from the seed FROM (default 1) on; prints one JSON object.
A story that breaks a promise is printed with its seed. Bugs to plant: ${Object.keys(BUGS).join(', ')}.`;

function option(name: string): string | undefined {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
}

function isBug(name: string): name is keyof typeof BUGS & Bug {
  return Object.hasOwn(BUGS, name);
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const seeds = Number(option('seeds') ?? 1_000);
  const from = Number(option('from') ?? 1);
  const bug = option('bug');
  if (
    !Number.isSafeInteger(seeds) ||
    !Number.isSafeInteger(from) ||
    (bug !== undefined && !isBug(bug))
  )
    throw new RangeError(HELP);
  const began = performance.now();
  const sum: Record<string, number> = {};
  let broken = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const report = await simulate(seed, bug === undefined ? [] : [bug]);
    for (const [name, count] of Object.entries(report.counts)) sum[name] = (sum[name] ?? 0) + count;
    if (report.broken.length === 0) continue;
    broken += 1;
    process.stderr.write(`seed ${seed}: ${report.broken.join(', ')}\n`);
  }
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  process.stdout.write(`${JSON.stringify({ seeds, broken, ...sum, seconds })}\n`);
  process.exitCode = broken === 0 ? 0 : 1;
}

await main();
