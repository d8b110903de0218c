import type { ImportProfile, ImportSummary, Refusal } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import type { ProfileBody } from './lead-imports.dto.ts';
import type { TableForm } from './table-source.ts';

export type ImportStatus =
  | 'uploaded'
  | 'checking'
  | 'checked'
  | 'running'
  | 'done'
  | 'failed'
  | 'cancelled';

/** Who does it, as the history of leads and the audit log name it. */
export interface StartedBy {
  readonly kind: 'account' | 'client';
  readonly id: string;
}

export interface ImportRow {
  readonly id: string;
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

const COLUMNS = `id, company_id, uploaded_by, started_by, file_name, format, size, encoding, separator, sheet,
  columns, status, profile, position_row, position_digest, progress, counts, report, forecast_counts, forecast, failure, created_at,
  started_at, ended_at`;

/** Days that an upload waits for its import, and that an import and its rejected rows are kept. */
const UPLOAD_DAYS = 7;
const REPORT_DAYS = 30;
/** Seconds until another worker takes over from one that is silent. */
const LEASE = 30;

const AFTER_UPLOAD = `now() + interval '${UPLOAD_DAYS} days'`;
const AFTER_END = `now() + interval '${REPORT_DAYS} days'`;
const AFTER_SILENCE = `now() + interval '${LEASE} seconds'`;

/** A file that is about to arrive; what is left of one that never did is forgotten after a day. */
export async function insertUpload(
  tx: Transaction,
  tenantId: string,
  row: Pick<ImportRow, 'id' | 'company_id' | 'uploaded_by' | 'file_name'>,
): Promise<void> {
  await tx.execute(
    `INSERT INTO lead_import (id, tenant_id, company_id, uploaded_by, file_name, size, format, status, due_at)
     VALUES ($1, $2, $3, $4, $5, 0, '', 'uploading', now() + interval '1 day')`,
    [row.id, tenantId, row.company_id, row.uploaded_by, row.file_name],
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
    `UPDATE lead_import SET status = 'uploaded', size = $3, format = $4, encoding = $5, separator = $6, sheet = $7,
       due_at = ${AFTER_UPLOAD}, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
    [tenantId, id, size, ...formValues(form)],
  );
  return row as ImportRow;
}

export async function discardUpload(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.execute(
    "DELETE FROM lead_import WHERE tenant_id = $1 AND id = $2 AND status = 'uploading'",
    [tenantId, id],
  );
}

export async function findImport(
  tx: Transaction,
  tenantId: string,
  id: string,
  lock: '' | 'FOR UPDATE' = '',
): Promise<ImportRow | undefined> {
  const [row] = await tx.query<ImportRow>(
    `SELECT ${COLUMNS} FROM lead_import
     WHERE tenant_id = $1 AND id = $2 AND status <> 'uploading' ${lock}`,
    [tenantId, id],
  );
  return row;
}

/** Newest first. */
export async function listImports(
  tx: Transaction,
  tenantId: string,
  after: readonly [createdAt: number, id: string] | null,
  limit: number,
): Promise<ImportRow[]> {
  return tx.query<ImportRow>(
    `SELECT ${COLUMNS} FROM lead_import
     WHERE tenant_id = $1 AND status <> 'uploading' AND ($2::timestamptz IS NULL OR (created_at, id) < ($2, $3::uuid))
     ORDER BY created_at DESC, id DESC LIMIT $4`,
    [tenantId, after === null ? null : new Date(after[0]), after?.[1] ?? null, limit],
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
    `UPDATE lead_import SET status = $3, encoding = $4, separator = $5, sheet = $6, profile = $7, started_by = $8, columns = $9,
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
    `UPDATE lead_import SET status = $3, runner = NULL, updated_at = now(),
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
    `UPDATE lead_import SET runner = $3, due_at = ${AFTER_SILENCE}
     WHERE tenant_id = $1 AND id = $2 AND due_at <= now() RETURNING ${COLUMNS}`,
    [tenantId, id, runner],
  );
  return row;
}

/** Whether a worker is taking in a file of the tenant. */
export async function importRuns(tx: Transaction, tenantId: string): Promise<boolean> {
  const rows = await tx.query(
    "SELECT FROM lead_import WHERE tenant_id = $1 AND status = 'running' AND due_at > now() LIMIT 1",
    [tenantId],
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
    `UPDATE lead_import SET due_at = ${AFTER_SILENCE} WHERE tenant_id = $1 AND id = $2 AND runner = $3`,
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
    'UPDATE lead_import SET runner = NULL, due_at = now() WHERE tenant_id = $1 AND id = $2 AND runner = $3',
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
    `UPDATE lead_import SET position_row = $4, position_digest = $5, progress = $6, counts = $7, report = $8,
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
    `UPDATE lead_import SET status = CASE WHEN $4::jsonb IS NULL THEN 'checked' ELSE 'uploaded' END, failure = $4,
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
    `UPDATE lead_import SET status = CASE WHEN $4::jsonb IS NULL THEN 'done' ELSE 'failed' END, failure = $4,
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
  await tx.execute('DELETE FROM lead_import WHERE tenant_id = $1 AND id = $2 AND runner = $3', [
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
    'INSERT INTO lead_import_reject (tenant_id, import_id, first_row, rows, box) VALUES ($1, $2, $3, $4, $5)',
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
    `SELECT first_row, box FROM lead_import_reject
     WHERE tenant_id = $1 AND import_id = $2 AND first_row > $3 ORDER BY first_row LIMIT $4`,
    [tenantId, importId, after, limit],
  );
}

export interface ProfileRow {
  readonly id: string;
  readonly name: string;
  readonly profile: ProfileBody;
  readonly version: number;
  readonly updated_at: number;
}

const PROFILE = 'id, name, profile, version, updated_at';

export async function listProfiles(tx: Transaction, tenantId: string): Promise<ProfileRow[]> {
  return tx.query<ProfileRow>(
    `SELECT ${PROFILE} FROM lead_import_profile WHERE tenant_id = $1 ORDER BY name, id`,
    [tenantId],
  );
}

export async function findProfile(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<ProfileRow | undefined> {
  const [row] = await tx.query<ProfileRow>(
    `SELECT ${PROFILE} FROM lead_import_profile WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id],
  );
  return row;
}

/** Undefined when the company has a profile of this name. */
export async function insertProfile(
  tx: Transaction,
  tenantId: string,
  row: Pick<ProfileRow, 'id' | 'name' | 'profile'> & { readonly companyId: string | null },
): Promise<ProfileRow | undefined> {
  const [inserted] = await tx.query<ProfileRow>(
    `INSERT INTO lead_import_profile (id, tenant_id, company_id, name, profile) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING RETURNING ${PROFILE}`,
    [row.id, tenantId, row.companyId, row.name, JSON.stringify(row.profile)],
  );
  return inserted;
}

/** Undefined when `version` is not the one that is saved, or another profile has the name. */
export async function updateProfile(
  tx: Transaction,
  tenantId: string,
  { id, name, profile, version }: Pick<ProfileRow, 'id' | 'name' | 'profile' | 'version'>,
): Promise<ProfileRow | undefined> {
  const [row] = await tx.query<ProfileRow>(
    `UPDATE lead_import_profile AS p SET name = $4, profile = $5, version = version + 1, updated_at = now()
     WHERE tenant_id = $1 AND id = $2 AND version = $3 AND NOT EXISTS
       (SELECT FROM lead_import_profile o WHERE o.tenant_id = $1 AND o.id <> $2 AND o.name = $4
          AND o.company_id IS NOT DISTINCT FROM p.company_id)
     RETURNING ${PROFILE}`,
    [tenantId, id, version, name, JSON.stringify(profile)],
  );
  return row;
}

export async function deleteProfile(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<boolean> {
  const deleted = await tx.execute(
    'DELETE FROM lead_import_profile WHERE tenant_id = $1 AND id = $2',
    [tenantId, id],
  );
  return deleted === 1;
}

function formValues(
  form: TableForm,
): [format: string, encoding: string | null, separator: string | null, sheet: string | null] {
  return form.format === 'csv'
    ? ['csv', form.encoding, form.separator, null]
    : ['xlsx', null, null, form.sheet];
}
