import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GuessLimits } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { Letters } from '../../platform/mail/index.ts';
import { notify } from '../../platform/notifications/index.ts';
import { findAccountByEmail } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { findLeadSettings } from '../leads/index.ts';
import { ContactVault, sealedKeyOf } from '../persons/index.ts';
import { peopleWhoMay } from '../roles/index.ts';
import { findTenant } from '../tenants/index.ts';
import type { TenantRow } from '../tenants/index.ts';
import type { Received, Register, RegistrationForm } from './registrations.dto.ts';
import { insertRegistration } from './registrations.repository.ts';

/**
 * How somebody from outside asks to be a partner or a franchisee. The answer is the same for everybody; what is the
 * matter is told by a letter to the address that was given, which only its owner reads.
 */
@Injectable()
export class RegistrationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(Letters) private readonly letters: Letters,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  /** What the page of registration shows. Throws 404 `registration_closed`, 429 `too_many_requests`. */
  async form(request: FastifyRequest, key: string): Promise<RegistrationForm> {
    await this.limits.limitForm(request);
    const { id, name, locale, languages, privacy_url } = await this.openTenant(key);
    const { cities, niches } = await this.database.within({ tenantId: id }, (tx) =>
      findLeadSettings(tx, id),
    );
    const lists = { cities: [...cities], niches: [...niches] };
    return { tenant: key, name, locale, languages, privacy_url, ...lists };
  }

  /** Keeps an application until the office decides. Throws as `form` does. */
  async apply(request: FastifyRequest, { tenant: key, ...input }: Register): Promise<Received> {
    await this.limits.limitForm(request);
    const tenant = await this.openTenant(key);
    await this.limits.limitRegistration(request, tenant.id);
    await this.database.within({ tenantId: tenant.id }, async (tx) => {
      // Before it is known whose address it is, so that both take the same time.
      const { name, email, phone, tax_number, company_name, ...plain } = input;
      const person = { name, email, phone, tax_number, company_name };
      const [contact = {}] = await this.vault.seal(tx, tenant.id, [{ contact: person }]);
      const known = await findAccountByEmail(tx, tenant.id, email);
      if (known === undefined) {
        const row = { ...plain, contact, key_id: sealedKeyOf(contact) };
        const id = await insertRegistration(tx, tenant.id, row);
        if (id !== undefined) await this.announce(tx, tenant.id, id);
      }
      const kind = known === undefined ? 'registration_received' : 'registration_known';
      const letter = { to: email, name, locale: input.locale, tenant: tenant.name };
      await this.letters.write(tx, { kind, ...letter });
    });
    return { status: 'received' };
  }

  private async announce(tx: Transaction, tenantId: string, id: string): Promise<void> {
    const actor = { kind: 'system', id: 'registration' } as const;
    await Audit.recordFor(tx, tenantId, actor, 'registration.received', 'registration', id);
    const deciders = await peopleWhoMay(tx, tenantId, 'accounts:manage');
    const told = { kind: 'registration.received', dealId: null, data: { registration_id: id } };
    await notify(
      tx,
      tenantId,
      deciders.map((accountId) => ({ accountId, ...told })),
    );
  }

  /** A tenant that takes applications; one that does not is not told from one that is not there. */
  private async openTenant(key: string): Promise<TenantRow> {
    const tenant = await this.database.within({ tenantKey: key }, (tx) => findTenant(tx, key));
    if (tenant?.registration_open !== true) {
      throw new RefusalError(
        {
          code: 'registration_closed',
          reason: 'Nobody takes registrations at this address. Ask the company for the right one.',
          field: 'tenant',
        },
        404,
      );
    }
    return tenant;
  }
}
