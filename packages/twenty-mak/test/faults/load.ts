import { setTimeout as sleep } from 'node:timers/promises';
import { formatInstant } from 'twenty-mak-domain';
import type { Random } from '../../src/simulator/random.ts';
import type { Client } from './client.ts';
import type { Report } from './report.ts';
import { Story } from './story.ts';
import type { RawEvent } from './story.ts';

interface EventAnswer {
  readonly event_id: string;
  readonly status: string;
  readonly master_deal_id?: string;
  readonly code?: string;
}

interface Deal {
  readonly id: string;
  readonly version: number;
}

/** A change by a person; `mark` stands in the event that it became. */
export interface Edit {
  readonly kind: 'note' | 'stage' | 'fields' | 'owner' | 'deal';
  readonly mark: string;
  /** The server said that it is done. Otherwise it may have been done, once. */
  acknowledged: boolean;
}

const SENDERS = 4;
const EDITORS = 3;

/** Clients that tell and change without end, and remember what the server acknowledged. */
export class Load {
  /** Every event that was sent, by id. */
  readonly sent = new Map<string, RawEvent>();
  /** Ids of events whose keeping the server has promised. */
  readonly acknowledged = new Set<string>();
  readonly edits: Edit[] = [];
  /** Ids of deals that an answer named. */
  readonly named = new Set<string>();
  readonly answers: Record<string, number> = {};
  private readonly client: Client;
  private readonly random: Random;
  private readonly report: Report;
  private readonly story: Story;
  private readonly deals: string[] = [];
  /** Events that one answer called new; a second one would be an effect twice. */
  private readonly effective = new Set<string>();
  private fresh: string[] = [];
  private clients: Promise<void>[] = [];
  private stopped = false;
  private marks = 0;

  constructor(client: Client, random: Random, report: Report) {
    this.client = client;
    this.random = random;
    this.report = report;
    this.story = new Story(random);
  }

  start(): void {
    const many = (count: number, act: () => Promise<void>): Promise<void>[] =>
      Array.from({ length: count }, () => this.repeatedly(act));
    this.clients = [
      ...many(SENDERS, () => this.tell()),
      ...many(EDITORS, () => this.edit()),
      ...many(1, () => this.look()),
    ];
  }

  /** Lets everybody finish what they are doing: what was sent is acknowledged in the end. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.clients);
  }

  /** Sends events until they are acknowledged. */
  async send(events: readonly RawEvent[]): Promise<void> {
    for (const event of events) this.sent.set(event.event_id, event);
    const path = '/v1/events';
    const { status, body } = await this.client.insist<{ results: EventAnswer[] }>(path, {
      body: events,
    });
    this.report.expect(
      status === 200 && body.results.length === events.length,
      'answer',
      () => `${path}: ${status} ${JSON.stringify(body).slice(0, 300)}`,
    );
    for (const answer of body.results ?? []) this.heard(answer);
  }

  /** One event that has to come through before a round is over. */
  async probe(round: number): Promise<void> {
    await this.send([
      {
        event_id: `probe-${round}`,
        type: round === 1 ? 'crm.deal.created' : 'deal.note.added',
        source: 'probe',
        occurred_at: formatInstant(Date.now()),
        external_refs: [{ system: 'probe', id: 'probe' }],
        data: { text: `after round ${round}` },
      },
    ]);
  }

  /** Events that were acknowledged since the last call. */
  takeFresh(): string[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }

  private heard({ event_id: id, status, master_deal_id: dealId, code }: EventAnswer): void {
    this.answers[status] = (this.answers[status] ?? 0) + 1;
    const kept = status !== 'rejected' && status !== 'conflict';
    this.report.expect(kept, 'answer', () => `event ${id} was ${status}: ${code}`);
    if (!kept) return;
    if (status !== 'duplicate') {
      this.report.expect(!this.effective.has(id), 'twice', () => `event ${id} was new twice`);
      this.effective.add(id);
    }
    if (!this.acknowledged.has(id)) this.fresh.push(id);
    this.acknowledged.add(id);
    if (dealId === undefined) return;
    this.named.add(dealId);
    if (this.random.chance(0.9)) return;
    this.deals.push(dealId);
    if (this.deals.length > 50) this.deals.shift();
  }

  private async repeatedly(act: () => Promise<void>): Promise<void> {
    while (!this.stopped) {
      await act();
      await sleep(this.random.int(5, 60));
    }
  }

