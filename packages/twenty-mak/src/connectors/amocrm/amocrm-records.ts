import type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  Written,
} from '../sync/index.ts';

/** Records of an account, each kind by what knows it. */
export class AmocrmRecords implements RemoteRecords {
  constructor(private readonly kinds: Readonly<Record<string, RemoteRecords>>) {}

  read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.of(entity).read(entity, ids);
  }

  find(entity: string, localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.of(entity).find(entity, localIds);
  }

  write(
    entity: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly Written<string, string>[]> {
    return this.of(entity).write(entity, changes);
  }

  changedSince(entity: string, cursor: string | null): Promise<RemotePage> {
    return this.of(entity).changedSince(entity, cursor);
  }

  private of(entity: string): RemoteRecords {
    const records = this.kinds[entity];
    if (records === undefined) throw new Error(`amoCRM has no records of the kind ${entity}.`);
    return records;
  }
}
