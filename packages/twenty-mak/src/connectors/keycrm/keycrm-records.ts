import type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  Written,
} from '../sync/index.ts';
import type { BuyerRecords } from './buyer-records.ts';
import type { OfferRecords } from './offer-records.ts';
import type { OrderRecords } from './order-records.ts';

export interface Kinds {
  readonly contact: BuyerRecords;
  readonly article: OfferRecords;
  readonly order: OrderRecords;
}

/** Records of an account, each kind by what knows it. */
export class KeyCrmRecords implements RemoteRecords {
  constructor(private readonly kinds: Kinds) {}

  read(entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.of(entity).read(ids);
  }

  find(entity: string, localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    return this.of(entity).find(localIds);
  }

  write(
    entity: string,
    changes: readonly RemoteChange[],
  ): Promise<readonly Written<string, string>[]> {
    return this.of(entity).write(changes);
  }

  changedSince(entity: string, cursor: string | null): Promise<RemotePage> {
    return this.of(entity).changedSince(cursor);
  }

  private of(entity: string): Kinds[keyof Kinds] {
    if (entity in this.kinds) return this.kinds[entity as keyof Kinds];
    throw new Error(`KeyCRM has no records of the kind ${entity}.`);
  }
}
