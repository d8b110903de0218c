import { Inject, Injectable } from '@nestjs/common';
import { presets } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { z } from 'zod';
import { Authenticator, SCOPES } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { InvitationsService } from '../accounts/index.ts';
import type { InvitedAccount } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { apiClientView, insertApiClient } from '../api-clients/index.ts';
import { PipelineService } from '../pipelines/index.ts';
import {
  deleteTenant,
  findTenant,
  insertTenant,
  listTenants,
  setClock,
  tenantView,
} from '../tenants/index.ts';
import type { TenantRow, TenantView } from '../tenants/index.ts';
import type { CreatedTenant, CreateTenant, ListTenants } from './provisioning.dto.ts';

/** What the operator of an installation does with its tenants. */
@Injectable()
export class ProvisioningService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(PipelineService) private readonly pipelines: PipelineService,
    @Inject(InvitationsService) private readonly invitations: InvitationsService,
  ) {}

  /** A tenant with its first API key, which has every scope and whose secret is shown this once. */
  async create(operator: Principal, input: CreateTenant): Promise<CreatedTenant> {
    if (input.demo && this.config.MAK_MODE !== 'demo') {
      throw new RefusalError({
        code: 'demo_mode_only',
        reason: 'A demo tenant has known passwords, so it may exist in demo mode only.',
        field: 'demo',
      });
    }
    const tenantId = creationId();
    return this.database.within({ tenantId }, async (transaction) => {
      const tenant = await insertTenant(transaction, {
        ...input,
        id: tenantId,
        clock_frozen_at: input.clock_frozen_at ?? null,
      });
      if (tenant === undefined) {
        throw new RefusalError(
          {
            code: 'tenant_exists',
            reason: `There is already a tenant ${input.key}. Choose another key.`,
            field: 'key',
          },
          409,
        );
      }
      const { row, secret } = await insertApiClient(transaction, tenantId, {
        name: 'First key',
        kind: 'api_key',
        scopes: SCOPES,
        createdBy: null,
      });
      await Audit.recordFor(transaction, tenantId, operator, 'tenant.created', 'tenant', tenantId);
      const accounts: InvitedAccount[] = [];
      const admin = input.admin === undefined ? [] : [{ ...input.admin, role: 'admin' as const }];
      for (const account of [...admin, ...input.accounts]) {
        accounts.push(await this.invitations.addWithin(transaction, tenantId, operator, account));
      }
      for (const [index, preset] of input.pipelines.entries()) {
        await this.pipelines.createWithin(transaction, tenantId, presets[preset], {
          publish: true,
          isDefault: index === 0,
          actor: operator,
        });
      }
      return { tenant: tenantView(tenant), api_key: { ...apiClientView(row), secret }, accounts };
    });
  }

  async list({ limit, cursor }: ListTenants): Promise<Page<TenantView>> {
    const [after] = cursor === undefined ? [''] : readCursor(z.tuple([textKey]), cursor);
    const rows = await this.database.within({ operator: true }, (transaction) =>
      listTenants(transaction, after, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.key]);
    return { items: page.items.map(tenantView), next: page.next };
  }

  /** By id or key. */
  async read(idOrKey: string): Promise<TenantView> {
    return tenantView(await this.find(idOrKey));
  }

  /** Freezes the tenant's present at an instant in milliseconds, or lets it run with the database's clock. */
  async setClock(
    operator: Principal,
    idOrKey: string,
    frozenAt: Instant | null,
  ): Promise<TenantView> {
    const { id } = await this.find(idOrKey);
    return this.database.within({ tenantId: id }, async (transaction) => {
      const row = await setClock(transaction, id, frozenAt);
      if (row === undefined) throw notFound('tenant');
      await Audit.recordFor(transaction, id, operator, 'tenant.clock_set', 'tenant', id, {
        frozen_at: tenantView(row).clock_frozen_at,
      });
      return tenantView(row);
    });
  }

  /** Deletes the tenant and everything that belongs to it, for good. `confirm` must be its name. */
  async delete(idOrKey: string, confirm: string): Promise<void> {
    const tenant = await this.find(idOrKey);
    if (confirm !== tenant.name) {
      throw new RefusalError({
        code: 'not_confirmed',
        reason: 'Deleting a tenant deletes all its data for good. Send its exact name as confirm.',
        field: 'confirm',
      });
    }
    await this.database.within({ tenantId: tenant.id }, (transaction) =>
      deleteTenant(transaction, tenant.id),
    );
    this.authenticator.forget(tenant.id);
  }

  private async find(idOrKey: string): Promise<TenantRow> {
    const row = await this.database.within({ operator: true }, (transaction) =>
      findTenant(transaction, idOrKey),
    );
    if (row === undefined) throw notFound('tenant');
    return row;
  }
}
