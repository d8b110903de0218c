import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { paced } from '../connectors/keycrm/pace.ts';
import { KeyCrmSimulator } from '../connectors/keycrm/simulator/index.ts';
import { BenchConnected, openConnected } from './connected.ts';
import type { Connected, ConnectedPlace } from './connected.ts';

const CALLS_PER_MINUTE = 60;
/** Articles of one call, as the source document wants it. */
export const BATCH = 50;
/** Fifty stocks are read, written and read back. */
const CALLS_PER_BATCH = 3;

/** Articles a second that the configured calls allow, with limits so many times as fast. */
export function articlesPerSecond(speed: number): number {
  const { perSecond } = paced({ burst: 2, perSecond: 100 }, CALLS_PER_MINUTE * speed);
  return (perSecond / CALLS_PER_BATCH) * BATCH;
}

/** A tenant whose articles and orders go to a simulated KeyCRM that enforces its limit. */
export class BenchKeyCrm extends BenchConnected {
  readonly simulator: KeyCrmSimulator;
  private readonly webhookSecret = randomUUID();
  private skus: readonly string[] = [];
  /** Calls that may have changed something. */
  private writes = 0;

  private constructor(place: ConnectedPlace, connected: Connected, simulator: KeyCrmSimulator) {
    super(place, connected);
    this.simulator = simulator;
    simulator.disturb = ({ method }) => {
      if (method !== 'GET') this.writes += 1;
      return 'arrives';
    };
  }

  /** `speed`: how much faster its limit is than that of KeyCRM. */
  static async open(place: ConnectedPlace, speed: number): Promise<BenchKeyCrm> {
    const calls = CALLS_PER_MINUTE * speed;
    const simulator = new KeyCrmSimulator({ limit: { calls, window: 60_000 } });
    const address = await simulator.listen();
    const bench = new BenchKeyCrm(place, await openConnected(place, 'keycrm'), simulator);
    const { sources, warehouses } = simulator.account.settings;
    await bench.call('PUT', '/v1/connectors/keycrm', {
      version: 0,
      settings: {
        address,
        calls_per_minute: calls,
        source: sources.all[0]?.id,
        warehouses: [{ mak: 'main', keycrm: warehouses.all[0]?.id }],
      },
      secrets: { api_key: simulator.apiKey, webhook_secret: bench.webhookSecret },
      poll_seconds: 60,
    });
    await bench.drained();
    return bench;
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.simulator.close();
  }

  /** Path under which MaK takes the messages of its account. */
  get webhookPath(): string {
    return `/api/keycrm/webhook/order-updated/${this.tenant.key}/${this.webhookSecret}`;
  }

  /** So many articles here, and their offers there: they are linked by their number. */
  async makeArticles(count: number): Promise<void> {
    this.skus = Array.from({ length: count }, (_, index) => `SKU-${index}`);
    for (const sku of this.skus)
      this.simulator.account.catalogue.createProduct({ sku, name: sku, price: 10 });
    for (let start = 0; start < count; start += BATCH)
      await Promise.all(
        this.skus
          .slice(start, start + BATCH)
          .map((sku) => this.call('POST', '/v1/articles', { sku, name: sku })),
      );
    await this.drained();
  }

  /** Every article is counted anew. */
  async count(quantity: number): Promise<void> {
    for (let start = 0; start < this.skus.length; start += 1_000)
      await this.call('PUT', '/v1/articles/stocks', {
        stocks: this.skus
          .slice(start, start + 1_000)
          .map((sku) => ({ sku, warehouse: 'main', quantity })),
      });
  }

  /** Throws unless KeyCRM was never asked too often and has these quantities. */
  assertCounted(quantity: number): void {
    this.assertAllowed();
    const counted = this.counted(quantity);
    const offers = this.simulator.account.catalogue.offers.all.length;
    if (offers !== this.skus.length || counted < offers)
      throw new Error(`${counted} of ${offers} offers have the quantity`);
  }

  /** Throws when KeyCRM was asked too often. */
  assertAllowed(): void {
    const { rejected } = this.simulator.limits;
    if (rejected > 0) throw new Error(`KeyCRM refused ${rejected} calls`);
  }

  /** How many offers have this quantity there. */
  counted(quantity: number): number {
    const { catalogue, settings } = this.simulator.account;
    const [warehouse] = settings.warehouses.all;
    return catalogue.offers.all.filter(({ stock }) => stock.get(warehouse?.id ?? 0) === quantity)
      .length;
  }

  /** How many orders KeyCRM has of this one of MaK's. */
  ordersThere(id: string): number {
    const { all } = this.simulator.account.orders.rows;
    return all.filter(({ source_uuid }) => source_uuid === id).length;
  }

  /** How often KeyCRM was written to since this was asked last. */
  writesSince(): number {
    const { writes } = this;
    this.writes = 0;
    return writes;
  }

  /** Resolves when MaK has asked for the orders that changed there, and nothing of them waits any more. */
  async asked(): Promise<void> {
    // The first time may be the end of a poll that began before.
    for (let time = 0; time < 2; time += 1) {
      const { rows } = await this.owner.query<{ at: string }>(
        'UPDATE sync_connector SET poll_at = now() WHERE tenant_id = $1 RETURNING now()::text AS at',
        [this.tenant.id],
      );
      const asked = `SELECT FROM sync_cursor WHERE tenant_id = $1 AND entity = 'order' AND moved_at > $2::timestamptz`;
      const values = [this.tenant.id, rows[0]?.at];
      while ((await this.owner.query(asked, values)).rowCount === 0) await sleep(50);
    }
    await this.drained();
  }

  /** People there move every order to the next status. */
  moveOrders(): void {
    const { orders, settings } = this.simulator.account;
    const [, next] = settings.statuses.all;
    for (const { id } of orders.rows.all) orders.edit(id, { status_id: next?.id });
  }

  /** As MaK has it. */
  orderHere(id: string): Promise<{ readonly status: string; readonly version: number }> {
    return this.call('GET', `/v1/orders/${id}`);
  }

  /** An order here; resolves with the milliseconds until KeyCRM has it. */
  async order(number: string): Promise<number> {
    const begin = performance.now();
    const id = await this.placeOrder(number);
    while (this.ordersThere(id) === 0) await sleep(10);
    return performance.now() - begin;
  }

  /** An order here; gives its id. */
  async placeOrder(number: string): Promise<string> {
    const { id: client } = await this.call<{ id: string }>('POST', '/v1/clients', {
      name: number,
      kind: 'person',
      contacts: [{ name: number, email: `${number}@example.test` }],
    });
    const { id } = await this.call<{ id: string }>('POST', '/v1/orders', {
      number,
      client_id: client,
      currency: 'UAH',
      lines: [{ sku: 'SKU-0', name: 'Goods', quantity: 2, price: 59_900 }],
    });
    return id;
  }
}
