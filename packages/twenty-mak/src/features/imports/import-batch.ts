import type { ImportPosition, RowOutcome, RowReading } from 'twenty-mak-domain';

/** Rows, and characters of rows, that one transaction takes. */
const ROWS = 1_000;
const CHARACTERS = 2 * 1024 * 1024;

export interface BatchRow {
  readonly row: number;
  /** As they stand in the file. */
  readonly cells: readonly string[];
  readonly reading: RowReading;
}

/** Rows that are taken in together, and how far the file is read with them. */
export class ImportBatch {
  readonly rows: BatchRow[] = [];
  private characters = 0;

  constructor(
    /** After the last row. */
    public end: ImportPosition,
  ) {}

  add(row: BatchRow, end: ImportPosition, characters: number): void {
    this.rows.push(row);
    this.end = end;
    this.characters += characters;
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  get isFull(): boolean {
    return this.rows.length >= ROWS || this.characters >= CHARACTERS;
  }

  /** What becomes of all rows, in their order, from what became of those that are drafts. */
  outcomes(ofDrafts: readonly RowOutcome[]): readonly RowOutcome[] {
    const byRow = new Map(ofDrafts.map((outcome) => [outcome.row, outcome]));
    return this.rows.map(({ row, reading }): RowOutcome => {
      if (reading.kind === 'empty') return { row, result: 'empty' };
      if (reading.kind === 'rejected') return { row, result: 'rejected', errors: reading.errors };
      const outcome = byRow.get(row);
      if (outcome === undefined) throw new Error(`nobody said what became of row ${row}`);
      return outcome;
    });
  }
}
