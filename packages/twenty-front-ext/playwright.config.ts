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
  reporter: [['list'], ['./e2e/support/seen-at-failure.ts']],
  use: {
    baseURL: ADDRESS,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    // A trace slows every test down to help with the few that fail. CI has the picture of the page, its tree and its log.
    trace: process.env['CI'] === 'true' ? 'off' : 'retain-on-failure',
    screenshot: 'only-on-failure',
    // Each test is a new browser, which would fetch the whole application to keep it. The spec of that allows it.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      // Without a graphics card Chromium imitates one, which costs more than to draw by itself.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
});
