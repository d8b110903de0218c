import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { uuidField } from '../../platform/validation/index.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { CatalogueKind } from './record-sync.model.ts';
import { findClientSync, findRecordSync } from './record-sync.repository.ts';
import type { RecordSyncRow } from './record-sync.repository.ts';

export const recordSyncQuery = z.strictObject({
  kind: z.enum(CatalogueKind),
  ids: z.array(uuidField).min(1).max(200),
});
export const clientSyncQuery = recordSyncQuery.pick({ ids: true });

type TitledRow = RecordSyncRow & { readonly title: string };

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
  ): Promise<readonly TitledRow[]> {
    const rows = await this.database.within({ tenantId }, (tx) =>
      findRecordSync(tx, tenantId, kind, ids),
    );
    return rows.map((row) => this.titled(row));
  }

  /** The same of clients. Companies learn nothing: the systems are those of the office. */
  async ofClients(
    { tenantId, restrictedTo }: Principal,
    { ids }: z.output<typeof clientSyncQuery>,
  ): Promise<readonly TitledRow[]> {
    if (restrictedTo !== undefined) return [];
    const rows = await this.database.within({ tenantId }, (tx) =>
      findClientSync(tx, tenantId, ids),
    );
    return rows.map((row) => this.titled(row));
  }

  private titled(row: RecordSyncRow): TitledRow {
    return { ...row, title: this.registry.find(row.connector)?.title ?? row.connector };
  }
}
