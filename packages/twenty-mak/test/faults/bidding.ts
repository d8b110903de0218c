import type { Random } from '../../src/simulator/random.ts';
import type { Answer, Client } from './client.ts';
import type { Report } from './report.ts';

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

/** A lot that was put on auction. */
export interface OpenLot {
  readonly id: string;
  readonly endsAt: number;
  readonly stays: boolean;
}

interface LotView {
  readonly kind: string;
  readonly minimum_bid: number | null;
  readonly buy_now: number | null;
}

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

/** Bids, and what was said to them. */
export class Bidding {
  readonly bids: SentBid[] = [];
  readonly answers: Record<string, number> = {};
  private readonly client: Client;
  private readonly random: Random;
  private readonly report: Report;
  private readonly bidders: readonly string[];
  private fresh: SentBid[] = [];

  constructor(client: Client, random: Random, report: Report, bidders: readonly string[]) {
    this.client = client;
    this.random = random;
    this.report = report;
    this.bidders = bidders;
  }

  /** Bids that were accepted since the last call. */
  takeFresh(): SentBid[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }

  /** One bid on one of these lots: mostly on those that run, now and then on those that stay open or have just ended. */
  async bidOn(all: readonly OpenLot[]): Promise<void> {
    const { random } = this;
    const now = Date.now();
    const which = random.next();
    const lots = all.filter(({ endsAt, stays }) =>
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
    const bid: SentBid = {
      lotId,
      bidderId: random.pick(this.bidders),
      key: `bid-${this.bids.length + 1}`,
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
}

/** What an answer says; a refusal by its code. */
function said({ status, body }: Answer<{ code?: string }>): string {
  return status === 200 ? JSON.stringify(body) : `${status} ${body.code ?? ''}`;
}
