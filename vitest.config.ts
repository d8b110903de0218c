import { defineConfig } from 'vitest/config';

/** Tests of the repository itself: lint rules, generated files, compose. The packages have their own. */
export default defineConfig({
  test: {
    name: 'repository',
    include: ['tools/**/*.spec.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
