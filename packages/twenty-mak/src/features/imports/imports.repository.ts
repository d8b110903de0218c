import type { ImportProfile, ImportSummary, Refusal } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import type { ImportTargetName, StartedBy } from './import-targets.ts';
import type { TableForm } from './table-source.ts';

export type ImportStatus =
  | 'uploaded'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'failed'
  | 'cancelled';

export interface ImportRow {
  readonly id: string;
  /** What its rows become. */
  readonly target: ImportTargetName;
  readonly company_id: string | null;
  readonly uploaded_by: string;
  readonly started_by: StartedBy | null;
  readonly file_name: string;
  readonly format: 'csv' | 'xlsx';
  readonly size: number;
  readonly encoding: string | null;
  readonly separator: string | null;
  readonly sheet: string | null;
  /** Names of the columns, since a check or an import has begun. */
  readonly columns: readonly string[] | null;
  readonly status: ImportStatus;
  readonly profile: ImportProfile | null;
  readonly position_row: number;
  readonly position_digest: string | null;
  readonly progress: number;
  readonly counts: ImportSummary['counts'] | null;
  readonly report: Buffer | null;
  readonly forecast_counts: ImportSummary['counts'] | null;
  readonly forecast: Buffer | null;
  readonly failure: Refusal | null;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
}

/** An import with all that is told of it. */
export interface ImportDetail {
  readonly row: ImportRow;
  readonly report: ImportSummary | null;
  readonly forecast: ImportSummary | null;
}

const COLUMNS = `id, target, company_id, uploaded_by, started_by, file_name, format, size, encoding, separator, sheet,
  columns, status, profile, position_row, position_digest, progress, counts, report, forecast_counts, forecast, failure, created_at,
  started_at, ended_at`;

/** Days that an upload waits for its import, and that an import and its rejected rows are kept. */
const UPLOAD_DAYS = 7;
const REPORT_DAYS = 30;
/** Seconds until another worker takes over from one that is silent; counted from the statement, for a batch may wait long before it. */
const LEASE = 30;

const AFTER_UPLOAD = `now() + interval '${UPLOAD_DAYS} days'`;
const AFTER_END = `now() + interval '${REPORT_DAYS} days'`;
const AFTER_SILENCE = `clock_timestamp() + interval '${LEASE} seconds'`;

/** A file that is about to arrive; what is left of one that never did is forgotten after a day. */
export async function insertUpload(
  tx: Transaction,
  tenantId: string,
  row: Pick<ImportRow, 'id' | 'target' | 'company_id' | 'uploaded_by' | 'file_name'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO file_import (id, tenant_id, target, company_id, uploaded_by, file_name, size, format, status, due_at)
     VALUES ($1, $2, $3, $4, $5, $6, 0, '', 'uploading', now() + interval '1 day')`,
    [row.id, tenantId, row.target, row.company_id, row.uploaded_by, row.file_name],
  );
}

export async function endUpload(
  tx: Transaction,
  tenantId: string,
  id: string,
  size: number,
  form: TableForm,
): Promise<ImportRow> {
  const [row] = await tx.query<ImportRow>(
    `UPDATE file_import SET status = 'uploaded', size = $3, format = $4, encoding = $5, separator = $6, sheet = $7,
       due_at = ${AFTER_UPLOAD}, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, size, ...formValues(form)],
  );
  return row as ImportRow;
}

export async function discardUpload(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.execute(
    "DELETE FROM file_import WHERE tenant_id = $1 AND id = $2 AND status = 'uploading'",
    [tenantId, id],
  );
}

export async function findImport(
  tx: Transaction,
  tenantId: string,
  target: ImportTargetName,
  id: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<ImportRow | undefined> {
  const [row] = await tx.query<ImportRow>(
    `SELECT ${COLUMNS} FROM file_import
     WHERE tenant_id = $1 AND target = $2 AND id = $3 AND status <> 'uploading' ${lock}`,
    [tenantId, target, id],
  );
  return row;
}

/** Newest first. */
export async function listImports(
  tx: Transaction,
  tenantId: string,
  target: ImportTargetName,
  after: readonly [createdAt: number, id: string] | null,
  limit: number,
): Promise<ImportRow[]> {
  return tx.query<ImportRow>(
    `SELECT ${COLUMNS} FROM file_import
     WHERE tenant_id = $1 AND target = $5 AND status <> 'uploading'
       AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $4`,
    [tenantId, after === null ? null : new Date(after[0]), after?.[1] ?? null, limit, target],
  );
}

/** Begins a check or an import anew, from the first row; a worker finds it at once. */
export async function beginPass(
  tx: Transaction,
  tenantId: string,
  id: string,
  status: 'checking' | 'running',
  how: {
    readonly form: TableForm;
    readonly columns: readonly string[];
    readonly profile: ImportProfile;
    readonly by: StartedBy;
  },
): Promise<ImportRow> {
  const [, ...form] = formValues(how.form);
  const [row] = await tx.query<ImportRow>(
    `UPDATE file_import SET status = $3, encoding = $4, separator = $5, sheet = $6, profile = $7, started_by = $8, columns = $9,
       position_row = 0, position_digest = NULL, progress = 0, counts = NULL, report = NULL, failure = NULL,
       runner = NULL, due_at = now(), updated_at = now(),
       started_at = CASE WHEN $3 = 'running' THEN now() END
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [
      tenantId,
      id,
      status,
      ...form,
      JSON.stringify(how.profile),
      JSON.stringify(how.by),
      JSON.stringify(how.columns),
    ],
  );
  return row as ImportRow;
}

/** Takes the import from whoever has it: a run that is under way finds out with its next batch. */
export async function endImport(
  tx: Transaction,
  tenantId: string,
  id: string,
  status: 'uploaded' | 'cancelled',
): Promise<ImportRow> {
  const [row] = await tx.query<ImportRow>(
    `UPDATE file_import SET status = $3, runner = NULL, updated_at = now(),
       due_at = CASE WHEN $3 = 'uploaded' THEN ${AFTER_UPLOAD} ELSE ${AFTER_END} END,
       ended_at = CASE WHEN $3 = 'uploaded' THEN NULL ELSE now() END
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, status],
  );
  return row as ImportRow;
}

