import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { auditEntryView } from './audit.dto.ts';
import type { AuditEntryView, ListAudit } from './audit.dto.ts';
import { listAudit } from './audit.repository.ts';

const cursorKeys = z.tuple([instantKey, z.uuid()]);

@Injectable()
export class AuditService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first. */
  async list(
    { tenantId }: Principal,
    { limit, cursor, ...filter }: ListAudit,
  ): Promise<Page<AuditEntryView>> {
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const rows = await this.database.within({ tenantId }, (transaction) =>
      listAudit(transaction, tenantId, filter, before, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.at, row.id]);
    return { items: page.items.map(auditEntryView), next: page.next };
  }
}
