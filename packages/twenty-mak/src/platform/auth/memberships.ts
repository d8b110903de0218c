import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Database } from '../database/index.ts';
import { RefusalError } from '../errors/index.ts';
import type { SignedInUser } from './people.ts';
import { isRestricted, scopesOf } from './permissions.ts';
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

interface MembershipRow extends Omit<Membership, 'totp_required'>, RoleChanges {
  readonly demo: boolean;
}

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
    return rows.map(({ demo, granted: _granted, revoked: _revoked, ...row }) => ({
      ...row,
      totp_required: this.needsTotp(user, { role: row.role, demo }),
    }));
  }

  private async rows(user: SignedInUser): Promise<MembershipRow[]> {
    return this.database.within({ userId: user.id }, (transaction) =>
      transaction.query<MembershipRow>(
        `SELECT account.id AS account_id, tenant.id AS tenant_id, tenant.key AS tenant, tenant.name AS tenant_name,
                account.role, account.locale, tenant.demo, coalesce(changes.granted, '{}') AS granted,
                coalesce(changes.revoked, '{}') AS revoked
         FROM account JOIN tenant ON tenant.id = account.tenant_id
         LEFT JOIN role_permission changes ON changes.tenant_id = account.tenant_id AND changes.role = account.role
         WHERE account.user_id = $1 AND account.status = 'active'
         ORDER BY tenant.key`,
        [user.id],
      ),
    );
  }

  private needsTotp(
    user: SignedInUser,
    { role, demo }: Pick<MembershipRow, 'role' | 'demo'>,
  ): boolean {
    return role === 'admin' && !user.totp && !(demo && this.config.MAK_MODE === 'demo');
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
    if (membership === undefined) return undefined;
    if (this.needsTotp(user, membership)) {
      throw new RefusalError(
        {
          code: 'totp_required',
          reason:
            'Admins must sign in with a one-time code. Enrol at /v1/auth/two-factor/enable and confirm the first code.',
        },
        403,
      );
    }
    const { account_id: id, tenant_id: tenantId, role } = membership;
    return {
      kind: 'account',
      id,
      tenantId,
      role,
      scopes: scopesOf(role, membership),
      ...(isRestricted(role) ? { restrictedTo: id } : {}),
    };
  }
}
