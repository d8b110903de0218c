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

const cursorKeys = z.tuple([textKey, z.uuid()]);

/** The people of a tenant. */
@Injectable()
export class AccountsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /** By name. E-mail addresses only for those who manage accounts, and audited; the restricted see themselves. */
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
        id: principal.restrictedTo,
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
      const visible = principal.restrictedTo === undefined || principal.restrictedTo === id;
      if (row === undefined || !visible) throw notFound('account');
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
   * A deactivated person is out at once. Throws 409 `stale_version`, 422 `last_admin` and `not_accepted`, 403
   * `scope_not_held` when the account may do, or would do, more than the caller.
   */
  async edit(principal: Principal, id: string, edit: EditAccount): Promise<AccountView> {
    const { tenantId } = principal;
    const saved = await this.database.within({ tenantId }, async (transaction) => {
      const admins = await lockAdmins(transaction, tenantId);
      const before = await findAccount(transaction, tenantId, id);
      if (before === undefined) throw notFound('account');
      if (before.version !== edit.version) throw staleVersion(accountView(before, true), edit);
      const roles = edit.role === undefined ? [before.role] : [before.role, edit.role];
      await refuseRolesBeyondOwn(transaction, principal, roles);
      const decision = editAccount(before, edit, admins.filter((admin) => admin !== id).length);
      if (!decision.ok) throw new RefusalError(decision.refusal);
      const after = await saveAccount(transaction, decision.value);
      if (after === undefined) throw staleVersion(accountView(before, true), edit);
      if (after.status === 'deactivated') await endEmbeddedSessions(transaction, tenantId, id);
      await this.audit(transaction, principal, before, after);
      return after;
    });
    this.authenticator.forget(tenantId);
    if (saved.status === 'deactivated' && saved.user_id !== null) await this.signOut(saved.user_id);
    return accountView(saved, true);
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
