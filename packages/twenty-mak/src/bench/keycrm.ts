import { setTimeout as sleep } from 'node:timers/promises';
import { paced } from '../connectors/keycrm/pace.ts';
import { KeyCrmSimulator } from '../connectors/keycrm/simulator/index.ts';
import { BenchConnected, openConnected } from './connected.ts';
import type { Connected } from './connected.ts';
import type { BenchPlace } from './frame.ts';

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
  private skus: readonly string[] = [];

  private constructor(place: BenchPlace, connected: Connected, simulator: KeyCrmSimulator) {
    super(place, connected);
    this.simulator = simulator;
  }

  /** `speed`: how much faster its limit is than that of KeyCRM. */
  static async open(place: BenchPlace, speed: number): Promise<BenchKeyCrm> {
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
      secrets: { api_key: simulator.apiKey },
      poll_seconds: 60,
    });
    await bench.drained();
    return bench;
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.simulator.close();
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
    const { limits, account } = this.simulator;
    if (limits.rejected > 0) throw new Error(`KeyCRM refused ${limits.rejected} calls`);
    const [warehouse] = account.settings.warehouses.all;
    const offers = account.catalogue.offers.all;
    const wrong = offers.filter(({ stock }) => stock.get(warehouse?.id ?? 0) !== quantity);
    if (offers.length !== this.skus.length || wrong.length > 0)
      throw new Error(`${wrong.length} of ${offers.length} offers have another quantity`);
  }

  /** An order here; resolves with the milliseconds until KeyCRM has it. */
  async order(number: string): Promise<number> {
    const { id: client } = await this.call<{ id: string }>('POST', '/v1/clients', {
      name: number,
      kind: 'person',
      contacts: [{ name: number, email: `${number}@example.test` }],
    });
    const begin = performance.now();
    const order = await this.call<{ id: string }>('POST', '/v1/orders', {
      number,
      client_id: client,
      currency: 'UAH',
      lines: [{ sku: 'SKU-0', name: 'Goods', quantity: 2, price: 59_900 }],
    });
    const isThere = (): boolean =>
      this.simulator.account.orders.rows.all.some(({ source_uuid }) => source_uuid === order.id);
    while (!isThere()) await sleep(10);
    return performance.now() - begin;
  }
}
