import { defineConfig } from '@playwright/test';
import { ADDRESS } from './e2e/support/stack.ts';

/** Journeys of people through the pages, against a server, a PostgreSQL and a Redis of their own. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../../.mak/test/journeys',
  globalSetup: './e2e/support/stack.ts',
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    baseURL: ADDRESS,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    },
  },
});
