import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { EMPTY_SUMMARY } from 'twenty-mak-domain';
import type { Refusal, RejectedRow, RowOutcome } from 'twenty-mak-domain';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { COMMIT_BEFORE_DISK, Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { FileStore } from '../../platform/storage/index.ts';
import { FileError } from '../../platform/tables/index.ts';
import { Audit } from '../audit/index.ts';
import type { BatchRow } from './import-batch.ts';
import { ImportBoxes } from './import-boxes.ts';
import { formOf, importKey } from './import-file.ts';
import { tellEnded } from './import-notices.ts';
import { ImportTargets } from './import-targets.ts';
import type { ImportTask } from './import-targets.ts';
import { runPass } from './import.pass.ts';
import type { BatchEnd } from './import.pass.ts';
import {
  endCheck,
  endRun,
  findImport,
  insertRejects,
  releaseClaim,
  renewClaim,
  savePosition,
} from './imports.repository.ts';
import type { ImportRow } from './imports.repository.ts';
import { openTable } from './table-source.ts';

/** How often a run says that it is alive, in milliseconds. */
const RENEWAL = 10_000;

/** The most batches of an import under way at a time. */
const MOST_UNDER_WAY = 3;

/** The import belongs to somebody else by now, or was cancelled. */
class Superseded extends Error {}

interface Run {
  readonly tenantId: string;
  readonly runner: string;
  readonly row: ImportRow;
  readonly task: ImportTask;
  /** A check, which enters nothing. */
  readonly isCheck: boolean;
}

/** Does the work of one import: a check, which says what would happen, or the import itself. */
@Injectable()
export class ImportRunner {
  private readonly rows: Counter<'target' | 'result'>;
  private readonly underWay: number;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(ImportTargets) private readonly targets: ImportTargets,
    @Inject(ImportBoxes) private readonly boxes: ImportBoxes,
    @Inject(Metrics) metrics: Metrics,
    @Inject(CONFIG) { PG_POOL_SIZE: connections }: Config,
  ) {
    // Each batch holds a connection, two imports run at a time, and others need some too.
    this.underWay = Math.max(1, Math.min(MOST_UNDER_WAY, Math.floor(connections / 5)));
    this.rows = metrics.counter(
      'mak_import_rows_total',
      'Rows of files of leads and clients that were dealt with, without dry runs.',
      ['target', 'result'],
    );
  }

  /**
   * Works on an import that `runner` has claimed, until its end, until `signal` asks to stop or until the import is taken
   * away. Rejects when it should be tried again later.
   */
  async run(tenantId: string, row: ImportRow, runner: string, signal: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const timer = setInterval(() => {
      void this.renew(tenantId, row.id, runner).then((own) => own || lost.abort());
    }, RENEWAL);
    try {
      const failure = await this.pass(
        tenantId,
        row,
        runner,
        AbortSignal.any([signal, lost.signal]),
      );
      if (failure === 'stopped') await this.release(tenantId, row.id, runner);
      else await this.end(tenantId, row, runner, failure);
    } catch (error) {
      if (error instanceof Superseded) return;
      throw error;
    } finally {
      clearInterval(timer);
    }
  }

  private async pass(
    tenantId: string,
    row: ImportRow,
    runner: string,
    signal: AbortSignal,
  ): Promise<Refusal | 'stopped' | null> {
    const { profile, started_by: startedBy } = row;
    if (profile === null || startedBy === null)
      throw new Error(`import ${row.id} was begun without a profile`);
    const file = await this.files.open(importKey(tenantId, row));
    if (file === null)
      return {
        code: 'file_gone',
        reason: 'The uploaded file is not there any more. Send it again.',
        field: 'file',
      };
    const isCheck = row.status === 'checking';
    const task = await this.database.within({ tenantId }, (tx) =>
      this.targets.of(row.target).begin(tx, {
        ...{ tenantId, startedBy, profile, dry: isCheck },
        importId: row.id,
        companyId: row.company_id,
        fileName: row.file_name,
      }),
    );
    const run: Run = { tenantId, runner, row, task, isCheck };
    try {
      const form = formOf(row);
      const table = await openTable(file.path, file.size, form);
      try {
        return await runPass(
          table,
          { form, profile, task, underWay: this.underWay, ...this.begin(row, isCheck) },
          (rows, before, endOf) => this.save(run, rows, before, endOf),
          signal,
        );
      } finally {
        await table.close();
      }
    } catch (error) {
      if (error instanceof FileError) return error.refusal;
      throw error;
    } finally {
      await file.release();
    }
  }

  /** Where an import goes on. A check keeps in memory which numbers it has met, so it begins anew. */
  private begin(row: ImportRow, isCheck: boolean) {
    const { position_digest: digest, position_row, report } = row;
    if (isCheck || digest === null || report === null)
      return { saved: null, summary: EMPTY_SUMMARY };
    return {
      saved: { row: position_row, digest },
      summary: this.boxes.openReport(row, report),
    };
  }

  private async save(
    run: Run,
    rows: readonly BatchRow[],
    before: Promise<unknown>,
    endOf: (ofDrafts: readonly RowOutcome[]) => BatchEnd,
  ): Promise<void> {
    const { tenantId, row, task, isCheck } = run;
    const drafts = rows.flatMap(({ row: number, reading }) =>
      reading.kind === 'draft' ? [{ row: number, draft: reading.draft }] : [],
    );
    const [outcomes, rejected] = await this.database.within({ tenantId }, async (tx) => {
      // What a crash takes back is done again; the end of the import waits for the disk, and so for all of them.
      tx.send(COMMIT_BEFORE_DISK);
      const ofDrafts = drafts.length === 0 ? [] : await task.enter(tx, drafts, before);
      await before;
      const end = endOf(ofDrafts);
      await this.saveEnd(tx, run, end);
      if (!isCheck) await this.saveRejects(tx, tenantId, row, end.rejected);
      return [ofDrafts, end.rejected.length];
    });
    if (!isCheck) this.count(row, outcomes, rejected);
  }

  private async saveEnd(
    tx: Transaction,
    { tenantId, row, runner }: Run,
    { position, progress, summary }: BatchEnd,
  ): Promise<void> {
    const saved = await savePosition(tx, tenantId, row.id, runner, {
      ...position,
      progress,
      counts: summary.counts,
      report: this.boxes.sealReport(row, summary),
    });
    // Nothing of the batch may stay: who has the import now does it.
    if (!saved) throw new Superseded();
  }

  private async saveRejects(
    tx: Transaction,
    tenantId: string,
    row: ImportRow,
    rejected: readonly RejectedRow[],
  ): Promise<void> {
    const [first] = rejected;
    if (first === undefined) return;
    await insertRejects(tx, tenantId, row.id, {
      firstRow: first.row,
      rows: rejected.length,
      box: this.boxes.sealRejects(row, rejected),
    });
  }

  private async end(
    tenantId: string,
    row: ImportRow,
    runner: string,
    failure: Refusal | null,
  ): Promise<void> {
    const isCheck = row.status === 'checking';
    await this.database.within({ tenantId }, async (tx) => {
      const own = await (isCheck ? endCheck : endRun)(tx, tenantId, row.id, runner, failure);
      if (!own) throw new Superseded();
      if (isCheck || row.started_by === null) return;
      const entity = `${row.target}_import` as const;
      const action = `${entity}.${failure === null ? 'done' : 'failed'}` as const;
      await Audit.recordFor(tx, tenantId, row.started_by, action, entity, row.id, {
        ...(failure === null ? {} : { code: failure.code }),
      });
      const ended = await findImport(tx, tenantId, row.target, row.id);
      if (ended !== undefined) await tellEnded(tx, tenantId, ended);
    });
    if (!isCheck) await this.files.remove(importKey(tenantId, row));
  }

  private async renew(tenantId: string, id: string, runner: string): Promise<boolean> {
    try {
      return await this.database.within({ tenantId }, (tx) => renewClaim(tx, tenantId, id, runner));
    } catch {
      // Without the database nothing is saved either; the claim itself decides with the next batch.
      return true;
    }
  }

  private async release(tenantId: string, id: string, runner: string): Promise<void> {
    await this.database.within({ tenantId }, (tx) => releaseClaim(tx, tenantId, id, runner));
  }

  private count({ target }: ImportRow, outcomes: readonly RowOutcome[], rejected: number): void {
    for (const result of ['created', 'warned', 'merged'] as const)
      this.rows.inc(
        { target, result },
        outcomes.filter((outcome) => outcome.result === result).length,
      );
    this.rows.inc({ target, result: 'rejected' }, rejected);
  }
}