/** Takes up an import whose time has come, unless somebody else just did. */
export async function claimImport(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
): Promise<ImportRow | undefined> {
  const [row] = await tx.query<ImportRow>(
    `UPDATE file_import SET runner = $3, due_at = ${AFTER_SILENCE}
     WHERE tenant_id = $1 AND id = $2 AND due_at <= now() RETURNING ${COLUMNS}`,
    [tenantId, id, runner],
  );
  return row;
}

/** Whether a worker is taking in such a file of the tenant. */
export async function importRuns(
  tx: Transaction,
  tenantId: string,
  target: ImportTargetName,
): Promise<boolean> {
  const rows = await tx.query(
    "SELECT FROM file_import WHERE tenant_id = $1 AND target = $2 AND status = 'running' AND due_at > now() LIMIT 1",
    [tenantId, target],
  );
  return rows.length > 0;
}

/** Says that the run is alive. False when the import is no longer its own. */
export async function renewClaim(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE file_import SET due_at = ${AFTER_SILENCE} WHERE tenant_id = $1 AND id = $2 AND runner = $3`,
    [tenantId, id, runner],
  );
  return changed === 1;
}

/** Leaves the import to the next worker. */
export async function releaseClaim(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
): Promise<void> {
  await tx.execute(
    'UPDATE file_import SET runner = NULL, due_at = now() WHERE tenant_id = $1 AND id = $2 AND runner = $3',
    [tenantId, id, runner],
  );
}

export interface SavedPosition {
  readonly row: number;
  readonly digest: string;
  readonly progress: number;
  readonly counts: ImportSummary['counts'];
  readonly report: Buffer;
}

/** Saves how far the run is. False when the import is no longer its own: then nothing of the batch may stay. */
export async function savePosition(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
  position: SavedPosition,
): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE file_import SET position_row = $4, position_digest = $5, progress = $6, counts = $7, report = $8,
       due_at = ${AFTER_SILENCE}, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 AND runner = $3`,
    [
      tenantId,
      id,
      runner,
      position.row,
      position.digest,
      position.progress,
      JSON.stringify(position.counts),
      position.report,
    ],
  );
  return changed === 1;
}

/** Ends a check: its counts become the forecast, and the import waits to be started. */
export async function endCheck(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
  failure: Refusal | null,
): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE file_import SET status = CASE WHEN $4::jsonb IS NULL THEN 'checked' ELSE 'uploaded' END, failure = $4,
       forecast_counts = counts, forecast = report, counts = NULL, report = NULL, position_row = 0,
       position_digest = NULL, progress = 0, runner = NULL, due_at = ${AFTER_UPLOAD}, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 AND runner = $3`,
    [tenantId, id, runner, failure === null ? null : JSON.stringify(failure)],
  );
  return changed === 1;
}

export async function endRun(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
  failure: Refusal | null,
): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE file_import SET status = CASE WHEN $4::jsonb IS NULL THEN 'done' ELSE 'failed' END, failure = $4,
       progress = CASE WHEN $4::jsonb IS NULL THEN 1 ELSE progress END, runner = NULL, due_at = ${AFTER_END},
       ended_at = now(), updated_at = now()
     WHERE tenant_id = $1 AND id = $2 AND runner = $3`,
    [tenantId, id, runner, failure === null ? null : JSON.stringify(failure)],
  );
  return changed === 1;
}

export async function deleteImport(
  tx: Transaction,
  tenantId: string,
  id: string,
  runner: string,
): Promise<void> {
  await tx.execute('DELETE FROM file_import WHERE tenant_id = $1 AND id = $2 AND runner = $3', [
    tenantId,
    id,
    runner,
  ]);
}

export async function insertRejects(
  tx: Transaction,
  tenantId: string,
  importId: string,
  batch: { readonly firstRow: number; readonly rows: number; readonly box: Buffer },
): Promise<void> {
  await tx.execute(
    'INSERT INTO file_import_reject (tenant_id, import_id, first_row, rows, box) VALUES ($1, $2, $3, $4, $5)',
    [tenantId, importId, batch.firstRow, batch.rows, batch.box],
  );
}

export interface RejectBox {
  readonly first_row: number;
  readonly box: Buffer;
}

/** The next boxes of rejected rows after a row. */
export async function findRejects(
  tx: Transaction,
  tenantId: string,
  importId: string,
  after: number,
  limit: number,
): Promise<RejectBox[]> {
  return tx.query<RejectBox>(
    `SELECT first_row, box FROM file_import_reject
     WHERE tenant_id = $1 AND import_id = $2 AND first_row > $3 ORDER BY first_row LIMIT $4`,
    [tenantId, importId, after, limit],
  );
}

function formValues(
  form: TableForm,
): [format: string, encoding: string | null, separator: string | null, sheet: string | null] {
  return form.format === 'csv'
    ? ['csv', form.encoding, form.separator, null]
    : ['xlsx', null, null, form.sheet];
}
