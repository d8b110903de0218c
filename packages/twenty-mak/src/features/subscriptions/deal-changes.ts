import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { DEALS_CHANNEL, readDealsRing } from '../events/index.ts';
import { Watch } from './watch.ts';

/** Most ids that are told at once; who gets so many reads anew what is shown. */
export const CHANGES_LIMIT = 200;
/** Changes that come together are told together, in milliseconds. */
const GATHER = 50;

/**
 * Tells open pages which deals have changed, in whatever way. It is a doorbell: what is missed while nobody listens is
 * not told later; the order and the completeness of canonical events are EventFollower's.
 */
@Injectable()
export class ChangeFollower implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /**
   * Ids of changed deals that the principal may see, or has just lost to somebody else, until the caller stops or may no
   * longer. First none, as soon as no later change can be missed; again none when some may have been missed.
   */
  async *follow(
    principal: Principal,
    stillAllowed: () => Promise<boolean>,
  ): AsyncGenerator<readonly string[], void> {
    const watch = new Watch(this.bus, {
      tenantId: principal.tenantId,
      stillAllowed,
      stopping: this.stopping.signal,
    });
    const changed = new Set<string>();
    const lost = new Set<string>();
    let missed = false;
    const silence = this.bus.listen(
      DEALS_CHANNEL,
      (message) => {
        const { tenantId, deals } = readDealsRing(message);
        if (tenantId !== principal.tenantId) return;
        for (const { id, formerOwner } of deals) {
          if (changed.size >= CHANGES_LIMIT) break;
          changed.add(id);
          if (formerOwner !== null && formerOwner === principal.restrictedTo) lost.add(id);
        }
        watch.ring();
      },
      () => {
        missed = true;
        watch.ring();
      },
    );
    try {
      await this.bus.arrives(DEALS_CHANNEL);
      yield [];
      while (await watch.goesOn()) {
        if (missed) {
          missed = false;
          yield [];
        }
        if (changed.size === 0) {
          await watch.rest();
          await new Promise((resolve) => setTimeout(resolve, GATHER));
          continue;
        }
        const ids = [...changed];
        const taken = new Set(lost);
        changed.clear();
        lost.clear();
        const visible = await this.visible(principal, ids);
        const told = ids.filter((id) => visible.has(id) || taken.has(id));
        if (told.length > 0) yield told;
      }
    } finally {
      silence();
      watch.end();
    }
  }

  /** Who sees only some deals is not told that others exist. */
  private async visible(
    principal: Principal,
    ids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const { tenantId, restrictedTo } = principal;
    if (restrictedTo === undefined) return new Set(ids);
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      tx.query<{ id: string }>(
        'SELECT id FROM deal WHERE tenant_id = $1 AND id = ANY ($2::uuid[])',
        [tenantId, ids],
      ),
    );
    return new Set(rows.map(({ id }) => id));
  }
}
