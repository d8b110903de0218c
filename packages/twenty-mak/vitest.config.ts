import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.spec.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'int',
          include: ['src/**/*.int-spec.ts', 'test/**/*.int-spec.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          pool: 'forks',
          // The files share one PostgreSQL and one Redis, and the machine of CI has two cores.
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
