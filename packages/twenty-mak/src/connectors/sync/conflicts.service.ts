import { Inject, Injectable } from '@nestjs/common';
import { fieldMatrix, formatInstant } from 'twenty-mak-domain';
import type { Fingerprint, Json, Side } from 'twenty-mak-domain';
import { z } from 'zod';
import { Audit } from '../../platform/audit/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound, RefusalError } from '../../platform/errors/index.ts';
import { isWritable, RecordFeed, RecordSources } from '../../platform/records/index.ts';
import type { MakRecord, WritableRecordSource } from '../../platform/records/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import type { ConflictView, ListConflicts } from './conflicts.dto.ts';
import {
  kindOfConflict,
  listConflicts,
  lockConflict,
  markDecided,
  saveDecision,
} from './conflicts.repository.ts';
import type { ConflictRow, LinkedConflictRow } from './conflicts.repository.ts';
import { ConnectorRegistry } from './connector-registry.ts';
import type { ConnectorEntity } from './connector.ts';
import { instantView } from './connectors.dto.ts';
import { findConnector, lockConnectorInTurn } from './connectors.repository.ts';
import type { StoredConnector } from './connectors.repository.ts';
import { secretFingerprint } from './fingerprint.ts';
import type { SyncPlace } from './sync.doorbell.ts';

const pageKeys = z.tuple([z.uuid()]);

/** Conflicts on critical fields: the rule has settled them, and a person may decide otherwise. */
@Injectable()
export class ConflictsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(RecordSources) private readonly sources: RecordSources,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /** Newest first. */
  async list(
    { tenantId }: Principal,
    key: string,
    { open, limit, cursor }: ListConflicts,
  ): Promise<Page<ConflictView>> {
    const place = { tenantId, connector: key };
    const before = cursor === undefined ? null : readCursor(pageKeys, cursor)[0];
    const rows = await this.database.within({ tenantId }, async (tx) => {
      known(await findConnector(tx, place));
      return listConflicts(tx, place, open, before, limit + 1);
    });
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { items: page.items.map((row) => this.view(key, row)), next: page.next };
  }

  /**
   * Lets the rule's choice stand, or gives both sides the other version: MaK takes it over as from the other system, and it
   * goes out like any edit. An edit there that MaK has not read yet meets it as a conflict of its own. Throws 409
   * `conflict_decided`, `conflict_outdated`, 422 `conflict_one_way`, `versions_not_kept` and the codes of MaK's records.
   */
  async decide(principal: Principal, key: string, id: string, winner: Side): Promise<ConflictView> {
    const { tenantId } = principal;
    const place = { tenantId, connector: key };
    return this.database.together({ tenantId }, async (tx) => {
      const kind = await kindOfConflict(tx, place, id);
      if (kind !== undefined) await this.sources.takeTurns(tx, tenantId, kind);
      const connector = known(await lockConnectorInTurn(tx, place));
      const conflict = await lockConflict(tx, place, id);
      if (conflict === undefined) throw notFound('conflict');
      if (conflict.decision !== null) throw decided();
      if (winner !== conflict.winner) await this.overrule(tx, place, connector, conflict);
      await saveDecision(tx, place, id, winner, principal.id);
      const { entity, local_id: record, field } = conflict;
      const detail = { conflict: id, entity, record, field, winner };
      await Audit.record(tx, principal, 'connector.conflict_decided', 'connector', key, detail);
      const after = await lockConflict(tx, place, id);
      return this.view(key, after ?? conflict);
    });
  }

  private async overrule(
    tx: Transaction,
    place: SyncPlace,
    connector: StoredConnector,
    conflict: LinkedConflictRow,
  ): Promise<void> {
    const { entity, local_id: localId, remote_id: remoteId, field, winner } = conflict;
    const { tenantId, connector: key } = place;
    if (!this.isKept(key, conflict)) throw versionsNotKept();
    const source = this.sources.of(entity);
    if (!isWritable(source) || !this.goesBothWays(connector, conflict)) throw oneWay();
    const fingerprint = secretFingerprint(this.config.MAK_SECRET_KEY, tenantId);
    const record = (await source.read(tenantId, [localId])).get(localId);
    if (record === undefined || !isAsItWas(conflict, record, fingerprint)) throw outdated();
    const version = winner === 'mak' ? conflict.remote : conflict.mak;
    // First what waits, then what is linked: the order of those who work on the record.
    this.feed.changedFor(tx, tenantId, key, entity, [
      { id: localId, urgency: 'person', fields: [field] },
    ]);
    if (fingerprint(record.values[field] ?? null) === fingerprint(version))
      await markDecided(tx, place, conflict);
    else await write(source, place, { localId, remoteId, version: record.version }, field, version);
  }

  private entity(key: string, name: string): ConnectorEntity | undefined {
    return this.registry.find(key)?.entities.find((one) => one.name === name);
  }

  private goesBothWays(
    { connector, matrix }: StoredConnector,
    { entity, field }: ConflictRow,
  ): boolean {
    const rules = fieldMatrix(
      this.entity(connector, entity)?.abilities ?? [],
      matrix[entity] ?? [],
    );
    return (
      rules.ok && rules.value.some((rule) => rule.field === field && rule.direction === 'both')
    );
  }

  /** Of values that say who a person is, no version is kept. */
  private isKept(key: string, { entity, field }: ConflictRow): boolean {
    return this.entity(key, entity)?.personal?.includes(field) !== true;
  }

  private view(key: string, row: ConflictRow): ConflictView {
    const kept = this.isKept(key, row);
    return {
      id: row.id,
      entity: row.entity,
      local_id: row.local_id,
      remote_id: row.remote_id,
      field: row.field,
      kept,
      mak: kept ? row.mak : null,
      remote: kept ? row.remote : null,
      winner: row.winner,
      at: formatInstant(row.at),
      outdated: row.outdated,
      decided_at: instantView(row.decided_at),
      decided_by: row.decided_by,
      decision: row.decision,
    };
  }
}

