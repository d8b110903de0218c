import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
    // Three builds of the whole app; on an idle machine they take half a minute.
    hookTimeout: 600_000,
  },
});
