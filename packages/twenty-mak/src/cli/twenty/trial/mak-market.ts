import { randomUUID } from 'node:crypto';
import { formatInstant } from 'twenty-mak-domain';
import type { HttpApi } from '../../../simulator/index.ts';
import { instant } from './facts.ts';
import { moneyOf } from './market-facts.ts';
import type { MarketFacts, RecordFacts } from './market-facts.ts';

interface Items<Item> {
  readonly items: readonly Item[];
}
interface Company {
  readonly account_id: string;
  readonly kind: string;
  readonly status: 'invited' | 'active' | 'deactivated';
  readonly company_name: string;
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly grade: string | null;
  readonly version: number;
}
interface Lead {
  readonly id: string;
  readonly title: string | null;
  readonly status: string;
  readonly kind: string;
  readonly city: string | null;
  readonly niche: string | null;
  readonly source: string;
  readonly amount: number | null;
  readonly currency: string | null;
  readonly partner_id: string | null;
  readonly buyer_id: string | null;
  readonly lot_id: string | null;
}
interface Lot {
  readonly id: string;
  readonly kind: string;
  readonly phase: string;
  readonly currency: string;
  readonly opens_at: string;
  readonly ends_at: string;
  readonly start: number | null;
  readonly price: number | null;
  readonly buy_now: number | null;
  readonly reserve: number | null;
  readonly outcome: {
    readonly kind: 'sold' | 'unsold' | 'withdrawn';
    readonly price: number | null;
    readonly winner_id: string | null;
  } | null;
}
interface Bid {
  readonly seq: number;
  readonly bidder_id: string | null;
  readonly amount: number;
  readonly at: string;
}
interface Choice {
  readonly key: string;
  readonly title: string;
}
interface Words {
  readonly cities: readonly Choice[];
  readonly niches: readonly Choice[];
  readonly statuses: readonly Choice[];
}

const COMPANY_STATUS = { invited: 'APPLIED', active: 'ACTIVE', deactivated: 'SUSPENDED' } as const;
const LEAD_STATUS = new Map([
  ['working', 'IN_WORK'],
  ['auction', 'ON_AUCTION'],
]);
const LOT_STATUS = { sold: 'SOLD', unsold: 'UNSOLD', withdrawn: 'CANCELLED' } as const;

/** Who a lead of the trial is. */
const PERSON = {
  name: 'Nobody Known',
  /** All but the last digit. */
  phone: '50111223',
  email: 'nobody@secret.example',
  comment: 'calls at night',
} as const;

/** The trade in leads of the company of the trial in MaK, as its head office does it. */
export class MakMarket {
  private readonly api: HttpApi;
  private readonly key: string;

  constructor(api: HttpApi, key: string) {
    this.api = api;
    this.key = key;
  }

  /** A company that works in Kyiv, of an account that is there; franchisees get money to bid with. */
  async openCompany(account: string, name: string, money: number): Promise<void> {
    const profile = { company_name: name, grade: 'gold', cities: ['kyiv'], niches: ['it'] };
    await this.send(`/v1/company?company_id=${account}`, { version: 0, ...profile }, 'PATCH');
    if (money === 0) return;
    const topUp = { account_id: account, amount: money, reference: randomUUID() };
    await this.send('/v1/wallet/top-ups', topUp);
  }

  /** `number` is one digit and makes it somebody else. Gives the id. */
  async enterLead(title: string, partner: string, number: number): Promise<string> {
    const { name, phone, email, comment } = PERSON;
    const { lead } = await this.send<{ lead: { id: string } }>('/v1/leads', {
      ...{ title, partner_id: partner, source: 'partner', city: 'kyiv', niche: 'it', comment },
      ...{ name: `${name} ${randomUUID()}`, phones: [`+380${phone}${number}`] },
      ...{ emails: [`${number}.${email}`], amount: 5_000 + number, currency: 'EUR' },
      consent: { answer: 'given', evidence: 'form' },
    });
    return lead.id;
  }

  /** `lasts` is in milliseconds. Gives the id. */
  async offer(lead: string, terms: object, lasts: number): Promise<string> {
    const ends_at = formatInstant(Date.now() + lasts);
    return (await this.send<{ id: string }>('/v1/lots', { ...terms, lead_ids: [lead], ends_at }))
      .id;
  }

