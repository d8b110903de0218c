import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { Bus } from '../../platform/outbox/index.ts';
import { RECORDS_CHANNEL } from '../../platform/records/index.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import { mark } from './marks.ts';
import type { HeardRecord } from './marks.ts';

/** A record of some kind that is said to have changed. */
export interface ToldOf extends HeardRecord {
  readonly entity: string;
  readonly urgency: 'person' | 'system';
}

/** Where a connector says that records of its system may have changed. A message is a reason to look, never the truth. */
@Injectable()
export class SyncInbox {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
  ) {}

  /**
   * Joins the caller's transaction if there is one; a worker looks after the commit, or when `pause` milliseconds are over.
   * Gives how many records wait for it.
   */
  async heard(
    tenantId: string,
    connector: string,
    entity: string,
    records: readonly HeardRecord[],
    urgency: 'person' | 'system',
    pause = 0,
  ): Promise<number> {
    return this.database.within({ tenantId }, async (tx) => {
      // The other system may tell also of kinds that are not synced.
      const synced = await tx.query(
        'SELECT FROM sync_connector WHERE tenant_id = $1 AND connector = $2 AND $3 = ANY (entities)',
        [tenantId, connector, entity],
      );
      if (synced.length === 0) return 0;
      const { waiting } = await mark(tx, { tenantId, connector, entity }, records, urgency, {
        pause,
        isKnown: this.isWhenNamed(connector, entity),
      });
      if (waiting > 0) this.bus.ring(RECORDS_CHANNEL, tenantId);
      return waiting;
    });
  }

  /** The rest of the other system's address book stays there. */
  private isWhenNamed(connector: string, entity: string): boolean {
    const known = this.registry.find(connector)?.entities.find(({ name }) => name === entity);
    return known?.whenNamed === true;
  }

  /**
   * The same of records of several kinds. Gives nothing to wait for to two who tell of the same records: the kinds come in their
   * order, and all records of a kind at once, in whatever order they were told.
   */
  async heardAll(tenantId: string, connector: string, told: readonly ToldOf[]): Promise<void> {
    const kinds = [...Map.groupBy(told, ({ entity }) => entity)].toSorted(([one], [other]) =>
      one < other ? -1 : 1,
    );
    for (const [entity, records] of kinds)
      await this.heard(tenantId, connector, entity, onceEach(records), 'system');
  }
}

/** Of several messages of one record the last one names the version, each the fields, and all of them one write of MaK's. */
function onceEach(told: readonly ToldOf[]): readonly HeardRecord[] {
  const records = Map.groupBy(told, ({ remoteId }) => remoteId);
  return [...records.values()].flatMap((same) => {
    const last = same.at(-1);
    if (last === undefined) return [];
    const isAny = same.some(({ fields }) => fields.length === 0);
    return {
      ...last,
      stamp: same.every(({ stamp }) => stamp === last.stamp) ? last.stamp : undefined,
      localId: same.findLast(({ localId }) => localId !== null)?.localId ?? null,
      fields: isAny ? [] : [...new Set(same.flatMap(({ fields }) => fields))],
      urgency: same.some(({ urgency }) => urgency === 'person') ? 'person' : 'system',
      pause: Math.min(...same.map(({ pause = 0 }) => pause)),
    };
  });
}
