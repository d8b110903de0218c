import type { Command } from 'commander';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { chromiumBinary } from './local/chromium.ts';
import { join } from 'node:path';

interface BenchOptions {
  readonly json?: true;
  readonly full?: true;
}

export function register(program: Command): void {
  program
    .command('bench')
    .description(
      'Measure the goals of speed as ratios, on a PostgreSQL, Redis and api of their own',
    )
    .argument(
      '[names...]',
      'ingest, replay, sweep, auction, board, rollups, import, sync, document, front, vitals, each with all that begin so, or the whole name of one goal; without one all of them',
    )
    .option('--json', 'print only the results, one JSON object in a line per goal')
    .option('--full', 'the larger data of the scale goals')
    .addHelpText(
      'after',
      '\nNothing else should run on the machine. docs/performance.md says what each goal compares.',
    )
    .action(bench);
}

async function bench(names: string[], options: BenchOptions): Promise<void> {
  const state = mkdtempSync(join(tmpdir(), 'mak-bench-'));
  process.env['MAK_STATE_DIR'] = state;
  process.env['MAK_MODE'] = 'production';
  // The simulated systems of the benchmarks listen on this machine.
  process.env['MAK_ALLOW_PRIVATE_WEBHOOKS'] = 'true';
  for (const address of ['PG_DATABASE_URL', 'REDIS_URL']) delete process.env[address];
  const stack = await import('./stack/index.ts');
  const paths = stack.resolvePaths(state);
  try {
    await stack.startStack(paths, {
      progress: (step) => !options.json && process.stderr.write(`${step} ...\n`),
    });
    const backing = await stack.startBacking(paths);
    const port = (name: 'api' | 'worker'): number => stack.findService(paths, name)?.port ?? 0;
    const environment = stack.ownerEnvironment(paths, backing, {
      api: port('api'),
      worker: port('worker'),
    });
    process.exitCode = await measure(paths.server, names, {
      ...environment,
      MAK_URL: `http://127.0.0.1:${port('api')}`,
      ...browserEnvironment(paths.tools, names),
      ...(options.full ? { MAK_BENCH_FULL: '1' } : {}),
    });
  } finally {
    await stack.resetStack(paths);
    rmSync(state, { recursive: true, force: true });
  }
}

/** Where the benchmarks of pages find a browser. */
function browserEnvironment(tools: string, names: readonly string[]): Record<string, string> {
  if (names.length > 0 && !names.some((name) => /^(front|vitals)/.test(name))) return {};
  const { program, libraryPath } = chromiumBinary(tools);
  return {
    CHROMIUM_PATH: program,
    ...(libraryPath === '' ? {} : { LD_LIBRARY_PATH: libraryPath }),
  };
}

function measure(
  server: string,
  names: readonly string[],
  environment: Record<string, string>,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', join(server, 'dist/bench/main.js'), ...names],
      { env: environment, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    child.on('close', (code) => resolve(code ?? 1));
  });
}
