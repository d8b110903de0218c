import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { Audit } from '../../platform/audit/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { RECORDS_CHANNEL } from '../../platform/records/index.ts';
import { pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { instantView } from './connectors.dto.ts';
import type {
  Chosen,
  DeadLetterView,
  DivergenceView,
  JournalEntryView,
  ListDead,
  ListJournal,
} from './connectors.dto.ts';
import {
  dropDeadLetters,
  listDeadLetters,
  listDivergences,
  listJournal,
  findConnector,
  lockConnector,
  replayDeadLetters,
} from './connectors.repository.ts';
import type { SyncPlace } from './sync.doorbell.ts';

const recordKeys = z.tuple([textKey, textKey]);
const journalKeys = z.tuple([z.uuid()]);

/** Records of a connector one by one: what could not be made, what differs, and what was done. */
@Injectable()
export class SyncRecordsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  async deadLetters(
    principal: Principal,
    key: string,
    { limit, cursor }: ListDead,
  ): Promise<Page<DeadLetterView>> {
    const after = cursor === undefined ? null : readCursor(recordKeys, cursor);
    const rows = await this.within(principal, key, findConnector, (tx, place) =>
      listDeadLetters(tx, place, after, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.entity, row.key]);
    const items = page.items.map((row) => ({ ...row, dead_at: formatInstant(row.dead_at) }));
    return { items, next: page.next };
  }

  /** Tries dead letters again, the chosen ones or all; gives how many. */
  async replay(principal: Principal, key: string, { records }: Chosen): Promise<number> {
    return this.within(principal, key, lockConnector, async (tx, place) => {
      const count = await replayDeadLetters(tx, place, records ?? null);
      await Audit.record(tx, principal, 'connector.replayed', 'connector', key, { count });
      this.bus.ring(RECORDS_CHANNEL, place.tenantId);
      return count;
    });
  }

  /** Forgets dead letters until their records change; gives how many. */
  async drop(principal: Principal, key: string, { records }: Chosen): Promise<number> {
    return this.within(principal, key, lockConnector, async (tx, place) => {
      const count = await dropDeadLetters(tx, place, records ?? null);
      await Audit.record(tx, principal, 'connector.dropped', 'connector', key, { count });
      return count;
    });
  }

  /** Newest first. */
  async journal(
    principal: Principal,
    key: string,
    { limit, cursor, ...filter }: ListJournal,
  ): Promise<Page<JournalEntryView>> {
    const before = cursor === undefined ? null : readCursor(journalKeys, cursor)[0];
    const rows = await this.within(principal, key, findConnector, (tx, place) =>
      listJournal(tx, place, filter, before, limit + 1),
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    const items = page.items.map((row) => ({ ...row, at: formatInstant(row.at) }));
    return { items, next: page.next };
  }

  async divergences(
    principal: Principal,
    key: string,
    { limit, cursor }: ListDead,
  ): Promise<Page<DivergenceView>> {
    const after = cursor === undefined ? null : readCursor(recordKeys, cursor);
    const rows = await this.within(principal, key, findConnector, (tx, place) =>
      listDivergences(tx, place, after, limit + 1),
    );
    const page = pageOf(rows, limit, (row) => [row.entity, row.local_id]);
    const items = page.items.map((row) => ({
      ...row,
      last_synced_at: instantView(row.last_synced_at),
    }));
    return { items, next: page.next };
  }

  private within<T>(
    { tenantId }: Principal,
    connector: string,
    find: typeof findConnector,
    work: (tx: Transaction, place: SyncPlace) => Promise<T>,
  ): Promise<T> {
    const place = { tenantId, connector };
    return this.database.within({ tenantId }, async (tx) => {
      if ((await find(tx, place)) === undefined) throw notFound('connector');
      return work(tx, place);
    });
  }
}
