import { createClient } from 'graphql-ws';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/simulator/random.ts';
import { startReceiver } from '../support/receiver.ts';
import type { ReceivedWebhook } from '../support/receiver.ts';
import type { Replica } from './replica.ts';

interface Followed {
  readonly eventId: string;
  readonly position: string;
}

const SUBSCRIPTION = `subscription ($after: String) {
  masterDealEvents(after: $after) { eventId position }
}`;
/** Before the first event of every tenant. */
const BEGINNING = Buffer.from('0.0').toString('base64url');

/** A subscriber over GraphQL that goes on after the last event it has, with whichever api, when it is cut off. */
export class Subscriber {
  /** Ids of events in the order in which they came. */
  readonly received: string[] = [];
  /** How often it began anew. */
  connections = 0;
  private readonly apis: readonly Replica[];
  private readonly key: string;
  private readonly random: Random;
  private position = BEGINNING;
  private stopped = false;
  private leave: () => void = () => undefined;
  private following: Promise<void> = Promise.resolve();

  constructor(apis: readonly Replica[], key: string, random: Random) {
    this.apis = apis;
    this.key = key;
    this.random = random;
  }

  start(): void {
    this.following = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.leave();
    await this.following;
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      this.connections += 1;
      await this.connect();
      await sleep(this.random.int(10, 150));
    }
  }

  /** Resolves when the connection or the subscription has ended, for whatever reason. */
  private async connect(): Promise<void> {
    const { url } = this.random.pick(this.apis);
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      connectionParams: { authorization: `Bearer ${this.key}` },
      retryAttempts: 0,
      keepAlive: 1_000,
      on: { closed: () => this.leave() },
    });
    await new Promise<void>((resolve) => {
      this.leave = resolve;
      client.subscribe<{ masterDealEvents: Followed }>(
        { query: SUBSCRIPTION, variables: { after: this.position } },
        {
          next: ({ data, errors }) => {
            if (data?.masterDealEvents) {
              this.received.push(data.masterDealEvents.eventId);
              this.position = data.masterDealEvents.position;
            }
            if (errors !== undefined) resolve();
          },
          error: () => resolve(),
          complete: () => resolve(),
        },
      );
    });
    await client.dispose();
  }
}

export interface MoodyReceiver {
  readonly url: string;
  /** What it has answered with success, in the order of arrival. */
  readonly accepted: readonly ReceivedWebhook[];
  close(): Promise<void>;
}

/** A receiver of webhooks that now and then refuses, or does not answer in time. */
export async function startMoodyReceiver(random: Random): Promise<MoodyReceiver> {
  const accepted: ReceivedWebhook[] = [];
  const receiver = await startReceiver((webhook) => {
    const mood = random.next();
    if (mood < 0.01) return 500;
    if (mood < 0.012) return null;
    accepted.push(webhook);
    return 204;
  });
  return { url: receiver.url, accepted, close: () => receiver.close() };
}
