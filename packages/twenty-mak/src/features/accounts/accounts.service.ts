import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Authenticator, endEmbeddedSessions, People } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { refuseRolesBeyondOwn } from '../roles/index.ts';
import { accountView } from './accounts.dto.ts';
import type { AccountView, EditAccount, EditMe, ListAccounts } from './accounts.dto.ts';
import {
  findAccount,
  hasActiveAccount,
  listAccounts,
  lockAdmins,
  saveAccount,
} from './accounts.repository.ts';
import type { AccountRow } from './accounts.repository.ts';
import { editAccount } from './edit-account.ts';
import { deactivateStaff, hasBusiness, hasStaff, setStaffRole } from './staff.repository.ts';

const cursorKeys = z.tuple([textKey, z.uuid()]);

/** The people of a tenant. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /** By name. E-mail addresses only for those who manage accounts, and audited; the restricted see their own company. */
  async list(
    principal: Principal,
    { limit, cursor, ...filter }: ListAccounts,
  ): Promise<Page<AccountView>> {
    const after = cursor === undefined ? undefined : readCursor(cursorKeys, cursor);
    const manages = principal.scopes.has('accounts:manage');
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const rows = await listAccounts(transaction, principal.tenantId, {
        ...filter,
        withEmail: manages,
        company: principal.restrictedTo,
        after,
        limit: limit + 1,
      });
      const page = pageOf(rows, limit, (row) => [row.name, row.id]);
      if (manages) {
        await Audit.record(transaction, principal, 'account.listed', 'account', null, {
          count: page.items.length,
        });
      }
      return { items: page.items.map((row) => accountView(row, manages)), next: page.next };
    });
  }

  async read(principal: Principal, id: string): Promise<AccountView> {
    const manages = principal.scopes.has('accounts:manage');
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const row = await findAccount(transaction, principal.tenantId, id);
      if (row === undefined || !isVisible(principal, row)) throw notFound('account');
      if (manages) await Audit.record(transaction, principal, 'account.read', 'account', id);
      return accountView(row, manages);
    });
  }

  /** The caller's own account; null for an API client. */
  async own(principal: Principal): Promise<AccountView | null> {
    if (principal.kind !== 'account') return null;
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const row = await findAccount(transaction, principal.tenantId, principal.id);
      return row === undefined ? null : accountView(row, true);
    });
  }

  /** Throws 403 `forbidden` for an API client, which is nobody. */
  async editOwn(principal: Principal, edit: EditMe): Promise<AccountView> {
    if (principal.kind !== 'account') throw forbidden('Only people have an account of their own.');
    const { tenantId, id } = principal;
    return this.database.within({ tenantId }, async (transaction) => {
      const before = await findAccount(transaction, tenantId, id, 'FOR UPDATE');
      if (before === undefined) throw notFound('account');
      const after = await saveAccount(transaction, {
        ...before,
        name: edit.name ?? before.name,
        locale: edit.locale ?? before.locale,
      });
      if (after === undefined) throw notFound('account');
      await this.audit(transaction, principal, before, after);
      return accountView(after, true);
    });
  }

  /**
   * A deactivated person is out at once, and with the head of a company its staff. With `company` only somebody of its
   * staff is edited. Throws 409 `stale_version`, 422 `last_admin`, `not_accepted`, `company_role`, `company_has_staff` and `company_has_business`,
   * 403 `scope_not_held` when the account may do, or would do, more than the caller.
   */
  async edit(
    principal: Principal,
    id: string,
    edit: EditAccount,
    company?: string,
  ): Promise<AccountView> {
    const { tenantId } = principal;
    const { saved, out } = await this.database.within({ tenantId }, async (transaction) => {
      const admins = await lockAdmins(transaction, tenantId);
      const before = await findAccount(transaction, tenantId, id, 'FOR UPDATE');
      const isMeant = company === undefined || before?.member_of === company;
      if (before === undefined || !isMeant) throw notFound('account');
      if (before.version !== edit.version) throw staleVersion(accountView(before, true), edit);
      const roles = edit.role === undefined ? [before.role] : [before.role, edit.role];
      await refuseRolesBeyondOwn(transaction, principal, roles);
      const decision = editAccount(before, edit, {
        otherAdmins: admins.filter((admin) => admin !== id).length,
        hasStaff: await hasStaff(transaction, id),
        hasBusiness: await hasBusiness(transaction, tenantId, id),
      });
      if (!decision.ok) throw new RefusalError(decision.refusal);
      const after = await saveAccount(transaction, decision.value);
      if (after === undefined) throw staleVersion(accountView(before, true), edit);
      await this.audit(transaction, principal, before, after);
      return { saved: after, out: await this.follow(transaction, principal, before, after) };
    });
    this.authenticator.forget(tenantId);
    for (const { user_id: person } of out) if (person !== null) await this.signOut(person);
    return accountView(saved, true);
  }

  /** What follows for the staff of a company from what its head has become. Gives everybody who is out now. */
  private async follow(
    transaction: Transaction,
    principal: Principal,
    before: AccountRow,
    after: AccountRow,
  ): Promise<AccountRow[]> {
    const { tenant_id: tenantId, id, role } = after;
    if (role !== before.role) await setStaffRole(transaction, tenantId, id, role);
    if (after.status !== 'deactivated') return [];
    const staff = await deactivateStaff(transaction, tenantId, id);
    for (const one of staff) {
      await Audit.record(transaction, principal, 'account.changed', 'account', one.id, {
        status: one.status,
        with_head: id,
      });
    }
    const out = [after, ...staff];
    for (const one of out) await endEmbeddedSessions(transaction, tenantId, one.id);
    return out;
  }

  private async audit(
    transaction: Transaction,
    principal: Principal,
    before: AccountRow,
    after: AccountRow,
  ): Promise<void> {
    await Audit.record(transaction, principal, 'account.changed', 'account', after.id, {
      role_before: before.role,
      role: after.role,
      status_before: before.status,
      status: after.status,
    });
  }

  /** Ends the sessions of a person who has no active account left anywhere. */
  private async signOut(userId: string): Promise<void> {
    await this.database.within({ userId }, async (transaction) => {
      if (!(await hasActiveAccount(transaction, userId))) {
        await this.people.endSessions(transaction, userId);
      }
    });
  }
}

/** People of an outside company see each other, everybody else sees all. */
function isVisible({ restrictedTo }: Principal, { id, member_of: company }: AccountRow): boolean {
  return restrictedTo === undefined || restrictedTo === id || restrictedTo === company;
}
