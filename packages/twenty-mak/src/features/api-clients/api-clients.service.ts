import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Authenticator } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { instantKey, pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { apiClientView } from './api-clients.dto.ts';
import type {
  ApiClientView,
  CreateApiClient,
  CreatedApiClientView,
  ListApiClients,
} from './api-clients.dto.ts';
import { insertApiClient, listApiClients, revokeApiClient } from './api-clients.repository.ts';

const cursorKeys = z.tuple([instantKey, z.uuid()]);

@Injectable()
export class ApiClientsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /** Throws 403 `scope_not_held` when the caller would hand out more than it has. */
  async create(principal: Principal, input: CreateApiClient): Promise<CreatedApiClientView> {
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
      const { row, secret } = await insertApiClient(transaction, principal.tenantId, {
        name: input.name,
        kind: input.kind,
        scopes: input.scopes,
        createdBy: principal.kind === 'account' ? principal.id : null,
        expiresAt: input.expires_at,
      });
      await Audit.record(transaction, principal, 'api_client.created', 'api_client', row.id, {
        kind: row.kind,
        scopes: row.scopes,
      });
      return { ...apiClientView(row), secret };
    });
  }

  async list(
    principal: Principal,
    { limit, cursor }: ListApiClients,
  ): Promise<Page<ApiClientView>> {
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor);
    const rows = await this.database.within({ tenantId: principal.tenantId }, (transaction) =>
      listApiClients(transaction, principal.tenantId, before, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.created_at, row.id]);
    return { items: page.items.map(apiClientView), next: page.next };
  }

  /** From the answer on the secret and every access token bought with it are refused in every process. */
  async revoke(principal: Principal, id: string): Promise<ApiClientView> {
    const row = await this.database.within(
      { tenantId: principal.tenantId },
      async (transaction) => {
        const revoked = await revokeApiClient(transaction, principal.tenantId, id);
        if (revoked === undefined) throw notFound('api_client');
        await Audit.record(transaction, principal, 'api_client.revoked', 'api_client', id);
        return revoked;
      },
    );
    this.authenticator.forget(principal.tenantId);
    return apiClientView(row);
  }
}
