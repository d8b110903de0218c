import { hash } from 'node:crypto';
import { addOutcomes, afterRow, importStart, resumeEnd, resumeRow } from 'twenty-mak-domain';
import type {
  ImportPosition,
  ImportProfile,
  ImportSummary,
  ReadRow,
  Refusal,
  RejectedRow,
  RowOutcome,
} from 'twenty-mak-domain';
import { FileError } from '../../platform/tables/index.ts';
import { ImportBatch } from './import-batch.ts';
import type { BatchRow } from './import-batch.ts';
import type { ImportTask } from './import-targets.ts';
import type { TableForm, TableSource } from './table-source.ts';

export interface PassOrder {
  readonly form: TableForm;
  readonly profile: ImportProfile;
  readonly task: Pick<ImportTask, 'reader'>;
  /** Where an earlier run of the same pass was; null at the beginning. */
  readonly saved: ImportPosition | null;
  readonly summary: ImportSummary;
  /** Batches under way at a time: one is being saved, those behind it are made ready meanwhile. */
  readonly underWay: number;
}

/** What a batch came to, to be saved in the transaction that enters its rows. */
export interface BatchEnd {
  readonly position: ImportPosition;
  /** Part of the file that is read, from 0 to 1. */
  readonly progress: number;
  readonly summary: ImportSummary;
  readonly rejected: readonly RejectedRow[];
}

/** Enters the drafts of a batch and saves its end, both or neither; neither when `before`, the batch before it, fails. */
export type SaveBatch = (
  rows: readonly BatchRow[],
  before: Promise<unknown>,
  endOf: (ofDrafts: readonly RowOutcome[]) => BatchEnd,
) => Promise<void>;

/**
 * Reads a table from its first row, skips what was saved by an earlier run, and has the rest saved batch by batch, in order;
 * while one is being saved, the next ones are made ready and the one after them is read. Ends with what is wrong with the file or its profile, if anything: the
 * rows before are saved then. Rejects when a batch could not be saved.
 */
export async function runPass(
  table: TableSource,
  order: PassOrder,
  save: SaveBatch,
  signal: AbortSignal,
): Promise<Refusal | 'stopped' | null> {
  const reader = order.task.reader(table.header);
  if (!reader.ok) return reader.refusal;
  const pass = new Pass(table, order, reader.value, save);
  try {
    return await pass.run(signal);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    await pass.flush();
    return error.refusal;
  } finally {
    await pass.settle();
  }
}

class Pass {
  private readonly start: ImportPosition;
  private readonly saved: ImportPosition;
  private reached: ImportPosition;
  private batch: ImportBatch;
  private summary: ImportSummary;
  private readonly underWay: number;
  /** The batches under way, the last one at the end. */
  private readonly flights: Promise<void>[] = [];

  constructor(
    private readonly table: TableSource,
    { form, profile, saved, summary, underWay }: PassOrder,
    private readonly read: ReadRow,
    private readonly save: SaveBatch,
  ) {
    this.start = importStart(chain, JSON.stringify([form, profile, table.header]));
    this.saved = saved ?? this.start;
    this.reached = this.start;
    this.batch = new ImportBatch(this.start);
    this.summary = summary;
    this.underWay = underWay;
  }

  async run(signal: AbortSignal): Promise<Refusal | 'stopped' | null> {
    for await (const rows of this.table.rows) {
      for (const cells of rows) {
        const next = resumeRow(this.saved, this.reached);
        if (!next.ok) return next.refusal;
        const text = JSON.stringify(cells);
        this.reached = afterRow(this.reached, text, chain);
        if (next.value === 'skip') continue;
        const { row } = this.reached;
        this.batch.add({ row, cells, reading: this.read(cells) }, this.reached, text.length);
        if (this.batch.isFull) await this.depart();
      }
      if (signal.aborted) return 'stopped';
    }
    const end = resumeEnd(this.saved, this.reached);
    if (!end.ok) return end.refusal;
    await this.flush();
    return null;
  }

  /** Saves what is read. */
  async flush(): Promise<void> {
    await this.depart();
    // Each fails when one before it does.
    await this.flights.at(-1);
  }

  /** Waits for what is being saved, however it ends. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.flights);
  }

  private async depart(): Promise<void> {
    if (this.flights.length === this.underWay) await this.flights.shift();
    const { batch } = this;
    if (batch.isEmpty) return;
    this.batch = new ImportBatch(batch.end);
    const progress = this.table.progress();
    const before = this.flights.at(-1) ?? Promise.resolve();
    const flight = this.save(batch.rows, before, (ofDrafts) =>
      this.endOf(batch, ofDrafts, progress),
    );
    // It is waited for before one departs too many; until then nobody listens.
    flight.catch(() => undefined);
    this.flights.push(flight);
  }

  private endOf(batch: ImportBatch, ofDrafts: readonly RowOutcome[], progress: number): BatchEnd {
    const outcomes = batch.outcomes(ofDrafts);
    this.summary = addOutcomes(this.summary, outcomes);
    const rejected = batch.rows.flatMap(({ row, cells }, index) => {
      const outcome = outcomes[index];
      return outcome?.result === 'rejected' ? [{ row, cells, errors: outcome.errors }] : [];
    });
    return { position: batch.end, progress, summary: this.summary, rejected };
  }
}

function chain(before: string, row: string): string {
  return hash('sha256', `${before}\n${row}`, 'base64url');
}
