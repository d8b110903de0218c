import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { uuidField } from '../../platform/validation/index.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { CatalogueKind } from './record-sync.model.ts';
import { findRecordSync } from './record-sync.repository.ts';
import type { RecordSyncRow } from './record-sync.repository.ts';

export const recordSyncQuery = z.strictObject({
  kind: z.enum(CatalogueKind),
  ids: z.array(uuidField).min(1).max(200),
});

/** How single records are in other systems, for those who work with the records. What was done with them is for admins. */
@Injectable()
export class RecordSyncService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
  ) {}

  /** One line for each record and connector that keeps its kind equal; none while no connector does. */
  async list(
    { tenantId }: Principal,
    { kind, ids }: z.output<typeof recordSyncQuery>,
  ): Promise<readonly (RecordSyncRow & { readonly title: string })[]> {
    const rows = await this.database.within({ tenantId }, (tx) =>
      findRecordSync(tx, tenantId, kind, ids),
    );
    return rows.map((row) => ({
      ...row,
      title: this.registry.find(row.connector)?.title ?? row.connector,
    }));
  }
}
