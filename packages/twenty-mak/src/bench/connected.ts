import pg from 'pg';
import { request } from 'undici';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchPlace } from './frame.ts';
import { send } from './load.ts';
import { openTenant } from './tenant.ts';
import type { BenchTenant } from './tenant.ts';

/** What is needed of a running stack. */
export type ConnectedPlace = Pick<BenchPlace, 'url' | 'operatorKey' | 'ownerUrl'>;

/** Who is connected where, in a benchmark. */
export interface Connected {
  readonly key: string;
  readonly tenant: BenchTenant;
  readonly owner: pg.Client;
}

/** A fresh tenant for a connector, and a way to look into the database. */
export async function openConnected(place: ConnectedPlace, key: string): Promise<Connected> {
  const tenant = await openTenant(place, 'adtech');
  const owner = new pg.Client({ connectionString: place.ownerUrl });
  await owner.connect();
  return { key, tenant, owner };
}

/** A tenant whose records are kept equal with those of a simulated system. */
export class BenchConnected {
  readonly key: string;
  readonly tenant: BenchTenant;
  protected readonly owner: pg.Client;
  protected readonly place: ConnectedPlace;

  protected constructor(place: ConnectedPlace, { key, tenant, owner }: Connected) {
    this.place = place;
    this.key = key;
    this.tenant = tenant;
    this.owner = owner;
  }

  /** The records of both sides stay; nothing is brought over any more. */
  protected async disconnect(): Promise<void> {
    await this.call('DELETE', `/v1/connectors/${this.key}`);
    await this.owner.end();
  }

  /** So many deals by events, as other systems make them. */
  async makeDeals(prefix: string, count: number, currency = 'EUR'): Promise<void> {
    await this.record(prefix, count, 'crm.deal.created', (deal) => ({
      name: `Deal ${prefix} ${deal}`,
      amount: 100_000 + deal,
      currency,
    }));
  }

  /** One event for each of the deals of a prefix. */
  async record(
    prefix: string,
    count: number,
    type: string,
    data: (deal: number) => object,
  ): Promise<void> {
    const now = new Date().toISOString();
    const bodies = Array.from({ length: count }, (_, deal) =>
      JSON.stringify({
        event_id: randomUUID(),
        type,
        source: 'bench',
        occurred_at: now,
        external_refs: [{ system: 'bench', id: `${prefix}-${deal}` }],
        data: data(deal),
      }),
    );
    await send({
      url: this.place.url,
      path: '/v1/events',
      headers: { authorization: `Bearer ${this.tenant.apiKey}` },
      bodies,
      connections: 50,
      check: (status, body) => {
        if (status !== 200 || !body.includes('"applied"'))
          throw new Error(`an event was answered ${status} ${body}`);
      },
    });
  }

  /** A person renames a deal in MaK. */
  async rename(id: string, name: string): Promise<void> {
    const { version } = await this.call<{ version: number }>('GET', `/v1/deals/${id}`);
    await this.call('PATCH', `/v1/deals/${id}`, { version, name });
  }

  /** Deals of this tenant as MaK has them, each in its stage. */
  async dealsHere(): Promise<readonly { id: string; name: string; stage: string }[]> {
    const { rows } = await this.owner.query<{ id: string; name: string; stage: string }>(
      'SELECT id, name, stage FROM deal WHERE tenant_id = $1 AND archived_at IS NULL',
      [this.tenant.id],
    );
    return rows;
  }

  /** Events that MaK has taken for changes of the other system. */
  async eventsFromThere(): Promise<number> {
    const { rows } = await this.owner.query<{ count: string }>(
      'SELECT count(*) FROM event WHERE tenant_id = $1 AND source = $2',
      [this.tenant.id, this.key],
    );
    return Number(rows[0]?.count);
  }

  async set(state: 'pause' | 'resume'): Promise<void> {
    const { version } = await this.call<{ version: number }>('GET', `/v1/connectors/${this.key}`);
    await this.call('POST', `/v1/connectors/${this.key}/${state}`, { version });
  }

  async call<Answer>(
    method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Answer> {
    const answer = await request(`${this.place.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.tenant.apiKey}`,
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path} answered ${answer.statusCode}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  }

  /** Records that wait to be brought over. */
  async waiting(): Promise<number> {
    const { rows } = await this.owner.query<{ waiting: string }>(
      `SELECT (SELECT count(*) FROM sync_pending WHERE tenant_id = $1)
         + (SELECT count(*) FROM sync_connector WHERE tenant_id = $1 AND resync ->> 'listed' = 'false') AS waiting`,
      [this.tenant.id],
    );
    return Number(rows[0]?.waiting);
  }

  /** Resolves when nothing waits any more. Throws when something stopped the connector or could not be made. */
  async drained(): Promise<void> {
    while ((await this.waiting()) > 0) {
      const { rows } = await this.owner.query<{ trouble: string }>(
        `SELECT reason AS trouble FROM sync_connector WHERE tenant_id = $1 AND state = 'stopped'
         UNION ALL SELECT refusal::text FROM sync_pending WHERE tenant_id = $1 AND dead_at IS NOT NULL LIMIT 1`,
        [this.tenant.id],
      );
      if (rows[0] !== undefined) throw new Error(rows[0].trouble);
      await sleep(50);
    }
  }
}
