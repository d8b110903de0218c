import { randomUUID } from 'node:crypto';
import { ApiError, HttpApi, sendEvents, simulate } from '../../../simulator/index.ts';
import type { Answers, Person, SentEvent } from '../../../simulator/index.ts';
import type { DealFacts } from './facts.ts';
import { DEAL_FIELDS, factsOf } from './mak-facts.ts';
import type { DealNode } from './mak-facts.ts';
import { MakMarket } from './mak-market.ts';
import { MakRecords } from './mak-records.ts';

interface Created {
  readonly tenant: { readonly id: string };
  readonly api_key: { readonly secret: string };
}
interface Account {
  readonly id: string;
  readonly email?: string;
  readonly name: string;
  readonly role: Person['role'];
}

/** A partner or franchisee of the trial. */
export interface Outsider {
  readonly name: string;
  readonly role: 'partner' | 'franchisee';
}

interface Wanted {
  /** Key of the company. */
  readonly tenant: string;
  /** Of its people. */
  readonly emails: readonly string[];
  readonly outsiders: readonly Outsider[];
}

const CURRENCY = 'EUR';
const DEALS = `query Deals($after: String) { deals(first: 100, after: $after) {
  nodes { ${DEAL_FIELDS} } pageInfo { hasNextPage endCursor } } }`;

/** The company of the trial in MaK, as its people and systems see it. */
export class MakSide {
  readonly tenant: string;
  readonly apiKey: string;
  readonly records: MakRecords;
  readonly market: MakMarket;
  private readonly api: HttpApi;
  /** Of the head office. */
  private people: readonly Person[] = [];
  private outsiders: readonly Account[] = [];

  private constructor(api: HttpApi, tenant: string, apiKey: string) {
    this.api = api;
    this.tenant = tenant;
    this.apiKey = apiKey;
    this.records = new MakRecords(api, apiKey);
    this.market = new MakMarket(api, apiKey);
  }

  /** Makes a company whose people have these e-mail addresses. Breaches make no tasks but where that is tried, so that nobody is asked to do anything. */
  static async make(
    url: string,
    operatorKey: string,
    { tenant, emails, outsiders }: Wanted,
  ): Promise<MakSide> {
    const api = new HttpApi(url);
    const person = (email: string, name = email): object => {
      return { email, name, password: randomUUID() };
    };
    const made = await api.call<Created>('/v1/tenants', {
      key: operatorKey,
      idempotencyKey: tenant,
      body: {
        key: tenant,
        name: 'Trial with twenty',
        currency: CURRENCY,
        escalation: false,
        pipelines: ['adtech'],
        // Nobody of twenty: admins need a second factor before they may look at a page there.
        admin: person('admin@trial.example'),
        accounts: [
          ...emails.map((email) => ({ ...person(email), role: 'employee' })),
          ...outsiders.map(({ name, role }, index) => ({
            ...person(`outsider${index}@trial.example`, name),
            role,
          })),
        ],
      },
    });
    const side = new MakSide(api, tenant, made.api_key.secret);
    const { items } = await side.call<{ items: readonly Account[] }>('/v1/accounts?limit=200');
    const isOutside = ({ role }: Account): boolean => role === 'partner' || role === 'franchisee';
    side.outsiders = items.filter(isOutside);
    side.people = items
      .filter((account) => !isOutside(account))
      .map(({ id, name, email = '', role }) => ({
        ...{ id, name, email, role, locale: 'en' },
        function: role === 'employee' ? 'sales' : null,
      }));
    return side;
  }

  /** Id of the account. Throws when there is none. */
  outsider(name: string): string {
    const account = this.outsiders.find((one) => one.name === name);
    if (account === undefined) throw new Error(`MaK has no ${name}.`);
    return account.id;
  }

  /** Gives the id. */
  async makeDeal(name: string, amount: number, owner: string): Promise<string> {
    const body = { name, amount, currency: CURRENCY, owner_id: this.idOf(owner) };
    const { id } = await this.api.call<{ id: string }>('/v1/deals', {
      key: this.apiKey,
      idempotencyKey: randomUUID(),
      body,
    });
    return id;
  }

  /** As a person does; again when somebody was faster. */
  async edit(id: string, fields: object): Promise<void> {
    for (;;) {
      const { version } = await this.call<{ version: number }>(`/v1/deals/${id}`);
      try {
        const body = { version, ...fields };
        await this.api.call(`/v1/deals/${id}`, { key: this.apiKey, method: 'PATCH', body });
        return;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'stale_version') throw error;
      }
    }
  }

  /** Whether a missed clock makes a task. */
  async escalate(escalation: boolean): Promise<void> {
    const { version } = await this.call<{ version: number }>('/v1/tenant');
    const body = { version, escalation };
    await this.api.call('/v1/tenant', { key: this.apiKey, method: 'PATCH', body });
  }

  /** As every night: all records of both sides are compared anew. */
  async compareAnew(): Promise<void> {
    await this.api.call('/v1/connectors/twenty/resync', { key: this.apiKey, method: 'POST' });
  }

  send(events: readonly SentEvent[]): Promise<Answers> {
    return sendEvents({ api: this.api, key: this.apiKey }, events);
  }

  /** Another system tells only now of a deal that it has had for ten days. */
  async tellLate(name: string): Promise<void> {
    const id = randomUUID();
    const event = {
      ...{ event_id: id, type: 'crm.deal.created', version: 1, source: 'crm' },
      occurred_at: new Date(Date.now() - 10 * 86_400_000).toISOString(),
      external_refs: [{ system: 'crm', id }],
      data: { name },
    };
    await this.send([event]);
  }

  /** Events of a simulated business that ends now; its deals carry a mark in their names. */
  events(seed: string, count: number, mark: string): readonly SentEvent[] {
    const events: SentEvent[] = [];
    // Those that begin late have told little yet.
    const deals = Math.ceil(count / 5);
    const arrivals = simulate({ seed, deals, months: 3, now: Date.now(), people: this.people });
    for (const { event } of arrivals) {
      if (events.length === count) break;
      const { name } = event.data;
      const data =
        typeof name === 'string' ? { ...event.data, name: `${mark} ${name}` } : event.data;
      events.push({ ...event, data });
    }
    return events;
  }

  /** All deals, by id. */
  async deals(): Promise<ReadonlyMap<string, DealFacts>> {
    const deals = new Map<string, DealFacts>();
    for (let after: string | null = null; ;) {
      const answer: {
        data: {
          deals: {
            nodes: readonly DealNode[];
            pageInfo: { hasNextPage: boolean; endCursor: string | null };
          };
        };
      } = await this.api.call('/graphql', {
        key: this.apiKey,
        body: { query: DEALS, variables: { after } },
      });
      const { nodes, pageInfo } = answer.data.deals;
      for (const node of nodes) deals.set(node.id, factsOf(node, this.people, CURRENCY));
      if (!pageInfo.hasNextPage) return deals;
      after = pageInfo.endCursor;
    }
  }

  private call<Body>(path: string): Promise<Body> {
    return this.api.call<Body>(path, { key: this.apiKey });
  }

  private idOf(email: string): string | undefined {
    return this.people.find((person) => person.email === email)?.id;
  }
}
