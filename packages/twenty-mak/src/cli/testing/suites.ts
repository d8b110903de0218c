/** One thing that CI runs. */
export interface Suite {
  readonly name: string;
  readonly about: string;
  /** Longest time it may take on two cores, in seconds; a longer run fails. */
  readonly budget: number;
  /** Folder it runs in, from the root of the checkout. */
  readonly folder: string;
  /** A program of node_modules, by path or by name in .bin, and its arguments. */
  readonly steps: readonly (readonly [program: string, ...args: string[]])[];
  /** Whose report tells the numbers; without one a suite counts as one test. */
  readonly report: 'vitest' | 'playwright' | null;
  /** A browser drives the pages: the suite is told where it is. */
  readonly browser?: true;
}

const TYPESCRIPT = 'typescript-7/bin/tsc';
const VITEST = 'vitest/vitest.mjs';

const check = (
  name: string,
  about: string,
  budget: number,
  steps: Suite['steps'],
  folder = '.',
): Suite => ({ name, about, budget, folder, steps, report: null });

const tests = (
  name: string,
  about: string,
  budget: number,
  folder: string,
  ...args: string[]
): Suite => ({
  name,
  about,
  budget,
  folder,
  steps: [[VITEST, 'run', ...args]],
  report: 'vitest',
});

/**
 * In the order they run: what fails fast comes first. Together they have to end within an hour on two cores; the budget
 * of each is for a machine that is a third slower than that.
 */
export const SUITES: readonly Suite[] = [
  check('format', 'oxfmt would change nothing', 60, [['oxfmt', '--check']]),
  check('lint', 'rules per folder, and who imports whom', 180, [
    ['oxlint', '--deny-warnings'],
    [
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      'packages/twenty-mak/src',
      'packages/twenty-mak-domain/src',
      'packages/twenty-front-ext/src',
      'packages/twenty-mak-app/src',
    ],
  ]),
  check('types', 'strict TypeScript', 180, [
    [TYPESCRIPT, '-p', 'packages/twenty-mak-domain'],
    [TYPESCRIPT, '-p', 'packages/twenty-mak'],
    [TYPESCRIPT, '-p', 'packages/twenty-front-ext'],
    [TYPESCRIPT, '-p', 'packages/twenty-mak-app'],
    [TYPESCRIPT, '-p', 'tools'],
  ]),
  tests('repository', 'planted violations, tracked text, compose', 240, '.'),
  tests('domain', 'the rules: scenarios and properties', 300, 'packages/twenty-mak-domain'),
  tests('front', 'parts of the pages, texts, generated types', 180, 'packages/twenty-front-ext'),
  tests(
    'app',
    'the app of twenty builds with both versions of its SDK; texts, rights, identifiers',
    300,
    'packages/twenty-mak-app',
  ),
  tests(
    'server',
    'the server on a real PostgreSQL and Redis, with coverage',
    2_700,
    'packages/twenty-mak',
    '--coverage',
  ),
  {
    name: 'journeys',
    about: 'people at work in a real browser, on a real server',
    budget: 2_300,
    folder: 'packages/twenty-front-ext',
    steps: [['@playwright/test/cli.js', 'test']],
    report: 'playwright',
    browser: true,
  },
  check(
    'faults',
    'nothing is lost or done twice when processes and servers are killed, 50 times',
    500,
    [
      [
        '../packages/twenty-mak/test/faults/run.ts',
        ...['--rounds', '50', '--seed', 'commit', '--quiet'],
      ],
    ],
  ),
  check(
    'mutation',
    'at least 90 % of the mutants of each folder of the rules are killed; see mutation.json',
    2_100,
    [['../tools/mutation/run.ts', '--spot-check']],
  ),
];
