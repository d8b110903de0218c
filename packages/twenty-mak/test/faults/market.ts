import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/simulator/random.ts';
import { Bidding } from './bidding.ts';
import type { OpenLot } from './bidding.ts';
import type { Client } from './client.ts';
import { lotDraft } from './lot-drafts.ts';
import type { LotDraft } from './lot-drafts.ts';
import type { Report } from './report.ts';
import { Returning } from './returning.ts';
import type { Companies } from './tenant.ts';

interface Payment {
  readonly companyId: string;
  readonly amount: number;
  acknowledged: boolean;
}

const BIDDERS = 4;
/** Lots that end during the run, open at the same time. */
const AT_ONCE = 6;
const HOUR = 3_600_000;

/** A seller, bidders, buyers who give leads back and somebody who records payments: they go on without end and remember what was acknowledged. */
export class Market {
  readonly bidding: Bidding;
  readonly returning: Returning;
  /** By reference. */
  readonly payments = new Map<string, Payment>();
  /** Ids of the lots whose making was acknowledged. */
  readonly lots = new Set<string>();
  private readonly client: Client;
  private readonly random: Random;
  private readonly report: Report;
  private readonly companies: Companies;
  private readonly open: OpenLot[] = [];
  private working: Promise<void>[] = [];
  private stopped = false;
  private marks = 0;

  constructor(client: Client, random: Random, report: Report, companies: Companies) {
    this.client = client;
    this.random = random;
    this.report = report;
    this.companies = companies;
    const { bidders, partner } = companies;
    const ids = bidders.map(({ id }) => id);
    this.bidding = new Bidding(client, random, report, [...ids, partner]);
    this.returning = new Returning(client, random, report, bidders);
  }

  /** Begins when everybody has money and the lots are there that stay open to the end. */
  async start(): Promise<void> {
    for (const { id } of this.companies.bidders) await this.pay(id, 500_000);
    for (const kind of ['ascending', 'sealed', 'descending'] as const)
      await this.offer(lotDraft(this.random, kind, HOUR));
    const many = (count: number, act: () => Promise<void>, pause: number): Promise<void>[] =>
      Array.from({ length: count }, () => this.repeatedly(act, pause));
    this.working = [
      ...many(BIDDERS, () => this.bidding.bidOn(this.open), 60),
      ...many(1, () => this.sell(), 500),
      ...many(1, () => this.returning.think(), 400),
      ...many(1, () => this.payAgain(), 1_500),
    ];
  }

  /** Lets everybody finish what they are doing. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  private async repeatedly(act: () => Promise<void>, pause: number): Promise<void> {
    while (!this.stopped) {
      await act();
      await sleep(this.random.int(5, pause));
    }
  }

  private async sell(): Promise<void> {
    const { random } = this;
    const now = Date.now();
    const running = this.open.filter(({ endsAt, stays }) => !stays && endsAt > now);
    if (running.length >= AT_ONCE) return;
    const kind = random.weighted([
      ['ascending', 3],
      ['sealed', 2],
      ['descending', 1],
    ] as const);
    await this.offer(lotDraft(random, kind, random.int(1_500, 6_000)));
  }

  /** Enters leads and puts them on auction. A lot whose making took so long that its end had come is none. */
  private async offer({ lasts, opensIn, terms }: LotDraft): Promise<void> {
    const { random } = this;
    const partnerId = random.chance(0.3) ? this.companies.partner : null;
    const leads: string[] = [];
    for (let more = random.chance(0.3) ? random.int(2, 4) : 1; more > 0; more -= 1) {
      const mark = this.mark('lead');
      const { status, body } = await this.client.insist<{ lead: { id: string } }>('/v1/leads', {
        idempotencyKey: mark,
        body: {
          name: `Person ${mark}`,
          emails: [`${mark}@leads.example`],
          consent: { answer: 'given', evidence: 'form' },
          ...(partnerId === null ? {} : { partner_id: partnerId }),
        },
      });
      if (!this.wasMade('/v1/leads', status, body)) return;
      leads.push(body.lead.id);
    }
    const begins = Date.now() + opensIn;
    const endsAt = begins + lasts;
    const at = (time: number): string => new Date(time).toISOString();
    const { status, body } = await this.client.insist<{ id: string; code?: string }>('/v1/lots', {
      idempotencyKey: this.mark('lot'),
      body: {
        ...terms,
        lead_ids: leads,
        ends_at: at(endsAt),
        ...(opensIn > 0 ? { opens_at: at(begins) } : {}),
      },
    });
    if (body.code === 'duration_invalid' && Date.now() >= endsAt) return;
    if (!this.wasMade('/v1/lots', status, body)) return;
    this.lots.add(body.id);
    this.open.push({ id: body.id, endsAt, stays: lasts === HOUR });
    if (this.open.length > AT_ONCE * 3)
      this.open.splice(
        this.open.findIndex(({ stays }) => !stays),
        1,
      );
  }

  private wasMade(path: string, status: number, body: object): boolean {
    this.report.expect(
      status === 201,
      'answer',
      () => `${path}: ${status} ${JSON.stringify(body).slice(0, 300)}`,
    );
    return status === 201;
  }

  private async payAgain(): Promise<void> {
    await this.pay(this.random.pick(this.companies.bidders).id, this.random.int(1, 100) * 1_000);
  }

  /** Records money that has come in; now and then the bank says it twice. */
  private async pay(companyId: string, amount: number): Promise<void> {
    const reference = this.mark('payment');
    const payment: Payment = { companyId, amount, acknowledged: false };
    this.payments.set(reference, payment);
    const path = '/v1/wallet/top-ups';
    const body = { account_id: companyId, amount, reference };
    for (let times = this.random.chance(0.3) ? 2 : 1; times > 0; times -= 1) {
      const answer = await this.client.insist<object>(path, { body });
      payment.acknowledged = answer.status === 200;
      this.report.expect(
        payment.acknowledged,
        'answer',
        () => `${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`,
      );
    }
  }

  private mark(kind: string): string {
    this.marks += 1;
    return `${kind}-${this.marks}`;
  }
}
