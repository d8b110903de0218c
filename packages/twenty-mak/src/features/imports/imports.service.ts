import { Inject, Injectable, Logger } from '@nestjs/common';
import { headerIsData, IMPORT_ENCODINGS, SEPARATORS } from 'twenty-mak-domain';
import type { ImportProfile, ImportSummary } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { accepted, forbidden, notFound, RefusalError } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { FileStore } from '../../platform/storage/index.ts';
import { FileError } from '../../platform/tables/index.ts';
import { instantKey, pageOf, readCursor, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import type { AuditDetail } from '../audit/index.ts';
import { maySeeRows, refuseStrangers } from './import-access.ts';
import { ImportBoxes } from './import-boxes.ts';
import { importKey } from './import-file.ts';
import { findProfile } from './import-profiles.repository.ts';
import { ImportTargets } from './import-targets.ts';
import type { ImportTargetName } from './import-targets.ts';
import { inspectFile } from './inspect-file.ts';
import type { FormWish, Inspection } from './inspect-file.ts';
import { profileOf } from './imports.dto.ts';
import type { BeginImport } from './imports.dto.ts';
import { fileImport } from './imports.jobs.ts';
import {
  beginPass,
  discardUpload,
  endImport,
  endUpload,
  findImport,
  insertUpload,
  listImports,
} from './imports.repository.ts';
import type { ImportDetail, ImportRow } from './imports.repository.ts';

/** Bytes of one upload. */
const MAX_UPLOAD = 1024 ** 3;

const cursorKeys = z.tuple([instantKey, uuidField]);

/** Files of records: uploaded, looked at, checked, taken in. */
@Injectable()
export class ImportsService {
  private readonly logger = new Logger('Imports');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(ImportBoxes) private readonly boxes: ImportBoxes,
    @Inject(ImportTargets) private readonly targets: ImportTargets,
    @Inject(JobBell) private readonly bell: JobBell,
  ) {}

  /** Stores a file as it arrives and looks at its beginning. Nothing stays of one that is no table: 422 with what is wrong. */
  async upload(
    principal: Principal,
    target: ImportTargetName,
    name: string,
    content: AsyncIterable<Uint8Array>,
  ): Promise<ImportRow> {
    const { tenantId } = principal;
    const id = uuidv7();
    const key = importKey(tenantId, { target, id });
    await this.within(principal, (tx) =>
      insertUpload(tx, tenantId, {
        ...{ id, target },
        company_id: principal.restrictedTo ?? null,
        uploaded_by: principal.id,
        file_name: name,
      }),
    );
    try {
      const size = await this.files.write(key, limited(content));
      const { form } = await this.look(tenantId, { target, id });
      return await this.within(principal, async (tx) => {
        const row = await endUpload(tx, tenantId, id, size, form);
        await note(tx, principal, row, 'uploaded', { size });
        return row;
      });
    } catch (error) {
      await this.discard(principal, id, key);
      throw error instanceof FileError ? new RefusalError(error.refusal) : error;
    }
  }

  /** The first rows as they would be read. Only for who uploaded the file, and for who may see contacts. */
  async preview(
    principal: Principal,
    target: ImportTargetName,
    id: string,
    wish: FormWish,
  ): Promise<Inspection> {
    const row = await this.find(principal, target, id);
    refuseStrangers(principal, row, this.targets.of(target));
    if (principal.id !== row.uploaded_by)
      await this.within(principal, (tx) =>
        Audit.record(tx, principal, 'person.read', `${target}_import`, id),
      );
    return this.refusing(() =>
      this.look(principal.tenantId, row, row.profile === null ? wish : wishOf(wish, row)),
    );
  }

  async list(
    principal: Principal,
    target: ImportTargetName,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<Page<ImportRow>> {
    const after = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const rows = await this.within(principal, (tx) =>
      listImports(tx, principal.tenantId, target, after, limit + 1),
    );
    return pageOf(rows, limit, ({ created_at, id }) => [created_at, id]);
  }

  /** With its report, which names cells: only for who uploaded the file, and for who may see contacts. */
  async detail(principal: Principal, target: ImportTargetName, id: string): Promise<ImportDetail> {
    const row = await this.find(principal, target, id);
    const isVisible = maySeeRows(principal, row, this.targets.of(target));
    const open = (sealed: Buffer | null): ImportSummary | null =>
      sealed === null || !isVisible ? null : this.boxes.openReport(row, sealed);
    return { row, report: open(row.report), forecast: open(row.forecast) };
  }

  /** Begins a dry run. */
  check(
    principal: Principal,
    target: ImportTargetName,
    id: string,
    how: BeginImport,
  ): Promise<ImportRow> {
    return this.begin(principal, target, id, 'checking', how);
  }

  /** Begins the import; without a profile with that of the last check. Begun twice it goes on once. */
  start(
    principal: Principal,
    target: ImportTargetName,
    id: string,
    how: BeginImport,
  ): Promise<ImportRow> {
    return this.begin(principal, target, id, 'running', how);
  }

  /** Stops it. What came in stays; an upload that was only checked waits on. */
  async cancel(principal: Principal, target: ImportTargetName, id: string): Promise<ImportRow> {
    const { tenantId } = principal;
    const row = await this.within(principal, async (tx) => {
      const before = await findImport(tx, tenantId, target, id, 'FOR UPDATE');
      if (before === undefined) throw notFound('import');
      if (isOver(before)) return before;
      const status = before.status === 'checking' ? 'uploaded' : 'cancelled';
      const after = await endImport(tx, tenantId, id, status);
      await note(tx, principal, before, 'cancelled', {
        was: before.status,
        rows: before.position_row,
      });
      return after;
    });
    if (row.status === 'cancelled') await this.files.remove(importKey(tenantId, row));
    return row;
  }

  /** What cannot be removed now is when the day of its row is over. What was wrong with the upload is told, not this. */
  private async discard(principal: Principal, id: string, key: string): Promise<void> {
    try {
      await this.files.remove(key);
      await this.within(principal, (tx) => discardUpload(tx, principal.tenantId, id));
    } catch (error) {
      this.logger.warn(`upload ${id} is removed later: ${String(error)}`);
    }
  }

  private async begin(
    principal: Principal,
    target: ImportTargetName,
    id: string,
    status: 'checking' | 'running',
    how: BeginImport,
  ): Promise<ImportRow> {
    const { tenantId } = principal;
    const seen = await this.find(principal, target, id);
    refuseStarted(seen, status);
    const isOther = how.profile !== undefined || how.profile_id !== undefined;
    const wish = isOther ? how : wishOf(how, seen);
    const inspection = await this.refusing(() => this.look(tenantId, seen, wish));
    const row = await this.within(principal, async (tx) => {
      const before = await findImport(tx, tenantId, target, id, 'FOR UPDATE');
      if (before === undefined) throw notFound('import');
      refuseStarted(before, status);
      if (before.status === status) return before;
      const profile = await this.profile(tx, principal, before, how);
      refuseData(inspection.columns);
      this.targets.of(target).refuse(principal, profile);
      const { kind } = principal;
      if (kind === 'operator' || kind === 'system')
        throw forbidden('Files are taken in by people of the tenant.');
      const by = { kind, id: principal.id };
      const task = await this.targets.of(target).begin(tx, {
        ...{ tenantId, profile, startedBy: by, dry: true },
        importId: id,
        companyId: before.company_id,
        fileName: before.file_name,
      });
      accepted(task.reader(inspection.columns));
      await note(tx, principal, before, status === 'running' ? 'started' : 'checked');
      return beginPass(tx, tenantId, id, status, {
        form: inspection.form,
        columns: inspection.columns,
        profile,
        by,
      });
    });
    this.bell.ring(fileImport, { tenantId, importId: id });
    return row;
  }

  private async profile(
    tx: Transaction,
    { tenantId }: Principal,
    before: ImportRow,
    { profile, profile_id: profileId }: BeginImport,
  ): Promise<ImportProfile> {
    const { target } = before;
    const country = await this.targets.of(target).country(tx, tenantId);
    if (profile !== undefined) return profileOf(profile, country);
    if (profileId !== undefined) {
      const saved = await findProfile(tx, tenantId, target, profileId);
      if (saved === undefined) throw notFound('profile');
      return profileOf(saved.profile, country);
    }
    if (before.profile !== null) return before.profile;
    throw new RefusalError({
      code: 'profile_missing',
      reason: 'Say what the columns of the file mean, or name a saved profile.',
      field: 'profile',
    });
  }

  private async find(
    principal: Principal,
    target: ImportTargetName,
    id: string,
  ): Promise<ImportRow> {
    const row = await this.within(principal, (tx) =>
      findImport(tx, principal.tenantId, target, id),
    );
    if (row === undefined) throw notFound('import');
    return row;
  }

  private async look(
    tenantId: string,
    row: Pick<ImportRow, 'target' | 'id'>,
    wish: FormWish = {},
  ): Promise<Inspection> {
    const file = await this.files.open(importKey(tenantId, row));
    if (file === null)
      throw new FileError(
        'file_gone',
        'The uploaded file is not kept any more. Send it again.',
        'file',
      );
    try {
      return await inspectFile(file, this.targets.of(row.target).fields, wish);
    } finally {
      await file.release();
    }
  }

  private async refusing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw error instanceof FileError ? new RefusalError(error.refusal) : error;
    }
  }

  private within<T>(
    { tenantId, restrictedTo }: Principal,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    return this.database.within({ tenantId, restrictedTo }, work);
  }
}

