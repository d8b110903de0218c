import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Authenticator } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { clientView } from './clients.dto.ts';
import type { ClientView, CreateClient, CreatedClientView, ListClients } from './clients.dto.ts';
import { insertClient, listClients, revokeClient } from './clients.repository.ts';

const cursorKeys = z.tuple([instantKey, z.uuid()]);

@Injectable()
export class ClientsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /** Throws 403 `scope_not_held` when the caller would hand out more than it has. */
  async create(principal: Principal, input: CreateClient): Promise<CreatedClientView> {
    const excess = input.scopes.find((scope) => !principal.scopes.has(scope));
    if (excess !== undefined) {
      throw new RefusalError(
        {
          code: 'scope_not_held',
          reason: `You do not have the scope ${excess} yourself, so you cannot give it to a client.`,
          field: 'scopes',
        },
        403,
      );
    }
    return this.database.within({ tenantId: principal.tenantId }, async (transaction) => {
      const { row, secret } = await insertClient(transaction, principal.tenantId, {
        name: input.name,
        kind: input.kind,
        scopes: input.scopes,
        createdBy: principal.kind === 'account' ? principal.id : null,
        expiresAt: input.expires_at,
      });
      await Audit.record(transaction, principal, 'client.created', 'client', row.id, {
        kind: row.kind,
        scopes: row.scopes,
      });
      return { ...clientView(row), secret };
    });
  }

  async list(principal: Principal, { limit, cursor }: ListClients): Promise<Page<ClientView>> {
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const rows = await this.database.within({ tenantId: principal.tenantId }, (transaction) =>
      listClients(transaction, principal.tenantId, before, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.created_at, row.id]);
    return { items: page.items.map(clientView), next: page.next };
  }

  /** From the answer on the secret and every access token bought with it are refused in every process. */
  async revoke(principal: Principal, id: string): Promise<ClientView> {
    const row = await this.database.within(
      { tenantId: principal.tenantId },
      async (transaction) => {
        const revoked = await revokeClient(transaction, principal.tenantId, id);
        if (revoked === undefined) throw notFound('client');
        await Audit.record(transaction, principal, 'client.revoked', 'client', id);
        return revoked;
      },
    );
    this.authenticator.forget(principal.tenantId);
    return clientView(row);
  }
}
