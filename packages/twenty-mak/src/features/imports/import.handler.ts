import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { FileStore } from '../../platform/storage/index.ts';
import { importKey } from './import-file.ts';
import { ImportRunner } from './import.runner.ts';
import { fileImport } from './imports.jobs.ts';
import { claimImport, deleteImport } from './imports.repository.ts';

interface Place {
  readonly tenantId: string;
  readonly importId: string;
}

/** Imports whose time has come: those that were begun, those that a silent worker left, and those to be forgotten. */
@Injectable()
@HandlesJob(fileImport)
export class ImportHandler implements JobHandler<Place> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(ImportRunner) private readonly runner: ImportRunner,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      'SELECT tenant_id AS "tenantId", id AS "importId" FROM file_import WHERE due_at <= now() ORDER BY due_at LIMIT 100',
    );
  }

  async handle({ tenantId, importId }: Place, signal: AbortSignal): Promise<void> {
    const runner = uuidv7();
    const row = await this.database.within({ tenantId }, (tx) =>
      claimImport(tx, tenantId, importId, runner),
    );
    if (row === undefined) return;
    if (row.status === 'checking' || row.status === 'running')
      return this.runner.run(tenantId, row, runner, signal);
    await this.files.remove(importKey(tenantId, row));
    await this.database.within({ tenantId }, (tx) => deleteImport(tx, tenantId, importId, runner));
  }
}
