import { Inject, Injectable } from '@nestjs/common';
import { listReader } from 'twenty-mak-domain';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { Letters } from '../../platform/mail/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { InvitationsService } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { findLeadSettings } from '../leads/index.ts';
import { ContactVault } from '../persons/index.ts';
import { refuseRolesBeyondOwn } from '../roles/index.ts';
import { findTenant } from '../tenants/index.ts';
import { saveCompany } from './companies.repository.ts';
import { readContact } from './company-contact.ts';
import type { CompanyContact } from './company-contact.ts';
import { listedPlaces } from './listed-places.ts';
import { registrationView } from './registrations.dto.ts';
import type {
  Decided,
  DecideRegistration,
  ListRegistrations,
  RegistrationView,
} from './registrations.dto.ts';
import { findRegistration, listRegistrations, saveDecision } from './registrations.repository.ts';
import type { RegistrationRow } from './registrations.repository.ts';

type Approval = Extract<DecideRegistration, { decision: 'approve' }>;
type Rejection = Extract<DecideRegistration, { decision: 'reject' }>;
type Invited = Pick<Decided, 'account' | 'invitation'>;

const cursorKeys = z.tuple([z.uuid()]);
const NOBODY: Invited = { account: null, invitation: null };

/** What the office does with those who have applied. */
@Injectable()
export class DecisionsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(InvitationsService) private readonly invitations: InvitationsService,
    @Inject(Letters) private readonly letters: Letters,
  ) {}

  /** Newest first. Who they are is for those with `persons:read`, and audited. */
  async list(
    principal: Principal,
    { status, limit, cursor }: ListRegistrations,
  ): Promise<Page<RegistrationView>> {
    const { tenantId } = principal;
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor)[0];
    return this.database.within({ tenantId }, async (tx) => {
      const rows = await listRegistrations(tx, tenantId, status, before, limit + 1);
      const { items, next } = pageOf(rows, limit, ({ id }) => [id]);
      return { items: await this.views(tx, principal, items), next };
    });
  }

  /**
   * Approval makes the head account of a company and sends its invitation; a rejection is told with its reason. Throws
   * 409 `stale_version`, `already_decided` and `account_exists`, 403 `scope_not_held`.
   */
  async decide(principal: Principal, id: string, input: DecideRegistration): Promise<Decided> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      const row = await findRegistration(tx, tenantId, id);
      if (row === undefined) throw notFound('registration');
      if (row.status !== 'applied') throw alreadyDecided(row);
      if (row.version !== input.version)
        throw staleVersion((await this.views(tx, principal, [row]))[0], input);
      // Who decides need not see whom: the contact goes into the account and the letter.
      const [opened = {}] = await this.vault.openForOwner(tx, tenantId, [row.contact]);
      const { contact } = readContact(opened);
      if (contact === null) throw notFound('registration');
      const invited =
        input.decision === 'approve'
          ? await this.approve(tx, principal, row, contact, input)
          : await this.reject(tx, principal, row, contact, input);
      const decided = await saveDecision(tx, tenantId, id, {
        status: input.decision === 'approve' ? 'approved' : 'rejected',
        accountId: invited.account?.id ?? null,
        reason: input.decision === 'reject' ? input.reason : null,
        decidedBy: principal.id,
      });
      const [registration] = await this.views(tx, principal, [decided]);
      if (registration === undefined) throw notFound('registration');
      return { registration, ...invited };
    });
  }

  private async approve(
    tx: Transaction,
    principal: Principal,
    row: RegistrationRow,
    { name, email, ...company }: CompanyContact,
    { role = row.kind, cities, niches, grade = null, lead_capacity = null }: Approval,
  ): Promise<Invited> {
    const { tenantId } = principal;
    await refuseRolesBeyondOwn(tx, principal, [role]);
    const lists = await findLeadSettings(tx, tenantId);
    const read = listReader(lists);
    const listed = listedPlaces(lists, { cities, niches });
    const person = { name, email, role, locale: row.locale };
    const invited = await this.invitations.addWithin(tx, tenantId, principal, person);
    const { id: accountId } = invited.account;
    await saveCompany(tx, tenantId, accountId, 0, {
      company_name: company.company_name ?? name,
      legal_form: row.legal_form,
      // What was applied for, as far as the lists have it.
      cities: listed.cities ?? present(read.city(row.city)),
      niches: listed.niches ?? present(read.niche(row.niche)),
      grade,
      lead_capacity,
      contact: row.contact,
    });
    await Audit.record(tx, principal, 'registration.approved', 'registration', row.id, {
      account_id: accountId,
      role,
      grade,
    });
    return invited;
  }

  private async reject(
    tx: Transaction,
    principal: Principal,
    { id, locale }: RegistrationRow,
    { name, email }: CompanyContact,
    { reason }: Rejection,
  ): Promise<Invited> {
    const tenant = await findTenant(tx, principal.tenantId);
    const letter = { kind: 'registration_rejected', to: email, name, locale, reason } as const;
    await this.letters.write(tx, { ...letter, tenant: tenant?.name ?? '' });
    await Audit.record(tx, principal, 'registration.rejected', 'registration', id);
    return NOBODY;
  }

  private async views(
    tx: Transaction,
    principal: Principal,
    rows: readonly RegistrationRow[],
  ): Promise<RegistrationView[]> {
    const id = rows.length === 1 ? (rows[0]?.id ?? null) : null;
    const about = { entity: 'registration', id } as const;
    const datas = rows.map(({ contact }) => contact);
    const opened = await this.vault.read(tx, principal, datas, about);
    return rows.map((row, index) => registrationView(row, readContact(opened[index] ?? {})));
  }
}

function alreadyDecided({ status }: RegistrationRow): RefusalError {
  return new RefusalError(
    { code: 'already_decided', reason: `Somebody has decided already: ${status}.` },
    409,
  );
}

function present(key: string | null): string[] {
  return key === null ? [] : [key];
}
