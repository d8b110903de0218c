import { Inject, Injectable } from '@nestjs/common';
import { validateCalendar } from 'twenty-mak-domain';
import { Authenticator } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import { tenantView } from './tenants.dto.ts';
import type { EditTenant, TenantView } from './tenants.dto.ts';
import { findTenant, updateTenant } from './tenants.repository.ts';

/** A tenant's view of itself. */
@Injectable()
export class TenantsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async read(principal: Principal): Promise<TenantView> {
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const row = await findTenant(transaction, principal.tenantId);
      if (row === undefined) throw notFound('tenant');
      return tenantView(row);
    });
  }

  /**
   * Throws 409 `stale_version` with both values when somebody was faster, 422 `language_not_offered`, and the codes of
   * `validateCalendar`.
   */
  async edit(principal: Principal, { version, ...changes }: EditTenant): Promise<TenantView> {
    refuseWrongCalendar(changes.working_calendar);
    const view = await this.database.within(
      { tenantId: principal.tenantId },
      async (transaction) => {
        const before = await findTenant(transaction, principal.tenantId);
        if (before === undefined) throw notFound('tenant');
        if (before.version === version) refuseWrongLanguage({ ...before, ...changes });
        const after = await updateTenant(transaction, principal.tenantId, version, changes);
        if (after === undefined) throw staleVersion(tenantView(before), { version, ...changes });
        await Audit.record(transaction, principal, 'tenant.changed', 'tenant', before.id, {
          changed: Object.keys(changes),
        });
        return tenantView(after);
      },
    );
    // Open subscriptions of those who now need a second factor end.
    if (changes.company_totp !== undefined) this.authenticator.forget(principal.tenantId);
    return view;
  }
}

function refuseWrongLanguage({
  locale = 'en',
  languages = [],
}: Pick<EditTenant, 'locale' | 'languages'>): void {
  if (languages.includes(locale)) return;
  throw new RefusalError({
    code: 'language_not_offered',
    reason: `People begin with ${locale}, so it must be one of the languages they can choose: ${languages.join(', ')}.`,
    field: 'languages',
  });
}

function refuseWrongCalendar(named: EditTenant['working_calendar']): void {
  if (named === undefined || named === null) return;
  const calendar = validateCalendar(named.calendar, 'working_calendar.calendar');
  if (!calendar.ok) throw new RefusalError(calendar.refusal);
}