function isOver({ status }: ImportRow): boolean {
  return status === 'done' || status === 'failed' || status === 'cancelled';
}

/** A check may be begun anew until the import begins; an import begins once. */
function refuseStarted(row: ImportRow, status: 'checking' | 'running'): void {
  const { status: now } = row;
  if (now === 'uploaded' || now === 'checked' || now === status) return;
  if (now === 'checking' && status === 'running')
    throw new RefusalError(
      { code: 'check_running', reason: 'The check goes on. Wait for it, or cancel it.' },
      409,
    );
  throw new RefusalError(
    {
      code: 'import_begun',
      reason: `The import is ${now} already. Send the file again for another one.`,
    },
    409,
  );
}

function refuseData(columns: readonly string[]): void {
  if (headerIsData(columns))
    throw new RefusalError({
      code: 'header_missing',
      reason:
        'The first row looks like one of the others. Put a row before it that names the columns.',
      field: 'file',
    });
}

/** One entry of the audit log. */
function note(
  tx: Transaction,
  principal: Principal,
  { target, id }: ImportRow,
  what: 'uploaded' | 'checked' | 'started' | 'cancelled',
  detail?: AuditDetail,
): Promise<void> {
  const entity = `${target}_import` as const;
  return Audit.record(tx, principal, `${entity}.${what}`, entity, id, detail);
}

/** How the last check read the file. */
function kept({ encoding, separator, sheet }: ImportRow): FormWish {
  return {
    encoding: IMPORT_ENCODINGS.find((one) => one === encoding),
    separator: SEPARATORS.find((one) => one === separator),
    sheet: sheet ?? undefined,
  };
}

/** What was asked for, else as the last check read it. */
function wishOf({ encoding, separator, sheet }: FormWish, row: ImportRow): FormWish {
  const before = kept(row);
  return {
    encoding: encoding ?? before.encoding,
    separator: separator ?? before.separator,
    sheet: sheet ?? before.sheet,
  };
}

async function* limited(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > MAX_UPLOAD)
      throw new FileError(
        'file_too_large',
        `A file may have ${MAX_UPLOAD} bytes. Send it in parts.`,
        'file',
      );
    yield chunk;
  }
}
