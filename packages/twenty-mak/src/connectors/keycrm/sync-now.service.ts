import { Inject, Injectable } from '@nestjs/common';
import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { Audit } from '../../platform/audit/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { RecordFeed, RecordSources } from '../../platform/records/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { ConnectorsService, SyncInbox } from '../sync/index.ts';
import { KEYCRM } from './keycrm.connector.ts';
import { SYNCED } from './keycrm.dto.ts';
import type { ListMessages, SyncedAnswer, SyncedName, SyncStatusAnswer } from './keycrm.dto.ts';
import { listMessages } from './messages.repository.ts';
import type { MessageRow } from './messages.repository.ts';
import { contactsOf, findSynced } from './sync-now.repository.ts';
import type { SyncedRow } from './sync-now.repository.ts';

/** What people and stock systems ask of the sync with KeyCRM. */
@Injectable()
export class SyncNowService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorsService) private readonly connectors: ConnectorsService,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
    @Inject(SyncInbox) private readonly inbox: SyncInbox,
    @Inject(RecordSources) private readonly sources: RecordSources,
  ) {}

  /**
   * Lets a record be looked at on both sides, before all that nobody waits for. Whoever asks for the same one meanwhile waits for
   * nobody: what is about to be looked at anyway is left as it is. Throws `not_found`.
   */
  async record(
    principal: Principal,
    name: SyncedName,
    id: string,
  ): Promise<readonly SyncedAnswer[]> {
    const { tenantId } = principal;
    await this.connectors.requireSetUp(principal, KEYCRM);
    const entity = SYNCED[name];
    const ids = await this.idsOf(tenantId, name, id);
    if (ids.length === 0) throw notFound(entity);
    return this.database.together({ tenantId }, async (tx) => {
      await Audit.record(tx, principal, 'connector.record_synced', entity, id, {
        connector: KEYCRM,
      });
      const before = await findSynced(tx, tenantId, KEYCRM, entity, ids);
      const others = before.filter(({ is_next: isNext }) => !isNext);
      if (others.length === 0) return before.map(syncedAnswer);
      for (const { local_id, remote_id } of others) {
        if (remote_id === null)
          this.feed.changedFor(tx, tenantId, KEYCRM, entity, [
            { id: local_id, urgency: 'person', fields: [] },
          ]);
        else {
          const heard = { remoteId: remote_id, localId: local_id, fields: [] };
          await this.inbox.heard(tenantId, KEYCRM, entity, [heard], 'person');
        }
      }
      return (await findSynced(tx, tenantId, KEYCRM, entity, ids)).map(syncedAnswer);
    });
  }

  /** Throws `not_found` while KeyCRM is not set up. */
  async status(principal: Principal): Promise<SyncStatusAnswer> {
    const { state, reason, health } = await this.connectors.read(principal, KEYCRM);
    const { linked, pending, dead_letters, divergent, lag_seconds, success_rate } = health;
    return {
      ...{ state, reason, pending, lag_seconds, success_rate },
      synced: linked,
      errors: dead_letters + divergent,
      last_synced_at: health.last_synced_at,
    };
  }

  /** Compares all records of both sides anew. Throws `not_found`. */
  async all(principal: Principal): Promise<SyncStatusAnswer> {
    await this.connectors.resync(principal, KEYCRM);
    return this.status(principal);
  }

  /** What KeyCRM told, the newest first. */
  async messages(
    { tenantId }: Principal,
    { limit, cursor }: ListMessages,
  ): Promise<Page<MessageRow>> {
    const [before = null] = cursor === undefined ? [] : readCursor(z.tuple([z.uuid()]), cursor);
    const rows = await this.database.within({ tenantId }, (tx) =>
      listMessages(tx, tenantId, before, limit + 1),
    );
    return pageOf([...rows], limit, ({ id }) => [id]);
  }

  private async idsOf(tenantId: string, name: SyncedName, id: string): Promise<readonly string[]> {
    if (name === 'customers')
      return this.database.within({ tenantId }, (tx) => contactsOf(tx, tenantId, id));
    return [...(await this.sources.of(SYNCED[name]).read(tenantId, [id], KEYCRM)).keys()];
  }
}

function syncedAnswer({ local_id, remote_id, ...row }: SyncedRow): SyncedAnswer {
  const isDead = row.error !== null && !row.is_waiting;
  const status = row.is_waiting ? 'pending' : 'synced';
  const at = row.last_synced_at;
  return {
    ...{ local_id, remote_id, error: row.error },
    status: isDead ? 'error' : status,
    last_synced_at: at === null ? null : formatInstant(at),
  };
}
