import type { Values } from 'twenty-mak-domain';
import type { RecordSources, WriteRefusal } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import type {
  ConnectorContext,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  WrittenThere,
} from '../sync/index.ts';
import type { KeyCrmAccount } from './account.ts';
import type { KeyCrmStock } from './answers.ts';
import type { KeyCrmApi, KeyCrmPrice, Taken } from './api.ts';
import { canBeAskedFor, patienceFrom, sendInBatches } from './offer-batches.ts';
import type { NotTaken } from './offer-batches.ts';
import {
  pricesOf,
  sentOfOffer,
  stocksSchema,
  valuesOfOffer,
  versionOfOffer,
} from './offer-values.ts';

type Outcome = WrittenThere;

/** An article that is about to be written, under the number of its offer. */
interface Step {
  readonly change: RemoteChange;
  readonly sku: string;
  readonly offerId: string;
}

/** MaK's articles as offers, known by their number. Stocks and prices of a batch go in one call each, unless KeyCRM refuses one of them. */
export class OfferRecords {
  constructor(
    private readonly api: KeyCrmApi,
    private readonly account: KeyCrmAccount,
    private readonly context: Pick<ConnectorContext, 'tenantId'>,
    private readonly sources: Pick<RecordSources, 'of'>,
  ) {}

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const offers = await this.api.stocksById(ids);
    return new Map(offers.map((offer) => [offer.id, this.recordOf(offer, null)]));
  }

  async find(localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const skus = await this.skusOf(localIds);
    const offers = await this.api.stocks([...skus.values()]);
    return new Map(
      [...skus].flatMap(([localId, sku]): [string, RemoteRecord][] => {
        const offer = offers.find((one) => one.sku === sku);
        return offer === undefined ? [] : [[localId, this.recordOf(offer, localId)]];
      }),
    );
  }

  /** Nobody but MaK knows what is sold and counted: KeyCRM is not asked. */
  changedSince(cursor: string | null): Promise<RemotePage> {
    return Promise.resolve({ seen: [], cursor: cursor ?? '', more: false });
  }

  async write(changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const outcomes = new Map<RemoteChange, Outcome>();
    // What makes products takes its time too.
    const until = patienceFrom(performance.now());
    const hasTime = (): boolean => performance.now() < until;
    const steps = await this.steps(changes, outcomes, hasTime);
    await this.sendPrices(steps, outcomes, hasTime);
    await this.sendStocks(steps, outcomes, hasTime);
    const offers = await this.api.stocksById(steps.map(({ offerId }) => offerId));
    for (const { change, offerId } of steps) {
      if (outcomes.has(change)) continue;
      const offer = offers.find(({ id }) => id === offerId);
      if (offer === undefined)
        throw new RemoteFailure('unavailable', 'KeyCRM does not show what was written.');
      const { remoteId, values, version } = this.recordOf(offer, null);
      // A sale or a hand between the write and this look is not MaK's count in other words.
      const left = sentOfOffer(change.values, offer, this.account);
      outcomes.set(change, { kind: 'written', id: remoteId, values, version, left });
    }
    return changes.map((change) => outcomes.get(change) ?? { kind: 'moved' });
  }

  /** An offer that is there under the number is taken over; else a product is made. */
  private async steps(
    changes: readonly RemoteChange[],
    outcomes: Map<RemoteChange, Outcome>,
    hasTime: () => boolean,
  ): Promise<readonly Step[]> {
    const known = await this.sources.of('article').read(
      this.context.tenantId,
      changes.map(({ localId }) => localId),
      'keycrm',
    );
    const valuesOf = ({ localId }: RemoteChange): Values => known.get(localId)?.values ?? {};
    const skuOf = (change: RemoteChange): string => String(valuesOf(change)['sku'] ?? '');
    const fresh = changes.filter(({ remoteId }) => remoteId === null).map(skuOf);
    const offers = [
      ...(await this.api.stocks(fresh)),
      ...(await this.api.stocksById(changes.flatMap(({ remoteId }) => remoteId ?? []))),
    ];
    const steps: Step[] = [];
    const made: Omit<Step, 'offerId'>[] = [];
    for (const change of changes) {
      const { remoteId } = change;
      const sku = skuOf(change);
      if (sku === '') continue;
      const there = offers.find((one) =>
        remoteId === null ? one.sku === sku : one.id === remoteId,
      );
      if (there === undefined && remoteId !== null) {
        outcomes.set(change, { kind: 'refused', refusal: OFFER_GONE });
        continue;
      }
      // KeyCRM lets no program give an offer another number.
      if (there !== undefined && there.sku !== sku) {
        outcomes.set(change, { kind: 'refused', refusal: SKU_FIXED });
        continue;
      }
      if (there !== undefined) steps.push({ change, sku, offerId: there.id });
      // Without an outcome it is made with the next batch.
      else if (hasTime() && (await this.make(change, valuesOf(change), outcomes)))
        made.push({ change, sku });
    }
    const shown = await this.api.stocks(made.map(({ sku }) => sku));
    for (const step of made) {
      const offer = shown.find(({ sku }) => sku === step.sku);
      if (offer === undefined)
        throw new RemoteFailure('unavailable', 'KeyCRM does not show what was written.');
      steps.push({ ...step, offerId: offer.id });
    }
    return steps;
  }

  /** Whether there is a product now, and an offer of it with the number. */
  private async make(
    change: RemoteChange,
    values: Values,
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<boolean> {
    const { currency } = this.account;
    const { sku, name, description, barcode, unit } = values;
    if (!canBeAskedFor(String(sku))) {
      outcomes.set(change, { kind: 'refused', refusal: SKU_WITH_COMMA });
      return false;
    }
    const body = {
      ...{ sku, name, description, barcode, unit_type: unit, currency_code: currency },
      ...pricesOf(values, currency),
    };
    const answer = await this.api.createProduct(body);
    if (answer.kind !== 'taken') outcomes.set(change, refusedBy(answer));
    return answer.kind === 'taken';
  }

  private async sendPrices(
    steps: readonly Step[],
    outcomes: Map<RemoteChange, Outcome>,
    hasTime: () => boolean,
  ): Promise<void> {
    const rows: { readonly change: RemoteChange; readonly offer: KeyCrmPrice }[] = [];
    for (const { change, sku } of steps) {
      const prices = pricesOf(change.values, this.account.currency);
      if (prices === null) {
        // An offer is made without a price in another currency.
        if (change.remoteId === null) continue;
        const field = priceInOther(change.values, this.account.currency);
        outcomes.set(change, { kind: 'refused', refusal: { ...OTHER_CURRENCY, field } });
        continue;
      }
      const { price, purchased_price } = prices;
      if (price === undefined && purchased_price === undefined) continue;
      const offer = {
        sku,
        ...(price === undefined ? {} : { price }),
        ...(purchased_price === undefined ? {} : { purchased_price }),
      };
      rows.push({ change, offer });
    }
    const send = (part: readonly (typeof rows)[number][]): Promise<Taken<unknown>> =>
      this.api.setPrices(part.map(({ offer }) => offer));
    const left = await sendInBatches(rows, this.account.batch, send, hasTime);
    for (const [{ change }, why] of left)
      outcomes.set(change, leftBy(why, 'price' in change.values ? 'price' : 'purchase_price'));
  }

  private async sendStocks(
    steps: readonly Step[],
    outcomes: Map<RemoteChange, Outcome>,
    hasTime: () => boolean,
  ): Promise<void> {
    const told = steps.flatMap(({ change, sku }) =>
      outcomes.has(change)
        ? []
        : (stocksSchema.safeParse(change.values['stocks'] ?? []).data ?? []).map(
            ([warehouse, quantity]) => ({ change, warehouse, sku, quantity }),
          ),
    );
    for (const [name, lines] of Map.groupBy(told, ({ warehouse }) => warehouse)) {
      const warehouse = this.account.warehouses.get(name);
      if (warehouse === undefined) continue;
      const send = (part: readonly (typeof lines)[number][]): Promise<Taken<unknown>> =>
        this.api.setStocks(
          warehouse,
          part.map(({ sku, quantity }) => ({ sku, quantity })),
        );
      const left = await sendInBatches(lines, this.account.batch, send, hasTime);
      for (const [{ change }, why] of left) outcomes.set(change, leftBy(why, 'stocks'));
    }
  }

  private async skusOf(localIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const known = await this.sources.of('article').read(this.context.tenantId, localIds, 'keycrm');
    return new Map([...known].map(([id, { values }]) => [id, String(values['sku'] ?? '')]));
  }

  private recordOf(offer: KeyCrmStock, localId: string | null): RemoteRecord {
    return {
      remoteId: offer.id,
      localId,
      values: valuesOfOffer(offer, this.account),
      version: versionOfOffer(offer, this.account),
    };
  }
}

