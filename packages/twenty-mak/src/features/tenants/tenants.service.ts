import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import { tenantView } from './tenants.dto.ts';
import type { EditTenant, TenantView } from './tenants.dto.ts';
import { findTenant, updateTenant } from './tenants.repository.ts';

/** A tenant's view of itself. */
@Injectable()
export class TenantsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(principal: Principal): Promise<TenantView> {
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const row = await findTenant(transaction, principal.tenantId);
      if (row === undefined) throw notFound('tenant');
      return tenantView(row);
    });
  }

  /** Throws 409 `stale_version` with both values when somebody was faster. */
  async edit(principal: Principal, { version, ...changes }: EditTenant): Promise<TenantView> {
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const before = await findTenant(transaction, principal.tenantId);
      if (before === undefined) throw notFound('tenant');
      const after = await updateTenant(transaction, principal.tenantId, version, changes);
      if (after === undefined) throw staleVersion(tenantView(before), { version, ...changes });
      await Audit.record(transaction, principal, 'tenant.changed', 'tenant', before.id, {
        changed: Object.keys(changes),
      });
      return tenantView(after);
    });
  }
}
