import { setTimeout as sleep } from 'node:timers/promises';

export const TRIGGER_EVENTS = [
  'order.change_order_status',
  'order.change_payment_status',
  'lead.change_lead_status',
] as const;
export type TriggerEvent = (typeof TRIGGER_EVENTS)[number];

/** What people set up in Settings, Automation: no call of the API makes or lists it. */
export interface Trigger {
  readonly event: TriggerEvent;
  readonly url: string;
  readonly method: 'POST' | 'GET';
  /** Statuses and sources that it looks at; none means all. */
  readonly statuses: readonly number[];
  readonly sources: readonly number[];
}

/** Settings, Products, Stocks, Webhooks: of these warehouses together, or of all. */
export interface StockHook {
  readonly url: string;
  readonly warehouses: readonly number[];
}

export interface StockLine {
  readonly offer_id: number;
  readonly sku: string | null;
  readonly in_stock: number;
  readonly in_reserve: number;
}

/** What becomes of a message on its way. */
export type Fate = 'delivered' | 'lost' | 'repeated';

export interface Delivery {
  /** Milliseconds. */
  readonly at: number;
  readonly url: string;
  readonly body: string;
  /** Statuses of the answers; null for none. */
  readonly answers: (number | null)[];
  state: 'under way' | 'delivered' | 'given up';
}

export interface WebhookOptions {
  /** Times that a message is tried. */
  readonly attempts: number;
  /** Milliseconds between two of them. */
  readonly pause: number;
  /** Milliseconds that an answer may take. */
  readonly patience: number;
}

/** What is known of it: three attempts, and only 200 is taken for an answer. Pause and patience are guesses. */
export const DEFAULT_WEBHOOKS: WebhookOptions = { attempts: 3, pause: 10_000, patience: 5_000 };

const KEPT = 200;

/** Tells of changes after them, in no order, without a signature, an id or a time of their own. */
export class SimulatedWebhooks {
  readonly triggers: Trigger[] = [];
  readonly stockHooks: StockHook[] = [];
  /** The newest first. */
  readonly deliveries: Delivery[] = [];
  fate: () => Fate = () => 'delivered';
  private readonly options: WebhookOptions;
  private readonly now: () => number;
  private readonly underWay = new Set<Promise<void>>();
  private readonly ending = new AbortController();

  constructor(now: () => number, options: WebhookOptions = DEFAULT_WEBHOOKS) {
    this.now = now;
    this.options = options;
  }

  /** `context` is the flat row, with all instants in the long form. */
  tell(event: TriggerEvent, context: Readonly<Record<string, unknown>>): void {
    for (const { url, method, statuses, sources, event: wanted } of this.triggers) {
      if (wanted !== event) continue;
      if (statuses.length > 0 && !statuses.includes(Number(context['status_id']))) continue;
      if (sources.length > 0 && !sources.includes(Number(context['source_id']))) continue;
      this.send(url, method, JSON.stringify({ event, context }));
    }
  }

  /** A list without any envelope. */
  tellStocks(linesOf: (warehouses: readonly number[]) => readonly StockLine[]): void {
    for (const { url, warehouses } of this.stockHooks)
      this.send(url, 'POST', JSON.stringify(linesOf(warehouses)));
  }

  /** Resolves when no message is on its way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  /** What is on its way is lost. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.settled();
  }

  private send(url: string, method: Trigger['method'], body: string): void {
    const fate = this.fate();
    if (fate === 'lost') return;
    for (let copy = 0; copy < (fate === 'repeated' ? 2 : 1); copy += 1) {
      const delivery: Delivery = { at: this.now(), url, body, answers: [], state: 'under way' };
      this.deliveries.unshift(delivery);
      const sent = this.deliver(delivery, method).finally(() => this.underWay.delete(sent));
      this.underWay.add(sent);
    }
    this.deliveries.splice(KEPT);
  }

  private async deliver(delivery: Delivery, method: Trigger['method']): Promise<void> {
    const { attempts, pause } = this.options;
    while (delivery.answers.length < attempts) {
      delivery.answers.push(await this.post(delivery, method));
      if (delivery.answers.at(-1) === 200) {
        delivery.state = 'delivered';
        return;
      }
      if (delivery.answers.length < attempts)
        await sleep(pause, undefined, { signal: this.ending.signal }).catch(() => undefined);
      if (this.ending.signal.aborted) break;
    }
    delivery.state = 'given up';
  }

  private async post({ url, body }: Delivery, method: Trigger['method']): Promise<number | null> {
    try {
      const answer = await fetch(url, {
        method,
        headers: { 'content-type': 'application/json' },
        redirect: 'manual',
        signal: AbortSignal.any([this.ending.signal, AbortSignal.timeout(this.options.patience)]),
        ...(method === 'POST' ? { body } : {}),
      });
      await answer.body?.cancel();
      return answer.status;
    } catch {
      return null;
    }
  }
}
