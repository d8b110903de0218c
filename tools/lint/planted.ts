/** One file that breaks rules on purpose, and the rules it breaks. */
export interface Plant {
  readonly file: string;
  readonly source: string;
  /** Rules of oxlint, without their plugin. */
  readonly oxlint?: readonly string[];
  /** Rules of dependency-cruiser. */
  readonly cruiser?: readonly string[];
}

const domain = 'packages/twenty-mak-domain/src';
const server = 'packages/twenty-mak/src';
const front = 'packages/twenty-front-ext/src';
const app = 'packages/twenty-mak-app/src';

/** Files that keep every rule; they are what the others import. */
export const clean: readonly Plant[] = [
  { file: `${domain}/index.ts`, source: `export * from './sla/due.ts';` },
  { file: `${domain}/sla/due.ts`, source: `export const due = (now: number): number => now + 1;` },
  { file: `${domain}/sla/fixtures.ts`, source: `export const fixture = 1;` },
  { file: `${domain}/basics/time.ts`, source: `export const zero = new Date(0).toISOString();` },
  { file: `${server}/main.ts`, source: `export const root = 1;` },
  { file: `${server}/cli/mak.ts`, source: `export const command = process.env['HOME'];` },
  {
    file: `${server}/platform/config/config.ts`,
    source: `export const env = process.env['PORT'];`,
  },
  { file: `${server}/platform/tenancy/index.ts`, source: `export const tenant = 'x';` },
  {
    file: `${server}/features/deals/index.ts`,
    source: `import { due } from 'twenty-mak-domain';\nimport { tenant } from '../../platform/tenancy/index.ts';\nexport const deals = [due(1), tenant];`,
  },
  { file: `${server}/features/deals/deals.service.ts`, source: `export const inner = 1;` },
  {
    file: `${server}/features/sla/index.ts`,
    source: `import { deals } from '../deals/index.ts';\nexport const sla = deals;`,
  },
  { file: `${server}/connectors/sync/index.ts`, source: `export const engine = 1;` },
  {
    file: `${server}/connectors/twenty/index.ts`,
    source: `import { engine } from '../sync/index.ts';\nexport const twenty = engine;`,
  },
  { file: `${app}/constants/names.ts`, source: `export const names = 1;` },
  {
    file: `${app}/objects/deal.object.ts`,
    source: `export { names } from '../constants/names.ts';`,
  },
  { file: `${front}/app/client.ts`, source: `export const client = 1;` },
  { file: `${front}/ui/board/board.ts`, source: `export { dnd } from '@hello-pangea/dnd';` },
  {
    file: `${front}/pages/board/board-page.ts`,
    source: `import { client } from '../../app/client.ts';\nexport const page = client;`,
  },
];

const inDomain = (name: string, source: string, rule: string): Plant => ({
  file: `${domain}/sla/${name}.ts`,
  source,
  oxlint: [rule],
});

const inServer = (name: string, source: string, rule: string): Plant => ({
  file: `${server}/features/deals/${name}.ts`,
  source,
  oxlint: [rule],
});

const impureGlobals = [
  'Buffer.alloc(1)',
  'console',
  'crypto.randomUUID()',
  'Date.now()',
  'new Date()',
  'fetch',
  'globalThis',
  'performance.now()',
  'process.pid',
  'setInterval',
  'setTimeout',
];

