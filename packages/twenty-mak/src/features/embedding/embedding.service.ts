import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import {
  Authenticator,
  hashCredential,
  mintCredential,
  mintSecret,
} from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError } from '../../platform/errors/index.ts';
import { accountView, findAccount } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { findTenant, tenantView } from '../tenants/index.ts';
import type { EmbedCodeView, SessionList, StartedSession } from './embedding.dto.ts';
import {
  deleteSession,
  insertCode,
  insertSession,
  listSessions,
  tenantOfCode,
  useCode,
} from './embedding.repository.ts';

/** How a signed-in person gets into a page that twenty embeds, which has neither cookies nor storage. */
@Injectable()
export class EmbeddingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /** A code for the person's account in this tenant. Throws 403 for machines and for embedded pages. */
  async issueCode(principal: Principal): Promise<EmbedCodeView> {
    const { tenantId, id } = personOf(principal);
    if (principal.embedded === true) {
      throw forbidden('An embedded page cannot begin another session. Sign in again.');
    }
    return this.database.within({ tenantId }, (transaction) => mintCode(transaction, tenantId, id));
  }

  /** Throws the same 401 `invalid_embed_code` for a code that is wrong, used or too old, or whose account has ended. */
  async exchange(code: string): Promise<StartedSession> {
    const hash = hashCredential(code);
    const tenantId = await this.database.within({ credential: hash }, (transaction) =>
      tenantOfCode(transaction, hash),
    );
    if (tenantId === undefined) throw invalidCode();
    return this.database.within({ tenantId }, async (transaction) => {
      const accountId = await useCode(transaction, tenantId, hash);
      if (accountId === undefined) throw invalidCode();
      const token = mintCredential('embedded');
      const session = await insertSession(transaction, tenantId, accountId, hashCredential(token));
      const account = await findAccount(transaction, tenantId, accountId);
      const tenant = await findTenant(transaction, tenantId);
      if (session === undefined || account === undefined || tenant === undefined) {
        throw invalidCode();
      }
      const actor = { kind: 'account', id: accountId } as const;
      await Audit.recordFor(transaction, tenantId, actor, 'account.embedded', 'account', accountId);
      return {
        token,
        expires_at: formatInstant(session.expires_at),
        account: accountView(account, true),
        tenant: tenantView(tenant),
      };
    });
  }

  /** The caller's embedded sessions in this tenant. */
  async list(principal: Principal): Promise<SessionList> {
    const { tenantId, id } = personOf(principal);
    const rows = await this.database.within({ tenantId }, (transaction) =>
      listSessions(transaction, tenantId, id),
    );
    return {
      items: rows.map((row) => ({
        id: row.id,
        created_at: formatInstant(row.created_at),
        expires_at: formatInstant(row.expires_at),
      })),
    };
  }

  /** Ends one of them at once, in all processes. */
  async end(principal: Principal, id: string): Promise<void> {
    const { tenantId, id: accountId } = personOf(principal);
    const ended = await this.database.within({ tenantId }, (transaction) =>
      deleteSession(transaction, tenantId, accountId, id),
    );
    if (!ended) throw notFound('session');
    this.authenticator.forget(tenantId);
  }
}

/** A code for an account that somebody has proved to be, as part of a larger change. */
export async function mintCode(
  transaction: Transaction,
  tenantId: string,
  accountId: string,
): Promise<EmbedCodeView> {
  const code = mintSecret();
  const expiresAt = await insertCode(transaction, tenantId, accountId, hashCredential(code));
  return { code, expires_at: formatInstant(expiresAt) };
}

function personOf(principal: Principal): Principal {
  if (principal.kind === 'account') return principal;
  throw forbidden('This is for people who are signed in, not for keys.');
}

function invalidCode(): RefusalError {
  return new RefusalError(
    {
      code: 'invalid_embed_code',
      reason: 'This code is wrong, was used, or is older than 30 seconds. Open the page anew.',
      field: 'code',
    },
    401,
  );
}
