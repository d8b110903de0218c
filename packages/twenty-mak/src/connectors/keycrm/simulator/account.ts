import { SimulatedBuyers } from './buyers.ts';
import { SimulatedCards } from './cards.ts';
import { SimulatedCatalogue } from './catalogue.ts';
import { SimulatedOrders } from './orders.ts';
import { SimulatedSettings } from './settings.ts';
import { restStamp } from './stamps.ts';
import { SimulatedWebhooks } from './webhooks.ts';
import type { WebhookOptions } from './webhooks.ts';

/** One account of KeyCRM with all that is in it. */
export class SimulatedAccount {
  readonly settings: SimulatedSettings;
  readonly webhooks: SimulatedWebhooks;
  readonly buyers: SimulatedBuyers;
  readonly catalogue: SimulatedCatalogue;
  readonly orders: SimulatedOrders;
  readonly cards: SimulatedCards;

  constructor(now: () => number, webhooks?: WebhookOptions) {
    this.settings = new SimulatedSettings(restStamp(now()));
    this.webhooks = new SimulatedWebhooks(now, webhooks);
    this.buyers = new SimulatedBuyers(this.settings, now);
    this.orders = new SimulatedOrders(
      this.settings,
      this.buyers,
      () => this.catalogue,
      this.webhooks,
      now,
    );
    this.catalogue = new SimulatedCatalogue(
      this.settings,
      now,
      (offerId) => this.orders.reserved(offerId),
      (offers) =>
        this.webhooks.tellStocks((warehouses) =>
          offers.map((offer) => this.catalogue.stockLine(offer, warehouses)),
        ),
    );
    this.cards = new SimulatedCards(this.settings, this.buyers, this.webhooks, now);
  }
}