export const planted: readonly Plant[] = [
  ...impureGlobals.map((expression, index) =>
    inDomain(
      `global-${index}`,
      `export const impure: unknown = ${expression};`,
      'no-restricted-globals',
    ),
  ),
  inDomain('random', `export const dice = Math.random();`, 'no-restricted-properties'),
  {
    file: `${domain}/basics/clock.ts`,
    source: `const { now } = Date;\nexport const clock = now;`,
    oxlint: ['no-restricted-globals'],
  },
  {
    file: `${domain}/sla/node-import.ts`,
    source: `export { readFileSync } from 'node:fs';`,
    oxlint: ['no-restricted-imports'],
    cruiser: ['domain-only-itself'],
  },
  {
    file: `${domain}/sla/package-import.ts`,
    source: `export const load = () => import('zod');`,
    oxlint: ['no-restricted-imports'],
    cruiser: ['domain-only-itself'],
  },
  {
    file: `${domain}/sla/server-import.ts`,
    source: `export { root } from '../../../twenty-mak/src/main.ts';`,
    cruiser: ['domain-only-itself'],
  },
  {
    file: `${domain}/sla/leans-on-fixture.ts`,
    source: `export { fixture } from './fixtures.ts';`,
    cruiser: ['no-test-support-in-sources'],
  },

  inServer('any', `export const loose: any = 1;`, 'no-explicit-any'),
  inServer('unsafe-assignment', `export const { a } = JSON.parse('{}');`, 'no-unsafe-assignment'),
  inServer(
    'unsafe-return',
    `export const read = (t: string): number => JSON.parse(t);`,
    'no-unsafe-return',
  ),
  inServer('unsafe-call', `JSON.parse('1')();`, 'no-unsafe-call'),
  inServer(
    'unsafe-member',
    `export const b: unknown = JSON.parse('{}').b;`,
    'no-unsafe-member-access',
  ),
  inServer('unsafe-argument', `export const n = Math.abs(JSON.parse('1'));`, 'no-unsafe-argument'),
  inServer(
    'floating',
    `async function work() {}\nexport const go = () => { work(); };`,
    'no-floating-promises',
  ),
  inServer(
    'misused',
    `export const f = (w: () => Promise<boolean>) => { if (w()) return 1; return 2; };`,
    'no-misused-promises',
  ),
  inServer(
    'exhaustive',
    `export const g = (k: 'a' | 'b') => { switch (k) { case 'a': return 1; } return 2; };`,
    'switch-exhaustiveness-check',
  ),
  inServer('ignored', `// @ts-ignore\nexport const h: string = 1;`, 'ban-ts-comment'),
  inServer('todo', `// TODO finish\nexport const i = 1;`, 'no-warning-comments'),
  inServer('equality', `export const j = (x: unknown) => x == 1;`, 'eqeqeq'),
  inServer('environment', `export const k = process.env['SECRET'];`, 'no-process-env'),
  inServer('process-import', `export { env } from 'node:process';`, 'no-restricted-imports'),
  inServer('printing', `console.log(1);`, 'no-console'),
  {
    file: `${server}/features/deals/focused.spec.ts`,
    source: `import { expect, it } from 'vitest';\nit.only('x', () => { expect(1).toBe(1); });`,
    oxlint: ['no-focused-tests'],
  },
  {
    file: `${server}/features/deals/skipped.spec.ts`,
    source: `import { expect, it } from 'vitest';\nit.skip('x', () => { expect(1).toBe(1); });`,
    oxlint: ['no-disabled-tests'],
  },
  {
    file: `${server}/features/deals/empty.spec.ts`,
    source: `import { it } from 'vitest';\nit('cannot fail', () => {});`,
    oxlint: ['expect-expect'],
  },
  {
    file: `${server}/features/deals/ring-a.ts`,
    source: `import { ringB } from './ring-b.ts';\nexport const ringA = (): number => ringB();`,
    oxlint: ['no-cycle'],
    cruiser: ['no-cycle'],
  },
  {
    file: `${server}/features/deals/ring-b.ts`,
    source: `import { ringA } from './ring-a.ts';\nexport const ringB = (): number => ringA();`,
    oxlint: ['no-cycle'],
  },

  {
    file: `${server}/features/sla/reaches-inside.ts`,
    source: `export { inner } from '../deals/deals.service.ts';`,
    cruiser: ['feature-through-index'],
  },
  {
    file: `${server}/features/sla/asks-connector.ts`,
    source: `export { twenty } from '../../connectors/twenty/index.ts';`,
    oxlint: ['no-restricted-imports'],
    cruiser: ['feature-not-connector'],
  },
  {
    file: `${server}/features/sla/asks-root.ts`,
    source: `export { root } from '../../main.ts';`,
    cruiser: ['feature-not-composition-root'],
  },
  {
    file: `${server}/features/sla/asks-command-line.ts`,
    source: `export { command } from '../../cli/mak.ts';`,
    cruiser: ['server-not-cli'],
  },
  {
    file: `${server}/connectors/twenty/asks-feature.ts`,
    source: `export { deals } from '../../features/deals/index.ts';`,
    cruiser: ['connector-only-platform-and-sync'],
  },
  {
    file: `${server}/connectors/amocrm/asks-connector.ts`,
    source: `export { twenty } from '../twenty/index.ts';`,
    cruiser: ['connector-only-platform-and-sync'],
  },
  {
    file: `${server}/platform/tenancy/asks-feature.ts`,
    source: `export type { deals } from '../../features/deals/index.ts';`,
    oxlint: ['no-restricted-imports'],
    cruiser: ['platform-knows-no-feature'],
  },
  {
    file: `${front}/app/asks-server.ts`,
    source: `export { root } from '../../../twenty-mak/src/main.ts';`,
    cruiser: ['front-never-server'],
  },
  {
    file: `${app}/objects/asks-domain.ts`,
    source: `export { due } from '../../../twenty-mak-domain/src/index.ts';`,
    cruiser: ['app-only-itself'],
  },
  {
    file: `${front}/ui/asks-app.ts`,
    source: `export { client } from '../app/client.ts';`,
    cruiser: ['ui-knows-no-data'],
  },
  {
    file: `${front}/pages/deal/asks-page.ts`,
    source: `export { page } from '../board/board-page.ts';`,
    cruiser: ['page-not-page'],
  },
  {
    file: `${front}/parts/asks-page.ts`,
    source: `export { page } from '../pages/board/board-page.ts';`,
    cruiser: ['parts-know-no-page'],
  },
  {
    file: `${front}/pages/board/drags-itself.ts`,
    source: `export { dnd } from '@hello-pangea/dnd';`,
    cruiser: ['one-place-per-library'],
  },
  {
    file: `${front}/app/uses-node.ts`,
    source: `export const pid = process.pid;`,
    oxlint: ['no-restricted-globals'],
  },
  {
    file: `${server}/features/deals/unlisted.ts`,
    source: `export { default } from 'tslib';`,
    cruiser: ['no-unlisted-package'],
  },
  {
    file: `${server}/features/deals/development.ts`,
    source: `export { default } from 'ajv';`,
    cruiser: ['no-dev-package-in-sources'],
  },
  {
    file: `${server}/features/deals/nowhere.ts`,
    source: `export { nothing } from './nothing.ts';`,
    cruiser: ['resolvable'],
  },
];