function known(connector: StoredConnector | undefined): StoredConnector {
  if (connector === undefined) throw notFound('connector');
  return connector;
}

/** Nobody has changed the field since on either side, as far as MaK knows. */
function isAsItWas(
  { field, agreed, outdated: wentOn }: LinkedConflictRow,
  { values }: MakRecord,
  fingerprint: Fingerprint,
): boolean {
  return !wentOn && agreed?.mak === fingerprint(values[field] ?? null);
}

async function write(
  source: WritableRecordSource,
  { tenantId, connector }: SyncPlace,
  record: { readonly localId: string; readonly remoteId: string; readonly version: number },
  field: string,
  version: Json,
): Promise<void> {
  const [answer] = await source.write(tenantId, connector, [
    { ...record, values: { [field]: version } },
  ]);
  if (answer?.kind === 'refused') {
    const { code, reason } = answer.refusal;
    throw new RefusalError({ code, reason, field: 'winner' });
  }
  if (answer?.kind !== 'written') throw outdated();
}

function decided(): RefusalError {
  const reason = 'Somebody has decided it already. To have another value, write it on either side.';
  return new RefusalError({ code: 'conflict_decided', reason }, 409);
}

function outdated(): RefusalError {
  const reason =
    'Somebody has changed the field since. Look at what is there now, and write what you want on either side.';
  return new RefusalError({ code: 'conflict_outdated', reason }, 409);
}

function oneWay(): RefusalError {
  const reason =
    'The field goes one way, and its rule would put the version right again. Change the rule first.';
  return new RefusalError({ code: 'conflict_one_way', reason, field: 'winner' });
}

function versionsNotKept(): RefusalError {
  const reason =
    'Versions of values that say who a person is are not kept. Write the one that you want on either side.';
  return new RefusalError({ code: 'versions_not_kept', reason, field: 'winner' });
}
