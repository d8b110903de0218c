import { Inject, Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { EMPTY_SUMMARY } from 'twenty-mak-domain';
import type { ImportProfile, LeadDraft, Refusal, RejectedRow, RowOutcome } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { COMMIT_BEFORE_DISK, Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Metrics } from '../../platform/observability/index.ts';
import { FileStore } from '../../platform/storage/index.ts';
import { FileError } from '../../platform/tables/index.ts';
import { Audit } from '../audit/index.ts';
import { contextOf, findLeadSettings, LeadWriter } from '../leads/index.ts';
import type { LeadRules } from '../leads/index.ts';
import { foreseeRepeats } from './foresee.ts';
import { ImportBoxes } from './import-boxes.ts';
import type { BatchRow } from './import-batch.ts';
import { tellEnded } from './import-notices.ts';
import { runPass } from './lead-import.pass.ts';
import type { BatchEnd } from './lead-import.pass.ts';
import {
  endCheck,
  endRun,
  findImport,
  insertRejects,
  releaseClaim,
  renewClaim,
  savePosition,
} from './lead-imports.repository.ts';
import type { ImportRow, StartedBy } from './lead-imports.repository.ts';
import { formOf, importKey } from './lead-import.file.ts';
import { SeenKeys } from './seen-keys.ts';
import { rowOutcome } from './row-outcomes.ts';
import { openTable } from './table-source.ts';

/** How often a run says that it is alive, in milliseconds. */
const RENEWAL = 10_000;

/** The import belongs to somebody else by now, or was cancelled. */
class Superseded extends Error {}

interface Run {
  readonly tenantId: string;
  readonly runner: string;
  readonly row: ImportRow;
  readonly profile: ImportProfile;
  readonly rules: LeadRules;
  readonly startedBy: StartedBy;
  /** Of a check, which enters nothing. */
  readonly seen: SeenKeys | null;
}

/** Does the work of one import: a check, which says what would happen, or the import itself. */
@Injectable()
export class LeadImportRunner {
  private readonly rows: Counter<'result'>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(LeadWriter) private readonly leads: LeadWriter,
    @Inject(ImportBoxes) private readonly boxes: ImportBoxes,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.rows = metrics.counter(
      'mak_lead_import_rows_total',
      'Rows of files of leads that were dealt with, without dry runs.',
      ['result'],
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
    const file = await this.files.open(importKey(tenantId, row.id));
    if (file === null)
      return {
        code: 'file_gone',
        reason: 'The uploaded file is not there any more. Send it again.',
        field: 'file',
      };
    const isCheck = row.status === 'checking';
    const rules = await this.database.within({ tenantId }, (tx) => findLeadSettings(tx, tenantId));
    const seen = isCheck ? new SeenKeys() : null;
    const run: Run = { tenantId, runner, row, profile, rules, startedBy, seen };
    try {
      const form = formOf(row);
      const table = await openTable(file.path, file.size, form);
      try {
        return await runPass(
          table,
          { form, profile, rules, ...this.begin(row, isCheck) },
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
      summary: this.boxes.openReport(row.id, report),
    };
  }

  private async save(
    run: Run,
    rows: readonly BatchRow[],
    before: Promise<unknown>,
    endOf: (ofLeads: readonly RowOutcome[]) => BatchEnd,
  ): Promise<void> {
    const { tenantId, row, seen } = run;
    const leads = rows.flatMap(({ row: number, reading }) =>
      reading.kind === 'lead' ? [{ row: number, draft: reading.draft }] : [],
    );
    const [outcomes, rejected] = await this.database.within({ tenantId }, async (tx) => {
      // What a crash takes back is done again; the end of the import waits for the disk, and so for all of them.
      tx.send(COMMIT_BEFORE_DISK);
      const ofLeads = await this.enter(tx, run, before, leads);
      await before;
      const end = endOf(ofLeads);
      await this.saveEnd(tx, run, end);
      if (seen === null) await this.saveRejects(tx, tenantId, row.id, end.rejected);
      return [ofLeads, end.rejected.length];
    });
    if (seen === null) this.count(outcomes, rejected);
  }

  private async enter(
    tx: Transaction,
    { tenantId, row, profile, rules, startedBy, seen }: Run,
    before: Promise<unknown>,
    leads: readonly { readonly row: number; readonly draft: LeadDraft }[],
  ): Promise<readonly RowOutcome[]> {
    if (leads.length === 0) return [];
    const { company_id: companyId } = row;
    const evidence = `file ${row.file_name}`.slice(0, 200);
    const entered = await this.leads.write(
      tx,
      {
        ...contextOf(principalOf(tenantId, row, startedBy), rules),
        names: 'later',
        // A file of a million numbers would tell a company whom we know.
        quiet: true,
        after: before,
        dry: seen !== null,
      },
      leads.map(({ draft }) => ({ draft, evidence })),
    );
    const outcomes = entered.map((outcome, index) =>
      rowOutcome(leads[index]?.row ?? 0, outcome, profile, companyId !== null),
    );
    return seen === null ? outcomes : foreseeRepeats(leads, outcomes, seen, rules);
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
      report: this.boxes.sealReport(row.id, summary),
    });
    // Nothing of the batch may stay: who has the import now does it.
    if (!saved) throw new Superseded();
  }

  private async saveRejects(
    tx: Transaction,
    tenantId: string,
    importId: string,
    rejected: readonly RejectedRow[],
  ): Promise<void> {
    const [first] = rejected;
    if (first === undefined) return;
    await insertRejects(tx, tenantId, importId, {
      firstRow: first.row,
      rows: rejected.length,
      box: this.boxes.sealRejects(importId, rejected),
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
      const action = failure === null ? 'lead_import.done' : 'lead_import.failed';
      await Audit.recordFor(tx, tenantId, row.started_by, action, 'lead_import', row.id, {
        ...(failure === null ? {} : { code: failure.code }),
      });
      const ended = await findImport(tx, tenantId, row.id);
      if (ended !== undefined) await tellEnded(tx, tenantId, ended);
    });
    if (!isCheck) await this.files.remove(importKey(tenantId, row.id));
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

  private count(outcomes: readonly RowOutcome[], rejected: number): void {
    for (const result of ['created', 'warned', 'merged'] as const)
      this.rows.inc({ result }, outcomes.filter((outcome) => outcome.result === result).length);
    this.rows.inc({ result: 'rejected' }, rejected);
  }
}

/** Whoever began the import enters its leads. */
function principalOf(
  tenantId: string,
  { company_id: companyId }: ImportRow,
  by: StartedBy,
): Principal {
  return {
    ...by,
    tenantId,
    role: null,
    scopes: new Set(),
    ...(companyId === null ? {} : { restrictedTo: companyId }),
  };
}
