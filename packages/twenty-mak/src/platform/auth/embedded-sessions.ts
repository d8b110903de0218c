import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../database/index.ts';
import type { Transaction } from '../database/index.ts';
import { MEMBERSHIP, Memberships } from './memberships.ts';
import type { Membership, MembershipRow } from './memberships.ts';
import type { SignedInUser } from './people.ts';
import type { Principal } from './principal.ts';

/** A person in the one tenant of an embedded session. */
export interface EmbeddedSession {
  /** Who came from twenty and has no password here is known by the account. */
  readonly user: SignedInUser;
  readonly membership: Membership;
  /** Throws 403 `totp_required`. */
  admit(): Principal;
}

interface SessionRow extends MembershipRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly totp: boolean | null;
}

/**
 * Sessions of people on a page that twenty embeds: a bearer token for one account, for some hours. They are not those
 * of better-auth, which open every tenant of a person and live longer with each use.
 */
@Injectable()
export class EmbeddedSessions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Memberships) private readonly memberships: Memberships,
  ) {}

  /** Whose session has this hash. Never believed from memory: what ended has ended. */
  async find(hash: string): Promise<EmbeddedSession | undefined> {
    const [session] = await this.database.within({ credential: hash }, (transaction) =>
      transaction.query<{ id: string; tenant_id: string }>(
        'SELECT id, tenant_id FROM embed_session WHERE token_hash = $1 AND expires_at > now()',
        [hash],
      ),
    );
    if (session === undefined) return undefined;
    const [row] = await this.database.within({ tenantId: session.tenant_id }, (transaction) =>
      transaction.query<SessionRow>(
        `SELECT ${MEMBERSHIP.columns}, coalesce(person.id, account.id::text) AS user_id,
           coalesce(person.email, account.email) AS email, coalesce(person.name, account.name) AS name,
           person."twoFactorEnabled" AS totp
         FROM ${MEMBERSHIP.tables}
         JOIN embed_session session ON session.account_id = account.id
           AND session.user_id IS NOT DISTINCT FROM account.user_id
         LEFT JOIN auth."user" person ON person.id = account.user_id
         WHERE session.id = $1 AND account.status = 'active'`,
        [session.id],
      ),
    );
    if (row === undefined) return undefined;
    const { user_id: id, email, name, totp, ...membership } = row;
    const user = { id, email, name, totp: totp === true };
    return {
      user,
      membership: this.memberships.view(membership, user),
      admit: () => this.memberships.admit(membership, user),
    };
  }

  /** Ends the session with this hash. Tells its tenant, or undefined when there was none. */
  async end(hash: string): Promise<string | undefined> {
    const [row] = await this.database.within({ credential: hash }, (transaction) =>
      transaction.query<{ tenant_id: string }>(
        'DELETE FROM embed_session WHERE token_hash = $1 RETURNING tenant_id',
        [hash],
      ),
    );
    return row?.tenant_id;
  }

  /** Ends those of a person in every tenant. */
  async endAllOf(userId: string): Promise<void> {
    await this.database.within({ userId }, (transaction) =>
      transaction.execute('DELETE FROM embed_session WHERE user_id = $1', [userId]),
    );
  }
}

/** Ends those of one account, with the codes that would begin new ones. */
export async function endEmbeddedSessions(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
): Promise<void> {
  for (const table of ['embed_session', 'embed_code']) {
    await transaction.execute(`DELETE FROM ${table} WHERE tenant_id = $1 AND account_id = $2`, [
      tenantId,
      accountId,
    ]);
  }
}
