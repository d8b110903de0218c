import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Authenticator, endEmbeddedSessions } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { OutboundHttp } from '../../platform/outbound-http/index.ts';
import { pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { findAccount } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { refuseRolesBeyondOwn } from '../roles/index.ts';
import { boundUserView, workspaceView } from './twenty-sign-in.dto.ts';
import type {
  BoundUserView,
  ListUsers,
  SetWorkspace,
  WorkspaceView,
} from './twenty-sign-in.dto.ts';
import {
  boundAccounts,
  deleteBinding,
  findWorkspace,
  listBoundUsers,
  saveWorkspace,
} from './twenty-sign-in.repository.ts';
import type { WorkspaceRow } from './twenty-sign-in.repository.ts';

const cursorKeys = z.tuple([textKey, z.uuid()]);
const UNIQUE_VIOLATION = '23505';

/** What admins decide about signing in from twenty. */
@Injectable()
export class TwentyWorkspaceService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(OutboundHttp) private readonly http: OutboundHttp,
  ) {}

  /** Null when nothing was set yet. */
  async read({ tenantId }: Principal): Promise<WorkspaceView | null> {
    const row = await this.database.within({ tenantId }, (transaction) =>
      findWorkspace(transaction, tenantId),
    );
    return row === undefined ? null : workspaceView(row);
  }

  /**
   * Whoever chooses the twenty chooses who is believed to be whom, so it takes all that an admin may: 403
   * `scope_not_held`. Other addresses, other ids, or turning it off, end the sessions of all who came from there.
   * Throws 409 `stale_version` and `twenty_workspace_taken`, 422 `url_not_allowed`.
   */
  async set(principal: Principal, { version, ...settings }: SetWorkspace): Promise<WorkspaceView> {
    const { tenantId } = principal;
    const reason = this.http.objection(settings.address);
    if (reason !== undefined) {
      throw new RefusalError({ code: 'url_not_allowed', reason, field: 'address' });
    }
    const row = await this.database
      .within({ tenantId }, async (transaction) => {
        await refuseRolesBeyondOwn(transaction, principal, ['admin']);
        const before = await findWorkspace(transaction, tenantId, 'FOR UPDATE');
        const after = await saveWorkspace(transaction, tenantId, version, settings);
        if (after === undefined) {
          const current = before === undefined ? null : workspaceView(before);
          throw staleVersion(current, { version, ...settings });
        }
        if (before !== undefined && isAnotherDoor(before, after)) {
          for (const account of await boundAccounts(transaction, tenantId))
            await endEmbeddedSessions(transaction, tenantId, account);
        }
        await Audit.record(transaction, principal, 'twenty.set', 'twenty', after.workspace_id, {
          ...settings,
        });
        return after;
      })
      .catch((error: unknown) => {
        throw isTaken(error) ? workspaceTaken() : error;
      });
    this.authenticator.forget(tenantId);
    return workspaceView(row);
  }

  /** Users of the workspace who have signed in, by name. */
  async users({ tenantId }: Principal, { limit, cursor }: ListUsers): Promise<Page<BoundUserView>> {
    const after = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const rows = await this.database.within({ tenantId }, (transaction) =>
      listBoundUsers(transaction, tenantId, after, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.name, row.account_id]);
    return { items: page.items.map(boundUserView), next: page.next };
  }

  /**
   * Frees an account, so that the next user of the workspace with its e-mail address gets it. Sessions end.
   * Throws 404, and 403 `scope_not_held` for accounts that may do more than the caller.
   */
  async release(principal: Principal, accountId: string): Promise<void> {
    const { tenantId } = principal;
    await this.database.within({ tenantId }, async (transaction) => {
      const account = await findAccount(transaction, tenantId, accountId);
      if (account === undefined) throw notFound('user of twenty');
      await refuseRolesBeyondOwn(transaction, principal, [account.role]);
      if (!(await deleteBinding(transaction, tenantId, accountId)))
        throw notFound('user of twenty');
      await endEmbeddedSessions(transaction, tenantId, accountId);
      await Audit.record(transaction, principal, 'twenty.released', 'account', accountId);
    });
    this.authenticator.forget(tenantId);
  }
}

function isAnotherDoor(before: WorkspaceRow, after: WorkspaceRow): boolean {
  return (
    (before.enabled && !after.enabled) ||
    before.address !== after.address ||
    before.workspace_id !== after.workspace_id ||
    before.application_id !== after.application_id
  );
}

function isTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === UNIQUE_VIOLATION && constraint === 'twenty_workspace_claim';
}

function workspaceTaken(): RefusalError {
  return new RefusalError(
    {
      code: 'twenty_workspace_taken',
      reason:
        'This workspace of this twenty belongs to another tenant already. Compare the id, or ask the operator.',
      field: 'workspace_id',
    },
    409,
  );
}
