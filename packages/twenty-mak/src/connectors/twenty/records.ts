import { parseInstant } from 'twenty-mak-domain';
import { RemoteFailure } from '../sync/index.ts';
import type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  Written,
} from '../sync/index.ts';
import { changesSchema, foundSchema, readAs } from './answers.ts';
import type { IdentifiedRow } from './answers.ts';
import { isBlank, isOurs } from './attachments.ts';
import { readCursor, writeCursor } from './change-cursor.ts';
import type { TwentyClient } from './client.ts';
import type { TwentyDirectory } from './directory.ts';
import { BATCH, entityNamed, readValues } from './entities.ts';
import type { TwentyEntity } from './entities.ts';
import { OwnWrites } from './own-writes.ts';
import { changesQuery, EVERY_RECORD, findQuery } from './queries.ts';
import { RecordWriter } from './record-writer.ts';

/**
 * How far a poll goes back behind the newest change that it saw, in milliseconds: twenty stamps a change before it commits
 * it, so one with an older stamp may appear later.
 */
const OVERLAP = 60_000;
/** MaK's records in one workspace of twenty. */
export class TwentyRecords implements RemoteRecords {
  private readonly writer: RecordWriter;

  constructor(
    private readonly client: TwentyClient,
    private readonly directory: TwentyDirectory,
    private readonly own: OwnWrites = new OwnWrites(),
    /** By kind, since when records must have been made there that MaK does not know; older ones are left alone. */
    private readonly since: ReadonlyMap<string, string> = new Map(),
  ) {
    this.writer = new RecordWriter(client, directory, own, (entity, ids, by = 'id') =>
      this.rows(entity, by, ids, true),
    );
  }

  async read(name: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const entity = entityNamed(name);
    const rows = await this.concerned(entity, await this.rows(entity, 'id', ids));
    await this.directory.adopt(entity, rows);
    return new Map(rows.map((row) => [row.id, this.recordOf(entity, row)]));
  }

  async find(
    name: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    const entity = entityNamed(name);
    const rows = await this.rows(entity, 'makId', localIds);
    await this.directory.adopt(entity, rows);
    return new Map(rows.map((row) => [row.makId ?? '', this.recordOf(entity, row)]));
  }

  write(
    name: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly Written<string, string>[]> {
    return this.writer.write(entityNamed(name), changes);
  }

  async changedSince(name: string, cursor: string | null): Promise<RemotePage> {
    const entity = entityNamed(name);
    const { since, after, newest } = readCursor(cursor);
    const later = since === null ? [] : [{ updatedAt: { gte: since } }];
    const filter = {
      and: [EVERY_RECORD, ...this.concerning(entity), ...later, ...this.own.byOthers()],
    };
    const answer = await this.client.ask('graphql', changesQuery(entity), { filter, after });
    if (answer.kind === 'refused') throw new RemoteFailure('unavailable', answer.refusal.reason);
    const { edges, pageInfo } = readAs(changesSchema, answer.data).found;
    const last = edges.at(-1)?.node.updatedAt ?? newest;
    const more = pageInfo.hasNextPage && pageInfo.endCursor != null;
    return {
      seen: edges
        .filter(({ node }) => isOurs(entity, node))
        .map(({ node: { id, makId, updatedAt } }) => ({
          remoteId: id,
          localId: makId || null,
          version: updatedAt,
        })),
      cursor: writeCursor(
        more
          ? { since, after: pageInfo.endCursor ?? null, newest: last }
          : { since: last === null ? null : before(last), after: null, newest: last },
      ),
      more,
    };
  }

  private async rows(
    entity: TwentyEntity,
    by: 'id' | 'makId',
    ids: readonly string[],
    /** A record that lies in the bin is none, unless a field of it says so; it is made again, or stays deleted. */
    withBin = entity.attached !== undefined,
  ): Promise<readonly IdentifiedRow[]> {
    const rows: IdentifiedRow[] = [];
    for (let start = 0; start < ids.length; start += BATCH) {
      const named = { [by]: { in: ids.slice(start, start + BATCH) } };
      const every = withBin ? [EVERY_RECORD] : [];
      const filter = { and: [named, ...every, ...this.concerning(entity)] };
      const answer = await this.client.ask('graphql', findQuery(entity), { filter });
      if (answer.kind === 'refused') throw new RemoteFailure('unavailable', answer.refusal.reason);
      rows.push(...readAs(foundSchema, answer.data).found.edges.map(({ node }) => node));
    }
    return rows;
  }

  /**
   * Those that are any business of MaK's. One that MaK has taken over and not marked with its id yet is, whatever became of it
   * meanwhile: who took it for none would make it there once more.
   */
  private async concerned(
    entity: TwentyEntity,
    rows: readonly IdentifiedRow[],
  ): Promise<readonly IdentifiedRow[]> {
    const isTold = (row: IdentifiedRow): boolean => isOurs(entity, row) && !isBlank(entity, row);
    const others = rows.filter((row) => !isTold(row));
    if (others.length === 0) return rows;
    const linked = await this.directory.linkedHere(
      entity.name,
      others.map(({ id }) => id),
    );
    return rows.filter((row) => isTold(row) || linked.has(row.id));
  }

  private concerning({ name }: TwentyEntity): readonly object[] {
    const since = this.since.get(name);
    if (since === undefined) return [];
    return [{ or: [{ makId: { is: 'NOT_NULL' } }, { createdAt: { gte: since } }] }];
  }

  private recordOf(entity: TwentyEntity, row: IdentifiedRow): RemoteRecord {
    const values = readValues(entity, row, this.directory.references);
    return { remoteId: row.id, localId: row.makId || null, values, version: row.updatedAt };
  }
}

function before(instant: string): string {
  return new Date((parseInstant(instant) ?? 0) - OVERLAP).toISOString();
}
