import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { apart, Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { RateLimiter, tooManyRequests } from '../../platform/rate-limit/index.ts';
import {
  AccountsService,
  accountView,
  findAccount,
  InvitationsService,
  peopleOfCompany,
} from '../accounts/index.ts';
import type { AccountView, InvitedAccount } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import type { EditStaff, InviteStaff, StaffMember } from './cabinets.dto.ts';
import { findCompany } from './companies.repository.ts';
import { CompanyService } from './company.service.ts';

/** Invitations of one company. More would be a way to ask who has an account here. */
const INVITATIONS = { burst: 20, perSecond: 20 / 3_600 };

/** People of an outside company. All have the role of the head account; the head itself stays. */
@Injectable()
export class StaffService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(InvitationsService) private readonly invitations: InvitationsService,
    @Inject(RateLimiter) private readonly limiter: RateLimiter,
  ) {}

  /** The head first, then by name. A look of the office at e-mail addresses is audited. */
  async list(principal: Principal, named: string | undefined): Promise<StaffMember[]> {
    const { tenantId } = principal;
    const company = CompanyService.companyOf(principal, named);
    return this.database.within({ tenantId }, async (tx) => {
      if ((await findCompany(tx, tenantId, company)) === undefined) throw notFound('company');
      const rows = await peopleOfCompany(tx, tenantId, company);
      if (principal.restrictedTo === undefined) {
        await Audit.record(tx, principal, 'account.listed', 'account', company, {
          count: rows.length,
        });
      }
      return rows.map((row) => ({ ...accountView(row, true), head: row.id === company }));
    });
  }

  /**
   * Throws 409 `account_exists`, 422 `company_inactive`, 429 `too_many_requests`. Refusals are audited too: they tell a company
   * which addresses have an account here.
   */
  async invite(
    principal: Principal,
    { company_id: named, ...person }: InviteStaff,
  ): Promise<InvitedAccount> {
    const company = CompanyService.companyOf(principal, named);
    const { given, waitMs } = await this.limiter.take(`staff:${company}`, INVITATIONS);
    if (given === 0) throw tooManyRequests(waitMs);
    try {
      return await this.add(principal, company, person);
    } catch (error) {
      if (error instanceof RefusalError) await this.auditRefusal(principal, company, error);
      throw error;
    }
  }

  private async add(
    principal: Principal,
    company: string,
    person: Omit<InviteStaff, 'company_id'>,
  ): Promise<InvitedAccount> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      if ((await findCompany(tx, tenantId, company)) === undefined) throw notFound('company');
      // Locked, so that nobody joins a company that is being closed.
      const head = await findAccount(tx, tenantId, company, 'FOR UPDATE');
      if (head?.status !== 'active') throw companyInactive();
      const account = { ...person, role: head.role };
      return this.invitations.addWithin(tx, tenantId, principal, account, company);
    });
  }

  /** Apart, because the refusal undoes the transaction of a request with a key. The address would be personal data. */
  private async auditRefusal(
    principal: Principal,
    company: string,
    { refusal: { code } }: RefusalError,
  ): Promise<void> {
    const { tenantId } = principal;
    await apart(() =>
      this.database.within({ tenantId }, (tx) =>
        Audit.record(tx, principal, 'account.invitation_refused', 'account', company, { code }),
      ),
    );
  }

  /** A new invitation in place of a lost one. Throws 422 `already_accepted`. */
  async renew(
    principal: Principal,
    named: string | undefined,
    id: string,
  ): Promise<InvitedAccount> {
    const company = CompanyService.companyOf(principal, named);
    return this.invitations.renew(principal, id, company);
  }

  /** Whoever is deactivated is out at once. Throws 422 `head_stays` and `own_account`, else as editing an account. */
  async edit(
    principal: Principal,
    id: string,
    { company_id: named, ...edit }: EditStaff,
  ): Promise<AccountView> {
    const company = CompanyService.companyOf(principal, named);
    if (id === company) throw headStays();
    if (id === principal.id && edit.status === 'deactivated') throw ownAccount();
    return this.accounts.edit(principal, id, edit, company);
  }
}

function companyInactive(): RefusalError {
  return new RefusalError({
    code: 'company_inactive',
    reason: 'The head account of this company is not active, so nobody can join it.',
  });
}

function headStays(): RefusalError {
  return new RefusalError({
    code: 'head_stays',
    reason:
      'This is the head account of the company. The office changes it; its own name changes on the profile page.',
  });
}

function ownAccount(): RefusalError {
  return new RefusalError({
    code: 'own_account',
    reason: 'You cannot deactivate yourself. Ask somebody else of your company.',
    field: 'status',
  });
}
