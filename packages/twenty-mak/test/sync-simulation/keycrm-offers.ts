import type { Json, Values } from 'twenty-mak-domain';
import { stockSchema } from '../../src/connectors/keycrm/answers.ts';
import { OfferRecords } from '../../src/connectors/keycrm/offer-records.ts';
import {
  pricesOf,
  stocksSchema,
  storedOfferValues,
  valuesOfOffer,
  versionOfOffer,
} from '../../src/connectors/keycrm/offer-values.ts';
import type { RemoteRecord } from '../../src/connectors/sync/ports.ts';
import { CURRENCY, KeyCrmSide, sourceOf, WAREHOUSE } from './keycrm-side.ts';
import type { Opened, Records } from './keycrm-side.ts';
import type { Profile } from './world.ts';

const EDITED = ['price', 'purchase_price', 'stocks'];

/** What is sold, its prices and counted stocks: they only go out, and what sales or hands change there is put right. */
export class KeyCrmOffersSide extends KeyCrmSide {
  readonly profile: Profile = {
    key: 'keycrm',
    isUnmarked: true,
    entity: {
      name: 'article',
      batch: 5,
      createsInMak: false,
      unasked: true,
      asStored: storedOfferValues,
      matrix: EDITED.map((field) => ({
        field,
        direction: 'out',
        priority: 'mak',
        critical: false,
      })),
    },
    people: { mak: EDITED, remote: EDITED },
    fresh: (edit) =>
      Object.fromEntries(EDITED.map((field) => [field, counted(field, edit)] as const)),
    typed: (field, edit) => (EDITED.includes(field) ? counted(field, edit) : undefined),
    statuses: () => [],
    isForeign: () => false,
    statusOf: () => null,
    stageAfter: () => null,
  };

  protected open({ api, account }: Opened): Records {
    const source = sourceOf((id) => ({ sku: `A-${id}`, name: `Article ${id}` }));
    return new OfferRecords(api, account, { tenantId: 'x' }, source);
  }

  get rows(): ReadonlyMap<string, RemoteRecord> {
    const { catalogue } = this.simulator.account;
    const list = catalogue.stockList(new URLSearchParams({ 'filter[details]': 'true' }));
    return new Map(
      catalogue.offers.all.map((row): [string, RemoteRecord] => {
        const offer = stockSchema.parse(list.show(row, new Set()));
        const values = valuesOfOffer(offer, this.account);
        const version = versionOfOffer(offer, this.account);
        return [offer.id, { remoteId: offer.id, localId: null, values, version }];
      }),
    );
  }

  protected editByHand(remoteId: string, values: Values): void {
    const { catalogue, settings } = this.simulator.account;
    const id = Number(remoteId);
    const prices = pricesOf(values, CURRENCY) ?? {};
    catalogue.editOffers({ offers: [{ id, ...prices }] });
    for (const [, quantity] of stocksSchema.parse(values['stocks'] ?? []))
      catalogue.setStocks({
        warehouse_id: settings.warehouses.all[0]?.id,
        stocks: [{ id, quantity }],
      });
  }

  protected makeByHand(): string {
    throw new Error('Nobody makes offers there.');
  }

  protected releaseByHand(): void {
    throw new Error('An offer carries no id of MaK.');
  }
}

function counted(field: string, edit: number): Json {
  return field === 'stocks' ? [[WAREHOUSE, edit % 9]] : { minor: 100 + edit, currency: CURRENCY };
}
