import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

/**
 * graphql has two builds, and vite would take the one that NestJS does not: a scalar of ours would then be no scalar
 * to the schema builder. Node itself always takes this one.
 */
const graphql = createRequire(import.meta.url).resolve('graphql');

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // The command line and the entry points run in processes of their own, which nobody counts.
      exclude: ['src/**/*.spec.ts', 'src/**/*.int-spec.ts', 'src/cli/**', 'src/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      // A floor, not a goal.
      thresholds: { lines: 80 },
    },
    projects: [
      {
        resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
        test: {
          name: 'unit',
          include: ['src/**/*.spec.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
        test: {
          name: 'int',
          include: ['src/**/*.int-spec.ts', 'test/**/*.int-spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          setupFiles: ['test/support/fresh-redis.ts'],
          pool: 'forks',
          // The machine of CI has two cores. Each file has a database and, while it runs, a Redis of its own.
          maxWorkers: 2,
          testTimeout: 60_000,
          // A second, as it is without this, is short when two files share two cores.
          expect: { poll: { timeout: 30_000 } },
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
