import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';

/** Clients that deals name. */
@Injectable()
export class NamedClients {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A company sees the clients that its deals name: were it to name any, it would come to see those of others. Refuses with
   * `unknown_client`. The office may name whom only an outer system knows, as events do.
   */
  async refuseUnseen(principal: Principal, name: string | null | undefined): Promise<void> {
    const { tenantId, restrictedTo } = principal;
    if (restrictedTo === undefined || name === null || name === undefined) return;
    const seen = await this.database.within(scopeOf(principal), (tx) =>
      tx.query(
        `SELECT FROM client c WHERE c.tenant_id = $1 AND (c.id::text = $2
           OR c.id IN (SELECT k.client_id FROM client_key k WHERE k.tenant_id = $1 AND k.key = $2))`,
        [tenantId, name],
      ),
    );
    if (seen.length > 0) return;
    throw new RefusalError({
      code: 'unknown_client',
      reason: 'There is no client with this id that you may see. Make one, or choose another.',
      field: 'client_id',
    });
  }
}
