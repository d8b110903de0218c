import { readFileSync } from 'node:fs';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Most lines of a page that are shown: the end of a log is all that some who read it have. */
const LINES = 15;

/** Names of parts of a page that say what a person was told. */
const TOLD = /^\s*- '?(?:alert|alertdialog|dialog|heading|status)\b/u;

/** Says at the end of the log what the pages of failed journeys told the person. */
export default class SeenAtFailure implements Reporter {
  private readonly seen: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === test.expectedStatus || result.status === 'skipped') return;
    for (const { name, path } of result.attachments) {
      if (name !== 'error-context' || path === undefined) continue;
      const told = readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => TOLD.test(line));
      this.seen.push(`Seen when "${test.title}" failed:`, ...told.slice(0, LINES));
    }
  }

  onEnd(): void {
    if (this.seen.length > 0) process.stdout.write(`${this.seen.join('\n')}\n`);
  }
}
