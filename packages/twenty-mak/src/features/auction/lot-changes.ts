import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Instant } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { Watch } from '../subscriptions/index.ts';
import { readClock } from './bids.repository.ts';
import { LOTS_CHANNEL, readLotsRing } from './lot-ring.ts';
import { LOT_COLUMNS } from './lot-record.ts';
import type { LotRow } from './lot-record.ts';
import type { LotDetails } from './lots.dto.ts';
import { LotsService } from './lots.service.ts';
import { lotDetails, viewerOf } from './lots.view.ts';
import { readRules } from './rules.service.ts';

/** A lot is read at most this often, however fast its price moves and however many look on; in milliseconds. */
const PAUSE = 50;

interface Look {
  readonly row: LotRow;
  readonly now: Instant;
}

interface Watched {
  readonly listeners: Set<(look: Look) => void>;
  isRung: boolean;
  isReading: boolean;
}

/** Tells open pages how lots change: one look into PostgreSQL for all who follow a lot in this process. */
@Injectable()
export class LotChanges implements OnModuleInit, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly watched = new Map<string, Watched>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(LotsService) private readonly lots: LotsService,
  ) {}

  onModuleInit(): void {
    this.bus.listen(
      LOTS_CHANNEL,
      (message) => {
        const { tenantId, lotId } = readLotsRing(message);
        void this.look(tenantId, lotId);
      },
      () => {
        for (const key of this.watched.keys()) {
          const [tenantId = '', lotId = ''] = key.split('/');
          void this.look(tenantId, lotId);
        }
      },
    );
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /**
   * How lots are now, then every change, until the caller stops or may no longer. What somebody may see of a lot is the same as
   * everywhere. Throws 404 for a lot that the caller may not see. `askAgain` gives the caller with the permissions of that
   * moment, null when the credential is no longer valid.
   */
  async *follow(
    principal: Principal,
    lotIds: readonly string[],
    askAgain: () => Promise<Principal | null>,
  ): AsyncGenerator<LotDetails, void> {
    const stillAllowed = async (): Promise<boolean> => {
      const now = await askAgain();
      if (now !== null) await this.visible(now, lotIds);
      return now !== null;
    };
    const watch = new Watch(this.bus, {
      tenantId: principal.tenantId,
      stillAllowed,
      stopping: this.stopping.signal,
    });
    const fresh = new Map<string, Look>();
    const hear = (look: Look): void => {
      fresh.set(look.row.id, look);
      watch.ring();
    };
    const silences = lotIds.map((lotId) => this.listen(principal.tenantId, lotId, hear));
    try {
      await this.bus.arrives(LOTS_CHANNEL);
      for (const look of await this.visible(principal, lotIds)) hear(look);
      while (await watch.goesOn()) {
        for (const [lotId, look] of fresh) {
          fresh.delete(lotId);
          yield shown(look, principal);
        }
        if (fresh.size === 0) await watch.rest();
      }
    } finally {
      silences.forEach((silence) => silence());
      watch.end();
    }
  }

  private async visible(principal: Principal, lotIds: readonly string[]): Promise<Look[]> {
    const { tenantId } = principal;
    return this.database.within({ tenantId }, async (tx) => {
      const { rules } = await readRules(tx, tenantId);
      const rows = await this.lots.visible(tx, principal, rules, lotIds);
      if (rows.length < lotIds.length) throw notFound('lot');
      const now = await readClock(tx);
      return rows.map((row) => ({ row, now }));
    });
  }

  private listen(tenantId: string, lotId: string, hear: (look: Look) => void): () => void {
    const key = `${tenantId}/${lotId}`;
    const watched = this.watched.get(key) ?? {
      listeners: new Set(),
      isRung: false,
      isReading: false,
    };
    this.watched.set(key, watched);
    watched.listeners.add(hear);
    return () => {
      watched.listeners.delete(hear);
      if (watched.listeners.size === 0 && this.watched.get(key) === watched)
        this.watched.delete(key);
    };
  }

  private async look(tenantId: string, lotId: string): Promise<void> {
    const watched = this.watched.get(`${tenantId}/${lotId}`);
    if (watched === undefined) return;
    watched.isRung = true;
    if (watched.isReading) return;
    watched.isReading = true;
    while (watched.isRung && watched.listeners.size > 0) {
      watched.isRung = false;
      // A look that fails is made up for by the next ring, and by the pages, which read anew when they are opened.
      const look = await this.read(tenantId, lotId).catch(() => undefined);
      if (look !== undefined) watched.listeners.forEach((hear) => hear(look));
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    watched.isReading = false;
  }

  private async read(tenantId: string, lotId: string): Promise<Look | undefined> {
    return this.database.within({ tenantId }, async (tx) => {
      const [[row], now] = await Promise.all([
        tx.query<LotRow>(`SELECT ${LOT_COLUMNS} FROM lot WHERE tenant_id = $1 AND id = $2`, [
          tenantId,
          lotId,
        ]),
        readClock(tx),
      ]);
      return row && { row, now };
    });
  }
}

/** What moves of a lot; its leads, and what is only the viewer's, stand in the lot itself. */
function shown({ row, now }: Look, principal: Principal): LotDetails {
  const nothing = {
    amountBands: [],
    ownSealed: new Map(),
    bidOn: new Set<string>(),
    followed: new Set<string>(),
    leads: new Map(),
  };
  return lotDetails(row, viewerOf(principal), { now, ...nothing });
}
