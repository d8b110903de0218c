import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import {
  Bus,
  deletedUpTo,
  isBefore,
  OUTBOX_CHANNEL,
  outboxEnd,
  readOutbox,
  readPosition,
} from '../../platform/outbox/index.ts';
import type {
  OutboxEnd,
  OutboxFilter,
  OutboxPosition,
  OutboxRow,
} from '../../platform/outbox/index.ts';
import { Watch } from './watch.ts';

export interface FollowOptions extends Pick<OutboxFilter, 'types' | 'dealId'> {
  /** Asked at once when a credential of the tenant was taken back, and from time to time. */
  readonly stillAllowed: () => Promise<boolean>;
}

const PAGE = 200;
/** Longest wait between two looks when no bell rings, in milliseconds. */
const QUIET = 1_000;
/** After a ring an event may still stand above a running transaction; then it is looked for again this soon. */
const SOON = 50;

/**
 * Follows a tenant's outbox. Every event is read from PostgreSQL, the bell only says when; so nothing is lost, the
 * order of a deal holds, and row-level security decides what a caller sees.
 */
@Injectable()
export class EventFollower implements OnModuleDestroy {
  private readonly stopping = new AbortController();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /**
   * Where to begin. Throws 422 `invalid_position` for a text that is no position and 410 `position_expired` when
   * events after it have been deleted.
   */
  async start(
    principal: Principal,
    after: string | undefined,
  ): Promise<OutboxPosition | OutboxEnd> {
    const position = after === undefined ? null : readPosition(after);
    if (after !== undefined && position === null) {
      throw new RefusalError({
        code: 'invalid_position',
        reason: 'This is not a position of an event. Begin without `after`.',
        field: 'after',
      });
    }
    return this.database.within(scopeOf(principal), async (transaction) => {
      if (position === null) return outboxEnd(transaction);
      const deleted = await deletedUpTo(transaction, principal.tenantId);
      if (deleted !== null && isBefore(position, deleted)) {
        throw new RefusalError(
          {
            code: 'position_expired',
            reason:
              'Events after this position have been deleted. Read the deals anew, then begin without `after`.',
            field: 'after',
          },
          410,
        );
      }
      return position;
    });
  }

  /** Events after the position, then for ever those that come, until the caller stops or may no longer. */
  async *follow(
    principal: Principal,
    from: OutboxPosition | OutboxEnd,
    { types, dealId, stillAllowed }: FollowOptions,
  ): AsyncGenerator<OutboxRow, void> {
    const watch = new Watch(this.bus, {
      tenantId: principal.tenantId,
      stillAllowed,
      stopping: this.stopping.signal,
    });
    const silence = this.bus.listen(OUTBOX_CHANNEL, (tenantId) => {
      if (tenantId === principal.tenantId) watch.ring();
    });
    const notIn = 'snapshot' in from ? from.snapshot : undefined;
    let position: OutboxPosition = from;
    try {
      while (await watch.goesOn()) {
        const page = await this.database.within(scopeOf(principal), (transaction) =>
          readOutbox(transaction, principal.tenantId, position, PAGE, {
            types,
            dealId,
            notIn,
          }),
        );
        position = page.next;
        yield* page.rows;
        if (!page.more) await watch.rest(page.rows.length === 0 && watch.rangLately ? SOON : QUIET);
      }
    } finally {
      silence();
      watch.end();
    }
  }
}