  async bid(lot: string, bidder: string, amount: number): Promise<void> {
    await this.send(`/v1/lots/${lot}/bids`, { key: randomUUID(), amount, bidder_id: bidder });
  }

  /** What twenty is to show of companies, leads, lots and bids. */
  async facts(): Promise<MarketFacts> {
    const words = await this.read<Words>('/v1/leads/settings');
    const { items: companies } = await this.read<Items<Company>>('/v1/companies?limit=200');
    const { items: leads } = await this.read<Items<Lead>>('/v1/leads?limit=200');
    const facts = new Map<string, RecordFacts>();
    for (const company of companies)
      facts.set(`${company.kind} ${company.account_id}`, companyFacts(company, words));
    for (const lead of leads) {
      facts.set(`lead ${lead.id}`, leadFacts(lead, words));
      if (lead.lot_id !== null) await this.addLot(facts, lead.lot_id, lead.id);
    }
    return facts;
  }

  private async addLot(facts: Map<string, RecordFacts>, id: string, lead: string): Promise<void> {
    const lot = await this.read<Lot>(`/v1/lots/${id}`);
    const { items } = await this.read<Items<Bid>>(`/v1/lots/${id}/bids?limit=200`);
    facts.set(`lot ${id}`, lotFacts(lot, lead));
    const best = Math.max(...items.map(({ amount }) => amount));
    const first = lot.outcome === null ? 'LEADING' : 'WON';
    for (const bid of items)
      facts.set(`bid ${id}:${bid.seq}`, {
        ...{ lot: id, franchisee: bid.bidder_id, number: bid.seq, placed: instant(bid.at) },
        amount: moneyOf(bid.amount, lot.currency),
        status: bid.amount === best ? first : 'OUTBID',
      });
  }

  private read<Body>(path: string): Promise<Body> {
    return this.api.call<Body>(path, { key: this.key });
  }

  private send<Body = unknown>(
    path: string,
    body: object,
    method: 'POST' | 'PATCH' = 'POST',
  ): Promise<Body> {
    return this.api.call<Body>(path, { key: this.key, method, body });
  }
}

function companyFacts(company: Company, { cities, niches }: Words): RecordFacts {
  return {
    name: company.company_name,
    status: COMPANY_STATUS[company.status],
    grade: company.grade ?? '',
    city: company.cities.map((key) => titleIn(cities, key)).join(', '),
    niche: company.niches.map((key) => titleIn(niches, key)).join(', '),
  };
}

/** Who buys a lead sees a band of its amount, so twenty shows none once it is offered. Who it is stays in MaK. */
function leadFacts(lead: Lead, { cities, niches, statuses }: Words): RecordFacts {
  const isFromPartner = lead.kind === 'new' && lead.source === 'partner';
  const kind = LEAD_STATUS.get(lead.kind) ?? lead.kind.toUpperCase();
  return {
    'who it is': null,
    name: lead.title,
    status: isFromPartner ? 'FROM_PARTNER' : kind,
    'status name': titleIn(statuses, lead.status),
    source: lead.source.toUpperCase(),
    city: titleIn(cities, lead.city),
    niche: titleIn(niches, lead.niche),
    amount: lead.lot_id === null ? moneyOf(lead.amount, lead.currency) : null,
    partner: lead.partner_id,
    franchisee: lead.buyer_id,
  };
}

function lotFacts(lot: Lot, lead: string): RecordFacts {
  const { kind, phase, currency, outcome } = lot;
  const money = (amount: number | null): string | null => moneyOf(amount, currency);
  const running = phase === 'upcoming' ? 'PLANNED' : 'OPEN';
  return {
    lead,
    kind: kind.toUpperCase(),
    status: outcome === null ? running : LOT_STATUS[outcome.kind],
    start: money(kind === 'sealed' ? lot.reserve : lot.start),
    price: money(outcome?.price ?? lot.price),
    'buy now': money(lot.buy_now),
    starts: instant(lot.opens_at),
    ends: instant(lot.ends_at),
    winner: outcome?.winner_id ?? null,
  };
}

function titleIn(list: readonly Choice[], key: string | null): string | null {
  return list.find((choice) => choice.key === key)?.title ?? key;
}
