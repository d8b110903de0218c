import { randomUUID } from 'node:crypto';
import { formatInstant, parseInstant } from 'twenty-mak-domain';
import { ApiError, HttpApi, sendEvents, simulate } from '../../../simulator/index.ts';
import type { Answers, Person, SentEvent } from '../../../simulator/index.ts';
import { contactOf } from './facts.ts';
import type { DealFacts, RunFacts } from './facts.ts';
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
interface DealNode {
  readonly id: string;
  readonly name: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly ownerId: string | null;
  readonly stage: string;
  readonly businessStage: string | null;
  readonly stageStartedAt: string;
  readonly heldGates: readonly string[];
  readonly missingGates: readonly string[];
  readonly slaDueAt: string | null;
  readonly outcome: string | null;
  readonly closedAt: string | null;
  readonly attributes: { readonly contact_id?: unknown };
  readonly client: {
    readonly kind: string;
    readonly contacts: readonly {
      readonly id: string;
      readonly name: string | null;
      readonly position: string | null;
    }[];
  } | null;
  readonly externalRefs: readonly { readonly system: string; readonly id: string }[];
  readonly slaRuns: readonly {
    readonly title: string | null;
    readonly timer: string;
    readonly status: string;
    readonly openedAt: string;
    readonly dueAt: string;
    readonly closedAt: string | null;
  }[];
}

const CURRENCY = 'EUR';
const OPPORTUNITY = 'twenty.opportunity';
const DEALS = `query Deals($after: String) { deals(first: 100, after: $after) {
  nodes { id name amount currency ownerId stage businessStage stageStartedAt heldGates missingGates slaDueAt outcome closedAt
    attributes client { kind contacts { id name position } } externalRefs { system id }
    slaRuns { title timer status openedAt dueAt closedAt } }
  pageInfo { hasNextPage endCursor } } }`;

/** The company of the trial in MaK, as its people and systems see it. */
export class MakSide {
  readonly tenant: string;
  readonly apiKey: string;
  readonly records: MakRecords;
  private readonly api: HttpApi;
  private people: readonly Person[] = [];

  private constructor(api: HttpApi, tenant: string, apiKey: string) {
    this.api = api;
    this.tenant = tenant;
    this.apiKey = apiKey;
    this.records = new MakRecords(api, apiKey);
  }

  /** Makes a company whose people have these e-mail addresses. Breaches make no tasks, so that nobody is asked to do anything. */
  static async make(
    url: string,
    operatorKey: string,
    { tenant, emails }: { readonly tenant: string; readonly emails: readonly string[] },
  ): Promise<MakSide> {
    const api = new HttpApi(url);
    const person = (email: string): object => ({ email, name: email, password: randomUUID() });
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
        accounts: emails.map((email) => ({ ...person(email), role: 'employee' })),
      },
    });
    const side = new MakSide(api, tenant, made.api_key.secret);
    const { items } = await side.call<{ items: readonly Account[] }>('/v1/accounts?limit=200');
    side.people = items.map(({ id, name, email = '', role }) => ({
      ...{ id, name, email, role, locale: 'en' },
      function: role === 'employee' ? 'sales' : null,
    }));
    return side;
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

  /** As every night: all records of both sides are compared anew. */
  async compareAnew(): Promise<void> {
    await this.api.call('/v1/connectors/twenty/resync', { key: this.apiKey, method: 'POST' });
  }

  send(events: readonly SentEvent[]): Promise<Answers> {
    return sendEvents({ api: this.api, key: this.apiKey }, events);
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
      for (const node of nodes) deals.set(node.id, this.factsOf(node));
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

  private factsOf(node: DealNode): DealFacts {
    const owner = this.people.find(({ id }) => id === node.ownerId)?.email ?? null;
    const runs = node.slaRuns.map((run): RunFacts => ({
      name: run.title ?? run.timer,
      status: run.status.toUpperCase(),
      opened: instant(run.openedAt),
      due: instant(run.dueAt),
      closed: instant(run.closedAt),
    }));
    const isOverdue = runs.some(({ status, closed }) => status === 'BREACHED' && closed === null);
    return {
      name: node.name ?? '',
      amount: node.amount,
      currency: node.amount === null ? null : (node.currency ?? CURRENCY),
      owner,
      contact: contactOfDeal(node),
      opportunity: node.externalRefs.find(({ system }) => system === OPPORTUNITY)?.id ?? null,
      stage: node.stage,
      'business stage': node.businessStage ?? '',
      'stage since': instant(node.stageStartedAt),
      gates: node.heldGates.toSorted().join(' '),
      'missing gates': node.missingGates.toSorted().join(' '),
      sla: isOverdue ? 'BREACHED' : node.slaDueAt === null ? null : 'ON_TIME',
      due: instant(node.slaDueAt),
      outcome: node.outcome?.toUpperCase() ?? null,
      closed: instant(node.closedAt),
      runs,
    };
  }
}

/** Where the client is a person, the deal need not name whom one speaks with. */
function contactOfDeal({ client, attributes }: DealNode): string | null {
  const contacts = client?.contacts ?? [];
  const named = contacts.find(({ id }) => id === attributes.contact_id);
  const contact = named ?? (client?.kind === 'person' ? contacts[0] : undefined);
  return contact === undefined ? null : contactOf(contact.name ?? '', contact.position ?? '');
}

function instant(text: string | null): string | null {
  const read = text === null ? null : parseInstant(text);
  return read === null ? null : formatInstant(read);
}
