/** One thing that was tried. */
export interface Row {
  readonly what: string;
  /** Until both sides were equal; null where there was nothing to wait for. */
  readonly seconds: number | null;
  readonly ok: boolean;
  /** What was wrong. */
  readonly detail: string;
}

/** The table of a trial, printed row by row as it grows, or at the end as JSON. */
export class Report {
  readonly rows: Row[] = [];
  private readonly json: boolean;
  private readonly facts = new Map<string, string>();

  constructor(json: boolean) {
    this.json = json;
  }

  /** What the trial was made with; stands above the table. */
  fact(name: string, value: string): void {
    this.facts.set(name, value);
    if (!this.json) process.stdout.write(`${name.padEnd(12)} ${value}\n`);
  }

  begin(what: string): void {
    if (process.stderr.isTTY) process.stderr.write(`        … ${what}\r`);
  }

  add(row: Row): void {
    this.rows.push(row);
    if (this.json) return;
    const seconds = row.seconds === null ? '' : `${row.seconds.toFixed(1)} s`;
    const detail = row.detail === '' ? '' : `\n              ${row.detail}`;
    process.stdout.write(
      `${row.ok ? 'ok  ' : 'FAIL'} ${seconds.padStart(8)}  ${row.what}${detail}\n`,
    );
  }

  /** Whether everything went as it should. */
  end(): boolean {
    const failed = this.rows.filter(({ ok }) => !ok).length;
    const ok = failed === 0 && this.rows.length > 0;
    if (this.json) {
      const facts = Object.fromEntries(this.facts);
      process.stdout.write(`${JSON.stringify({ ok, ...facts, rows: this.rows })}\n`);
    } else {
      const passed = this.rows.length - failed;
      process.stdout.write(`\n${passed} of ${this.rows.length} as it should be.\n`);
    }
    return ok;
  }
}
