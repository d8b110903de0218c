import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/simulator/random.ts';
import type { Answer, Client } from './client.ts';
import { lotDraft } from './lot-drafts.ts';
import type { LotDraft } from './lot-drafts.ts';
import type { Report } from './report.ts';
import type { Companies } from './tenant.ts';

/** What the server says to a bid that counts. */
interface PlacedBid {
  readonly seq: number | null;
  readonly amount: number;
}

/** An offer of a bidder, under a key of its own. */
export interface SentBid {
  readonly lotId: string;
  readonly bidderId: string;
  readonly key: string;
  readonly amount: number;
  /** By the clock of the machine, which is that of PostgreSQL too. */
  readonly sentAt: number;
  /** By a clock that only goes forward, as is `answered`. */
  readonly sent: number;
  answered: number;
  /** The server said that it counts. */
  accepted: PlacedBid | null;
  /** Code of the refusal. Neither: it may count, once. */
  refused: string | null;
}

interface Payment {
  readonly companyId: string;
  readonly amount: number;
  acknowledged: boolean;
}

interface OpenLot {
  readonly id: string;
  readonly endsAt: number;
  readonly stays: boolean;
}

interface LotView {
  readonly phase: string;
  readonly kind: string;
  readonly minimum_bid: number | null;
  readonly buy_now: number | null;
  readonly own_amount: number | null;
}

const BIDDERS = 4;
/** Lots that end during the run, open at the same time. */
const AT_ONCE = 6;
const HOUR = 3_600_000;

/** Refusals that a bidder may meet who knows only how the lot was a moment ago. */
const FAIR = [
  'bid_not_higher',
  'bid_too_low',
  'insufficient_funds',
  'lot_closed',
  'lot_ended',
  'lot_not_open',
  'own_lot',
];

/** A seller, bidders and somebody who records payments: they go on without end and remember what was acknowledged. */
export class Market {
  readonly bids: SentBid[] = [];
  /** By reference. */
  readonly payments = new Map<string, Payment>();
  /** Ids of the lots whose making was acknowledged. */
  readonly lots = new Set<string>();
  readonly answers: Record<string, number> = {};
  private readonly client: Client;
  private readonly random: Random;
  private readonly report: Report;
  private readonly companies: Companies;
  private readonly open: OpenLot[] = [];
  private fresh: SentBid[] = [];
  private working: Promise<void>[] = [];
  private stopped = false;
  private marks = 0;

  constructor(client: Client, random: Random, report: Report, companies: Companies) {
    this.client = client;
    this.random = random;
    this.report = report;
    this.companies = companies;
  }

  /** Begins when everybody has money and the lots are there that stay open to the end. */
  async start(): Promise<void> {
    for (const id of this.companies.bidders) await this.pay(id, 500_000);
    for (const kind of ['ascending', 'sealed', 'descending'] as const)
      await this.offer(lotDraft(this.random, kind, HOUR));
    const many = (count: number, act: () => Promise<void>, pause: number): Promise<void>[] =>
      Array.from({ length: count }, () => this.repeatedly(act, pause));
    this.working = [
      ...many(BIDDERS, () => this.bid(), 60),
      ...many(1, () => this.sell(), 500),
      ...many(1, () => this.payAgain(), 1_500),
    ];
  }

  /** Lets everybody finish what they are doing. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  /** Bids that were accepted since the last call. */
  takeFresh(): SentBid[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
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

  private async bid(): Promise<void> {
    const { random } = this;
    const now = Date.now();
    // Mostly lots that run; some that stay open, and some that have just ended.
    const which = random.next();
    const lots = this.open.filter(({ endsAt, stays }) =>
      which < 0.15 ? stays : which < 0.9 ? !stays && endsAt > now : !stays,
    );
    if (lots.length === 0) return;
    const { id: lotId } = random.pick(lots);
    const path = `/v1/lots/${lotId}`;
    const { status, body } = await this.client.insist<LotView>(path, {});
    this.report.expect(status === 200, 'lost', () => `${path}: ${status} for a known lot`);
    if (status !== 200) return;
    const amount = this.amountFor(body);
    if (amount === null) return;
    const all = [...this.companies.bidders, this.companies.partner];
    const bid: SentBid = {
      lotId,
      bidderId: random.pick(all),
      key: this.mark('bid'),
      amount,
      sentAt: Date.now(),
      sent: performance.now(),
      answered: Number.POSITIVE_INFINITY,
      accepted: null,
      refused: null,
    };
    this.bids.push(bid);
    await this.send(bid);
  }

  /** A bit more than the least; now and then too little, or the price to buy at once. */
  private amountFor({ kind, minimum_bid: least, buy_now: buyNow }: LotView): number | null {
    const { random } = this;
    // Whoever comes too late bids all the same.
    if (least === null) return random.chance(0.3) ? random.int(1, 50) * 100 : null;
    if (kind === 'descending' && random.chance(0.85)) return null;
    if (random.chance(0.05)) return Math.max(least - 10, 1);
    if (kind === 'sealed') return least + random.int(0, 40) * 25;
    if (buyNow !== null && random.chance(0.05)) return buyNow;
    return least + (random.chance(0.4) ? random.int(1, 10) * 10 : 0);
  }

  private async send(bid: SentBid): Promise<void> {
    const { random, report } = this;
    const { lotId, bidderId, key, amount } = bid;
    const path = `/v1/lots/${lotId}/bids`;
    const request = { method: 'POST', body: { key, amount, bidder_id: bidderId } } as const;
    type Said = PlacedBid & { code?: string };
    const first = this.client.insist<Said>(path, request);
    // The same from two sides at once, to whichever api.
    const twin = random.chance(0.1) ? this.client.insist<Said>(path, request) : null;
    const answer = await first;
    bid.answered = performance.now();
    this.heard(bid, path, answer);
    const repeats = [
      ...(twin === null ? [] : [await twin]),
      ...(random.chance(0.2) ? [await this.client.insist<Said>(path, request)] : []),
    ];
    for (const repeat of repeats)
      report.expect(
        said(repeat) === said(answer),
        'twice',
        () => `bid ${key}: first ${said(answer)}, repeated ${said(repeat)}`,
      );
    if (!random.chance(0.03)) return;
    const other = { ...request, body: { ...request.body, amount: amount + 1 } };
    const { body } = await this.client.insist<Said>(path, other);
    report.expect(
      body.code === 'key_conflict',
      'twice',
      () => `bid ${key} with another amount: ${JSON.stringify(body)}`,
    );
  }

  private heard(
    bid: SentBid,
    path: string,
    { status, body }: Answer<PlacedBid & { code?: string }>,
  ): void {
    const { code = '' } = body;
    const isClear = status === 200 || FAIR.includes(code);
    const text = (): string => `${path}: ${status} ${JSON.stringify(body).slice(0, 300)}`;
    this.report.expect(isClear, 'answer', text);
    if (!isClear) return;
    const name = status === 200 ? 'accepted' : code;
    this.answers[name] = (this.answers[name] ?? 0) + 1;
    if (status !== 200) {
      bid.refused = code;
      return;
    }
    bid.accepted = { seq: body.seq, amount: body.amount };
    this.fresh.push(bid);
  }

  private async payAgain(): Promise<void> {
    await this.pay(this.random.pick(this.companies.bidders), this.random.int(1, 100) * 1_000);
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

/** What an answer says; a refusal by its code. */
function said({ status, body }: Answer<{ code?: string }>): string {
  return status === 200 ? JSON.stringify(body) : `${status} ${body.code ?? ''}`;
}
