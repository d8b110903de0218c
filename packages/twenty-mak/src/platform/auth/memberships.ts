import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import { RefusalError } from '../errors/index.ts';
import type { SignedInUser } from './people.ts';
import { isCompanyRole, isRestricted, scopesOf } from './permissions.ts';
import type { RoleChanges } from './permissions.ts';
import type { Principal, Role } from './principal.ts';

/** An account of a person in one tenant. */
export interface Membership {
  readonly account_id: string;
  readonly tenant_id: string;
  /** Key of the tenant, for the header `X-Tenant`. */
  readonly tenant: string;
  readonly tenant_name: string;
  readonly role: Role;
  /** Language of this person's account there. */
  readonly locale: 'en' | 'ru' | 'uk';
  /** The role asks for a second factor that this person does not have yet. */
  readonly totp_required: boolean;
}

/** A membership as it is read, before anybody asked whether the person needs a second factor. */
export interface MembershipRow extends Omit<Membership, 'totp_required'>, RoleChanges {
  readonly demo: boolean;
  /** Head account of the company that this one is of the staff of. */
  readonly member_of: string | null;
  /** The tenant demands a second factor of partners and franchisees. */
  readonly company_totp: boolean;
}

/** What is read for a membership, and the tables it is read of. */
export const MEMBERSHIP = {
  columns: `account.id AS account_id, tenant.id AS tenant_id, tenant.key AS tenant, tenant.name AS tenant_name,
    account.role, account.locale, account.member_of, tenant.demo, tenant.company_totp, coalesce(changes.granted, '{}') AS granted,
    coalesce(changes.revoked, '{}') AS revoked`,
  tables: `account JOIN tenant ON tenant.id = account.tenant_id
    LEFT JOIN role_permission changes ON changes.tenant_id = account.tenant_id AND changes.role = account.role`,
} as const;

/** In which tenants people have accounts. */
@Injectable()
export class Memberships {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
  ) {}

  /** The active accounts of a person, by key of the tenant. */
  async of(user: SignedInUser): Promise<Membership[]> {
    const rows = await this.rows(user);
    return rows.map((row) => this.view(row, user));
  }

  /** What a person may know of a membership. */
  view(row: MembershipRow, user: SignedInUser): Membership {
    const { account_id, tenant_id, tenant, tenant_name, role, locale } = row;
    const totp_required = this.needsTotp(user, row);
    return { account_id, tenant_id, tenant, tenant_name, role, locale, totp_required };
  }

  private async rows(user: SignedInUser): Promise<MembershipRow[]> {
    return this.database.within({ userId: user.id }, (transaction) =>
      transaction.query<MembershipRow>(
        `SELECT ${MEMBERSHIP.columns} FROM ${MEMBERSHIP.tables}
         WHERE account.user_id = $1 AND account.status = 'active'
         ORDER BY tenant.key`,
        [user.id],
      ),
    );
  }

  private needsTotp(
    user: SignedInUser,
    { role, demo, company_totp }: Pick<MembershipRow, 'role' | 'demo' | 'company_totp'>,
  ): boolean {
    if (user.totp) return false;
    if (role === 'admin') return !(demo && this.config.MAK_MODE === 'demo');
    return company_totp && isCompanyRole(role);
  }

  /**
   * The principal of a person in the tenant that the request names, which only people with several tenants must do.
   * Undefined when the person has no account there. Throws 403 `tenant_needed` and `totp_required`.
   */
  async principal(user: SignedInUser, tenant: string | undefined): Promise<Principal | undefined> {
    const all = await this.rows(user);
    if (tenant === undefined && all.length > 1) {
      throw new RefusalError(
        {
          code: 'tenant_needed',
          reason: `You have accounts in several tenants. Name one in the header X-Tenant: ${all.map((one) => one.tenant).join(', ')}.`,
        },
        403,
      );
    }
    const membership = tenant === undefined ? all[0] : all.find((one) => one.tenant === tenant);
    return membership && this.admit(membership, user);
  }

  /** Who the person is to us in this tenant. Throws 403 `totp_required`. */
  admit(membership: MembershipRow, user: SignedInUser): Principal {
    if (this.needsTotp(user, membership)) {
      throw new RefusalError(
        {
          code: 'totp_required',
          reason:
            'Your role must sign in with a one-time code. Enrol at /v1/auth/two-factor/enable and confirm the first code.',
        },
        403,
      );
    }
    const { account_id: id, member_of: company, tenant_id: tenantId, role } = membership;
    return {
      kind: 'account',
      id,
      tenantId,
      role,
      scopes: scopesOf(role, membership),
      ...(isRestricted(role) ? { restrictedTo: company ?? id } : {}),
    };
  }
}
