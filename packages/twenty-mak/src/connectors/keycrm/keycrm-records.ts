import type { Values } from 'twenty-mak-domain';
import type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  WrittenThere,
} from '../sync/index.ts';
import type { BuyerRecords } from './buyer-records.ts';
import type { CardRecords } from './card-records.ts';
import type { OfferRecords } from './offer-records.ts';
import type { OrderRecords } from './order-records.ts';

export interface Kinds {
  readonly contact: BuyerRecords;
  readonly deal: CardRecords;
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

  write(entity: string, changes: readonly RemoteChange[]): Promise<readonly WrittenThere[]> {
    return this.of(entity).write(changes);
  }

  between(entity: string, change: RemoteChange, before: RemoteRecord | null): readonly Values[] {
    return entity === 'order' ? this.kinds.order.between(change, before) : [];
  }

  changedSince(entity: string, cursor: string | null): Promise<RemotePage> {
    return this.of(entity).changedSince(cursor);
  }

  unmet(entity: string, localIds: readonly string[]): Promise<ReadonlySet<string>> {
    return entity === 'deal' ? this.kinds.deal.unmet(localIds) : Promise.resolve(new Set());
  }

  withheld(entity: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return entity === 'deal' ? this.kinds.deal.withheld(ids) : Promise.resolve(new Set());
  }

  private of(entity: string): Kinds[keyof Kinds] {
    if (entity in this.kinds) return this.kinds[entity as keyof Kinds];
    throw new Error(`KeyCRM has no records of the kind ${entity}.`);
  }
}
