import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { chromiumBinary } from '../local/chromium.ts';
import type { Suite } from './suites.ts';

export interface SuiteResult {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
  readonly budget: number;
  /** Names of failed tests, or one sentence on what went wrong. */
  readonly failures: readonly string[];
  readonly log: string;
}

export interface Places {
  readonly checkout: string;
  /** Folder of programs that the machine lacks. */
  readonly tools: string;
  /** Folder for logs and reports. */
  readonly output: string;
}

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What names a server of the user; tests bring their own and must not touch that one. */
const FOREIGN =
  /^(PG[A-Z_]*|REDIS_URL|MAK_(?!DATA_DIR$)\w+|BETTER_AUTH_SECRET|PORT|NODE_ENV|NODE_OPTIONS|VITEST\w*)$/;

export function testEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !FOREIGN.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), CI: 'true', NO_COLOR: '1', FORCE_COLOR: '0' };
}

interface Ending {
  readonly code: number | null;
  readonly overdue: boolean;
}

/** Runs one program in a process group of its own, which ends with it, with its time or with us. */
async function runStep(
  command: readonly string[],
  folder: string,
  log: number,
  limitMs: number,
  signal: AbortSignal,
  more: Readonly<Record<string, string>>,
): Promise<Ending> {
  const child = spawn(process.execPath, command, {
    cwd: folder,
    env: { ...testEnvironment(), ...more },
    stdio: ['ignore', log, log],
    detached: true,
  });
  await once(child, 'spawn');
  const endGroup = (how: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, how);
    } catch {
      // The group has ended already.
    }
  };
  let overdue = false;
  const polite = () => endGroup('SIGTERM');
  const timer = setTimeout(() => {
    overdue = true;
    polite();
  }, limitMs);
  const force = setTimeout(() => endGroup('SIGKILL'), limitMs + 15_000);
  signal.addEventListener('abort', polite);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearTimeout(timer);
  clearTimeout(force);
  signal.removeEventListener('abort', polite);
  return { code, overdue };
}

function programPath(checkout: string, program: string): string {
  const modules = join(checkout, 'node_modules');
  return program.includes('/') ? join(modules, program) : join(modules, '.bin', program);
}

function readReport(file: string): z.infer<typeof reportSchema> | null {
  return existsSync(file) ? reportSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** Runs a suite to its end and tells how it went. Output goes to a log, nothing is printed. */
export async function runSuite(
  suite: Suite,
  { checkout, output, tools }: Places,
  signal: AbortSignal,
): Promise<SuiteResult> {
  mkdirSync(output, { recursive: true });
  const logPath = join(output, `${suite.name}.log`);
  const reportPath = join(output, `${suite.name}.json`);
  rmSync(reportPath, { force: true });
  const log = openSync(logPath, 'w');
  const started = performance.now();
  const failures: string[] = [];
  const more = {
    ...(suite.browser === true ? browserEnvironment(tools) : {}),
    ...(suite.report === 'playwright' ? { PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath } : {}),
  };
  try {
    for (const [program, ...args] of suite.steps) {
      const reporters = suite.report === null ? [] : REPORTERS[suite.report](reportPath);
      const command = [programPath(checkout, program), ...args, ...reporters];
      const left = suite.budget * 1_000 - (performance.now() - started);
      const ending = await runStep(command, join(checkout, suite.folder), log, left, signal, more);
      if (ending.overdue) failures.push(`took longer than its ${suite.budget} s and was stopped`);
      else if (ending.code !== 0)
        failures.push(`${program} ended with ${ending.code ?? 'a signal'}`);
    }
  } finally {
    closeSync(log);
  }
  const seconds = Math.round((performance.now() - started) / 1_000);
  const result = { name: suite.name, skipped: 0, seconds, budget: suite.budget, log: logPath };
  switch (suite.report) {
    case null: {
      const failed = failures.length > 0 ? 1 : 0;
      return { ...result, passed: 1 - failed, failed, failures };
    }
    case 'vitest':
      return { ...result, ...countTests(readReport(reportPath), failures) };
    case 'playwright':
      return { ...result, ...countJourneys(reportPath, failures) };
  }
}

const REPORTERS = {
  vitest: (file: string) => ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
  playwright: () => ['--reporter=list,json'],
} as const;

/** Where the tests find the browser, and its libraries when it was unpacked for them. */
function browserEnvironment(tools: string): Record<string, string> {
  const { program, libraryPath } = chromiumBinary(tools);
  return {
    CHROMIUM_PATH: program,
    ...(libraryPath === '' ? {} : { LD_LIBRARY_PATH: libraryPath }),
  };
}

const journeysSchema = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** A test that passed only when it was repeated has failed. */
function countJourneys(
  file: string,
  failures: readonly string[],
): Pick<SuiteResult, 'passed' | 'failed' | 'skipped' | 'failures'> {
  if (!existsSync(file)) {
    return { passed: 0, failed: 1, skipped: 0, failures: [...failures, 'there is no report'] };
  }
  const { stats } = journeysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: failed === 0 && failures.length > 0 ? 1 : failed,
    skipped: stats.skipped,
    failures,
  };
}

type Counts = Pick<SuiteResult, 'passed' | 'failed' | 'skipped' | 'failures'>;

function countTests(report: z.infer<typeof reportSchema> | null, problems: string[]): Counts {
  if (report === null) {
    return { passed: 0, failed: 1, skipped: 0, failures: [...problems, 'no report was written'] };
  }
  const named = report.testResults.flatMap((file) => {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed');
    if (tests.length > 0) return tests.map(({ fullName }) => fullName);
    return file.status === 'failed' ? [`${file.name}: ${file.message?.split('\n')[0] ?? ''}`] : [];
  });
  const none = report.numPassedTests + report.numFailedTests === 0 ? ['no test ran'] : [];
  // A broken file, a missed coverage or a lost worker fails the run without a failed test.
  const failures = named.length > 0 ? named : [...problems, ...none];
  const failed = Math.max(report.numFailedTests, failures.length);
  return {
    passed: report.numPassedTests,
    failed,
    skipped: report.numPendingTests,
    failures,
  };
}