const OFFER_GONE: WriteRefusal = {
  code: 'deleted_there',
  reason: 'Somebody deleted the offer in KeyCRM. Make it there again, or archive the article here.',
  field: null,
};
const SKU_FIXED: WriteRefusal = {
  code: 'sku_fixed',
  reason:
    'KeyCRM lets no program give an offer another number. Change it there, or make a new article.',
  field: null,
};
const SKU_WITH_COMMA: WriteRefusal = {
  code: 'sku_with_comma',
  reason:
    'KeyCRM cannot be asked for a number with a comma in it, so the article could be there twice. Give it a number without one.',
  field: null,
};
const OTHER_CURRENCY: Omit<WriteRefusal, 'field'> = {
  code: 'other_currency',
  reason:
    'The source of orders from MaK counts in another currency in KeyCRM; the price stays here.',
};

function priceInOther(values: Values, currency: string): string {
  return pricesOf({ price: values['price'] ?? null }, currency) === null
    ? 'price'
    : 'purchase_price';
}

/** What there was no time for is tried again with the next batch. */
function leftBy(why: NotTaken | null, field: string): Outcome {
  return why === null ? { kind: 'moved' } : refusedBy(why, field);
}

function refusedBy(answer: NotTaken, field: string | null = null): Outcome {
  return answer.kind === 'missing'
    ? { kind: 'moved' }
    : { kind: 'refused', refusal: { ...answer.refusal, field } };
}
