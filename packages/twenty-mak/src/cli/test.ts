import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument } from 'commander';
import type { Command } from 'commander';
import { printJson } from './print-state.ts';
import { resolvePaths } from './stack/index.ts';
import { logExcerpt } from './testing/log-excerpt.ts';
import { runSuite } from './testing/run-suite.ts';
import type { SuiteResult } from './testing/run-suite.ts';
import { SUITES } from './testing/suites.ts';

export function register(program: Command): void {
  const names = SUITES.map(({ name }) => name);
  program
    .command('test')
    .description('Run everything that CI runs: format, lint, types, all tests, mutation')
    .addArgument(new Argument('[suite...]', 'only these suites').choices(names))
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `\nSuites:\n${SUITES.map(({ name, about, budget }) => `  ${name.padEnd(11)} ${about} (up to ${budget} s)`).join('\n')}` +
        '\n\nThe last line is "N passed, N failed". It ends with 1 when anything failed or nothing ran.',
    )
    .action(test);
}

async function test(chosen: string[], options: { json?: true }): Promise<void> {
  const paths = resolvePaths();
  const places = {
    checkout: paths.checkout,
    tools: paths.tools,
    output: join(paths.state, 'test'),
  };
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);

  const suites = SUITES.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    if (stop.signal.aborted) break;
    process.stderr.write(`${suite.name}: ${suite.about} ...\n`);
    const result = await runSuite(suite, places, stop.signal);
    results.push(result);
    process.stderr.write(describe(result));
  }

  const sum = (count: (result: SuiteResult) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const passed = sum((result) => result.passed);
  const failed = sum((result) => result.failed);
  const interrupted = stop.signal.aborted;
  if (options.json) printJson({ passed, failed, interrupted, suites: results });
  else {
    for (const result of results) process.stdout.write(summaryLine(result));
    process.stdout.write(
      `In all ${sum(({ seconds }) => seconds)} s of ${sum(({ budget }) => budget)} s.\n`,
    );
    if (interrupted) process.stdout.write('Interrupted: not every suite ran.\n');
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
  if (interrupted || failed > 0 || passed === 0) process.exitCode = 1;
}

function summaryLine({ name, passed, failed, skipped, seconds, budget }: SuiteResult): string {
  const word = failed > 0 ? 'FAIL' : 'ok';
  const more = skipped > 0 ? `, skipped ${skipped}` : '';
  const time = `${seconds} s of ${budget} s`;
  return `${word.padEnd(5)} ${name.padEnd(11)} ${time.padEnd(16)} passed ${passed}, failed ${failed}${more}\n`;
}

function describe(result: SuiteResult): string {
  if (result.failed === 0) return summaryLine(result);
  const words = logExcerpt(readFileSync(result.log, 'utf8'));
  const failures = result.failures.map((failure) => `      - ${failure}`);
  return `${[words, '', ...failures].join('\n')}\n      The whole log is ${result.log}\n${summaryLine(result)}`;
}