  private async tell(): Promise<void> {
    const { random } = this;
    const size = random.chance(0.2) ? random.int(10, 50) : random.int(1, 10);
    const events = this.story.next(size, Date.now());
    await this.send(events);
    if (random.chance(0.1)) await this.send(events);
  }

  private async edit(): Promise<void> {
    const { random } = this;
    const dealId = this.deals.length === 0 ? undefined : random.pick(this.deals);
    if (dealId === undefined || random.chance(0.15)) return this.makeDeal();
    const path = `/v1/deals/${dealId}`;
    const which = random.next();
    if (which < 0.3) return this.once('note', `${path}/notes`, (mark) => ({ text: mark }));
    if (which < 0.6)
      return this.once('stage', `${path}/stage`, (mark) => ({ system: 'people', stage: mark }));
    if (which < 0.8)
      return this.versioned('fields', 'PATCH', path, path, (mark) => ({
        attributes: { mark },
        amount: random.int(1, 1_000) * 100,
      }));
    return this.versioned('owner', 'PUT', path, `${path}/owners`, (mark) => ({ owner_id: mark }));
  }

  private async makeDeal(): Promise<void> {
    await this.once('deal', '/v1/deals', (mark) => ({ name: mark, owner_id: 'owner-1' }));
  }

  /** A POST with Idempotency-Key: however often it is sent, it is done once and has one answer. */
  private async once(
    kind: Edit['kind'],
    path: string,
    bodyOf: (mark: string) => object,
  ): Promise<void> {
    const edit = this.newEdit(kind);
    const request = { method: 'POST', idempotencyKey: edit.mark, body: bodyOf(edit.mark) } as const;
    const first = await this.client.insist<Deal>(path, request);
    const done = first.status === 200 || first.status === 201;
    this.report.expect(
      done,
      'answer',
      () => `${path}: ${first.status} ${JSON.stringify(first.body).slice(0, 300)}`,
    );
    if (!done) return;
    edit.acknowledged = true;
    this.named.add(first.body.id);
    if (kind === 'deal') this.deals.push(first.body.id);
    if (!this.random.chance(0.2)) return;
    const second = await this.client.insist<Deal>(path, request);
    this.report.expect(
      JSON.stringify(second.body) === JSON.stringify(first.body),
      'twice',
      () => `${path}: the repeat of ${edit.mark} got another answer`,
    );
  }

  /** A change of a version that was read before. After a lost answer `stale_version` may mean that it was made. */
  private async versioned(
    kind: Edit['kind'],
    method: 'PATCH' | 'PUT',
    dealPath: string,
    path: string,
    bodyOf: (mark: string) => object,
  ): Promise<void> {
    const { status, body } = await this.client.insist<Deal>(dealPath, {});
    this.report.expect(status === 200, 'lost', () => `${dealPath}: ${status} for a known deal`);
    if (status !== 200) return;
    const edit = this.newEdit(kind);
    const change = { version: body.version, ...bodyOf(edit.mark) };
    const answer = await this.client.insist<{ code?: string }>(path, { method, body: change });
    edit.acknowledged = answer.status === 200;
    this.report.expect(
      edit.acknowledged || answer.body.code === 'stale_version',
      'answer',
      () => `${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
    );
  }

  private newEdit(kind: Edit['kind']): Edit {
    this.marks += 1;
    const edit: Edit = { kind, mark: `${kind}-${this.marks}`, acknowledged: false };
    this.edits.push(edit);
    return edit;
  }

  /** Somebody looks at the board; GraphQL must be as clear as REST about what is away. */
  private async look(): Promise<void> {
    if (this.random.chance(0.5)) {
      await this.client.insist('/v1/deals?limit=20', {});
      return;
    }
    const body = { query: '{ deals(first: 5) { nodes { id stage version } } }' };
    const reply = await this.client.attempt('/graphql', { body });
    if (reply === null) return;
    const { errors = [] } = JSON.parse(reply.text) as {
      errors?: { message: string; extensions?: { code?: string } }[];
    };
    this.report.expect(
      errors.every(({ extensions }) => extensions?.code === 'temporarily_unavailable'),
      'answer',
      () => `/graphql: ${reply.status} ${reply.text.slice(0, 300)}`,
    );
  }
}
