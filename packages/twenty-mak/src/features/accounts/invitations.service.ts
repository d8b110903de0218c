import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { hashCredential, mintSecret, People } from '../../platform/auth/index.ts';
import type { Principal, SignedInUser } from '../../platform/auth/index.ts';
import { Letters } from '../../platform/mail/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { Audit } from '../audit/index.ts';
import type { Actor } from '../audit/index.ts';
import { refuseRolesBeyondOwn } from '../roles/index.ts';
import { findTenant } from '../tenants/index.ts';
import { accountView } from './accounts.dto.ts';
import type {
  AcceptInvitation,
  AccountView,
  InviteAccount,
  InvitedAccount,
  NewAccount,
} from './accounts.dto.ts';
import {
  activateAccount,
  findAccount,
  findInvited,
  insertAccount,
  setInvitation,
} from './accounts.repository.ts';
import type { AccountRow } from './accounts.repository.ts';

/**
 * How people come into a tenant. An admin never learns whether somebody has accounts elsewhere and never sets a
 * password: the admin hands over an invitation, and whoever accepts it either chooses a password or is signed in.
 */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(People) private readonly people: People,
    @Inject(Letters) private readonly letters: Letters,
  ) {}

  /** Throws 409 `account_exists`, 403 `scope_not_held` for a role that may do more than the caller. */
  async invite(principal: Principal, input: InviteAccount): Promise<InvitedAccount> {
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      await refuseRolesBeyondOwn(transaction, principal, [input.role]);
      return this.addWithin(transaction, principal.tenantId, principal, input);
    });
  }

  /**
   * Adds an account as part of a larger change. With a password, which only the operator may give, the person can sign
   * in at once; if the person exists already, the own password stays. `memberOf` is the head account of a company that
   * the person joins.
   */
  async addWithin(
    transaction: Transaction,
    tenantId: string,
    actor: Actor,
    { password, ...account }: NewAccount,
    memberOf: string | null = null,
  ): Promise<InvitedAccount> {
    const { email, name } = account;
    const userId =
      password === undefined
        ? null
        : ((await this.people.findUser(transaction, email)) ??
          (await this.people.addUser(transaction, { email, name, password })) ??
          null);
    const row = await insertAccount(transaction, tenantId, {
      ...account,
      user_id: userId,
      member_of: memberOf,
      status: userId === null ? 'invited' : 'active',
    });
    if (row === undefined) {
      throw new RefusalError(
        {
          code: 'account_exists',
          reason: 'There is already an account with this e-mail address.',
          field: 'email',
        },
        409,
      );
    }
    await Audit.recordFor(transaction, tenantId, actor, 'account.created', 'account', row.id, {
      role: row.role,
      status: row.status,
    });
    return {
      account: accountView(row, true),
      invitation: userId === null ? await this.issue(transaction, row) : null,
    };
  }

  /**
   * A new invitation for an account that nobody bound to a password yet; the old one ends. With `company` only for
   * somebody of its staff.
   */
  async renew(principal: Principal, id: string, company?: string): Promise<InvitedAccount> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (transaction) => {
      const row = await findAccount(transaction, tenantId, id);
      const isMeant = company === undefined || row?.member_of === company;
      if (row === undefined || !isMeant) throw notFound('account');
      if (row.user_id !== null || row.status === 'deactivated') {
        throw new RefusalError({
          code: 'already_accepted',
          reason: 'This person has accepted an invitation already.',
        });
      }
      await refuseRolesBeyondOwn(transaction, principal, [row.role]);
      await Audit.record(transaction, principal, 'account.invited_again', 'account', id);
      return {
        account: accountView(row, true),
        invitation: await this.issue(transaction, row),
      };
    });
  }

  /**
   * Throws 404 `invitation_not_found`, 401 `sign_in_first` when the person exists and is not the one signed in, and
   * 422 `password_needed` when a new person sends no password.
   */
  async accept(
    { token, password }: AcceptInvitation,
    signedIn: SignedInUser | undefined,
  ): Promise<AccountView> {
    const hash = hashCredential(token);
    const invited = await this.database.within({ credential: hash }, (transaction) =>
      findInvited(transaction, hash),
    );
    if (invited === undefined) throw invitationNotFound();
    const { tenant_id: tenantId, id, email, name } = invited;
    return this.database.within({ tenantId }, async (transaction) => {
      const userId =
        signedIn?.email === email
          ? signedIn.id
          : await this.newPerson(transaction, { email, name, password });
      const row = await activateAccount(transaction, tenantId, id, hash, userId);
      if (row === undefined) throw invitationNotFound();
      const actor = { kind: 'account', id } as const;
      await Audit.recordFor(transaction, tenantId, actor, 'account.accepted', 'account', id);
      return accountView(row, true);
    });
  }

  private async newPerson(
    transaction: Transaction,
    person: { email: string; name: string; password: string | undefined },
  ): Promise<string> {
    const { email, name, password } = person;
    if ((await this.people.findUser(transaction, email)) !== undefined) throw signInFirst();
    if (password === undefined) {
      throw new RefusalError({
        code: 'password_needed',
        reason: 'Choose a password.',
        field: 'password',
      });
    }
    const userId = await this.people.addUser(transaction, { email, name, password });
    if (userId === undefined) throw signInFirst();
    return userId;
  }

  /** An invitation that is also sent to the person; the answer has it too, for where mail does not come. */
  private async issue(
    transaction: Transaction,
    { id, tenant_id: tenantId, email, name, locale }: AccountRow,
  ): Promise<InvitedAccount['invitation']> {
    const token = mintSecret();
    const expiresAt = await setInvitation(transaction, tenantId, id, hashCredential(token));
    const tenant = await findTenant(transaction, tenantId);
    if (expiresAt === undefined || tenant === undefined) return null;
    const letter = { kind: 'invitation', to: email, name, locale, token } as const;
    await this.letters.write(transaction, { ...letter, tenant: tenant.name });
    return { token, expires_at: formatInstant(expiresAt) };
  }
}

function invitationNotFound(): RefusalError {
  return new RefusalError(
    {
      code: 'invitation_not_found',
      reason: 'This invitation was used, replaced or is too old. Ask an admin for a new one.',
      field: 'token',
    },
    404,
  );
}

function signInFirst(): RefusalError {
  return new RefusalError(
    {
      code: 'sign_in_first',
      reason: 'You have a password here already. Sign in with it, then accept the invitation.',
    },
    401,
  );
}
