import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { JobBell } from '../../platform/jobs/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { instantView } from './connectors.dto.ts';
import { findConnector } from './connectors.repository.ts';
import type { ListMessages, MessageView } from './messages.dto.ts';
import { listMessages, storeMessages } from './messages.repository.ts';
import type {
  CameMessage,
  ListedMessage,
  MessageState,
  WantedMessages,
} from './messages.repository.ts';
import type { SyncPlace } from './sync.doorbell.ts';
import { syncMessages } from './sync.jobs.ts';

const messageKeys = z.tuple([z.uuid()]);

/** Keeps messages of other systems until a worker reads them, so that who sends them has an answer at once. */
@Injectable()
export class SyncMessages {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobBell) private readonly bell: JobBell,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
  ) {}

  /** All of them are stored by one commit. */
  async keep({ tenantId, connector }: SyncPlace, messages: readonly CameMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const place = { tenantId, connector };
    const rows = messages.map((message) => ({ ...message, id: uuidv7() }));
    await this.database.within({ tenantId }, async (tx) => storeMessages(tx, place, rows));
    this.bell.ring(syncMessages, place);
  }

  /** Newest first. 404 when the tenant has not set the connector up. */
  async list(
    { tenantId }: Principal,
    connector: string,
    { state, limit, cursor }: ListMessages,
  ): Promise<Page<MessageView>> {
    const before = cursor === undefined ? null : readCursor(messageKeys, cursor)[0];
    const place = { tenantId, connector };
    const rows = await this.database.within({ tenantId }, async (tx) => {
      if ((await findConnector(tx, place)) === undefined) throw notFound('connector');
      return this.listed(tx, place, { state: state ?? null, before, limit: limit + 1 });
    });
    const page = pageOf(rows, limit, ({ id }) => [id]);
    const items = page.items.map(({ id, event, at, read_at, told, untold }) => ({
      ...{ id, event, state: stateOf(read_at, untold) },
      at: formatInstant(at),
      read_at: instantView(read_at),
      told: told.map(({ entity, remoteId }) => ({ entity, remote_id: remoteId })),
      untold: [...untold],
    }));
    return { items, next: page.next };
  }

  /** When a system has told of something last, if it is known. */
  async lastAt(tx: Transaction, place: SyncPlace): Promise<number | null> {
    const [last] = await this.listed(tx, place, { state: null, before: null, limit: 1 });
    return last?.at ?? null;
  }

  private listed(
    tx: Transaction,
    place: SyncPlace,
    wanted: WantedMessages,
  ): Promise<readonly ListedMessage[]> {
    const log = this.registry.find(place.connector)?.messages;
    return typeof log === 'function'
      ? log(tx, place.tenantId, wanted)
      : listMessages(tx, place, wanted);
  }
}

function stateOf(readAt: number | null, untold: readonly string[]): MessageState {
  if (readAt === null) return 'waiting';
  return untold.length === 0 ? 'read' : 'not_read';
}
