import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from './run-faults.ts';

const FILE = join(import.meta.dirname, '../../../../docs/reliability.md');
/** Rows of the table stand before this. */
const END = '\n\n<!-- end of the ledger -->';

/** Adds one row, which the formatter then aligns: seed, rounds, what was struck, what was done meanwhile, what was broken. */
export function appendLedger({ seed, rounds, faults, report, ...done }: Outcome): void {
  const { lost, twice, breachTwice } = report.broken;
  const others = report.total - lost - twice - breachTwice;
  const struck = Object.values(faults).reduce((sum, count) => sum + count, 0);
  const cells = [
    new Date().toISOString().slice(0, 10),
    ...[seed, rounds, struck, done.events, done.edits, done.published, done.breaches],
    ...[done.bids, done.closed],
    ...[report.checks, lost, twice, breachTwice, others],
  ];
  const text = readFileSync(FILE, 'utf8');
  if (!text.includes(END)) throw new Error(`${FILE} has no ledger`);
  writeFileSync(FILE, text.replace(END, `\n| ${cells.join(' | ')} |${END}`));
}
