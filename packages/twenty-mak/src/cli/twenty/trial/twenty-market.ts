import { z } from 'zod';
import type { TwentyClient } from '../twenty-client.ts';
import { instant } from './facts.ts';
import { moneyOf } from './market-facts.ts';
import type { MarketFacts, RecordFacts } from './market-facts.ts';

const text = z.string().nullish();
const money = z
  .object({ amountMicros: z.number().nullish(), currencyCode: z.string().nullish() })
  .nullish();
const ofMak = z.object({ makId: z.string().nullish() }).nullish();
const companySchema = z.object({
  ...{ id: z.string(), makId: text, name: text, status: text, grade: text },
  ...{ city: text, niche: text },
});
const leadSchema = z.object({
  ...{ id: z.string(), makId: text, name: text, status: text, statusName: text, source: text },
  ...{ city: text, niche: text, amount: money, partner: ofMak, franchisee: ofMak },
  comments: text,
  phones: z.object({ primaryPhoneNumber: text }).nullish(),
  emails: z.object({ primaryEmail: text }).nullish(),
});
const lotSchema = z.object({
  ...{ id: z.string(), makId: text, kind: text, status: text, lead: ofMak, winner: ofMak },
  ...{ startPrice: money, currentPrice: money, buyNowPrice: money, startsAt: text, endsAt: text },
});
const bidSchema = z.object({
  ...{ makId: text, auction: ofMak, franchisee: ofMak, amount: money, placedAt: text },
  ...{ sequence: z.number().nullish(), status: text },
});

const MONEY = '{ amountMicros currencyCode }';
const COMPANY = 'id makId name status grade city niche';
const LEAD = `id makId name status statusName source city niche amount ${MONEY} partner { makId } franchisee { makId }
  comments phones { primaryPhoneNumber } emails { primaryEmail }`;
const LOT = `id makId kind status lead { makId } winner { makId } startPrice ${MONEY} currentPrice ${MONEY}
  buyNowPrice ${MONEY} startsAt endsAt`;
const BID = `makId auction { makId } franchisee { makId } amount ${MONEY} placedAt sequence status`;

/** The trade in leads in a workspace of twenty, as its people see it. */
export class TwentyMarket {
  private readonly client: TwentyClient;
  /** Begins the name of every company and lead of the trial. */
  private readonly mark: string;

  constructor(client: TwentyClient, mark: string) {
    this.client = client;
    this.mark = mark;
  }

  /** Companies, leads, lots and bids of the trial. */
  async facts(): Promise<MarketFacts> {
    const facts = new Map<string, RecordFacts>();
    const named = { name: { like: `${this.mark}%` } };
    for (const [kind, plural, type] of [
      ['partner', 'makPartners', 'MakPartner'],
      ['franchisee', 'makFranchisees', 'MakFranchisee'],
    ] as const)
      for (const company of await this.all(plural, type, COMPANY, companySchema, named))
        facts.set(`${kind} ${company.makId}`, companyFacts(company));
    const leads = await this.all('makLeads', 'MakLead', LEAD, leadSchema, named);
    for (const lead of leads) facts.set(`lead ${lead.makId}`, leadFacts(lead));
    // twenty refuses a list of nothing.
    if (leads.length === 0) return facts;
    const lots = await this.all('makLeadAuctions', 'MakLeadAuction', LOT, lotSchema, {
      leadId: { in: leads.map(({ id }) => id) },
    });
    for (const lot of lots) facts.set(`lot ${lot.makId}`, lotFacts(lot));
    if (lots.length === 0) return facts;
    const bids = await this.all('makBids', 'MakBid', BID, bidSchema, {
      auctionId: { in: lots.map(({ id }) => id) },
    });
    for (const bid of bids) facts.set(`bid ${bid.makId}`, bidFacts(bid));
    return facts;
  }

  /** Writes over a lead, as a program can that has a key of the workspace. */
  async overwriteLead(makId: string, city: string): Promise<void> {
    await this.client.records(
      `mutation Edit($filter: MakLeadFilterInput!, $data: MakLeadUpdateInput!) {
         updateMakLeads(filter: $filter, data: $data) { id } }`,
      { filter: { makId: { eq: makId } }, data: { city } },
      z.unknown(),
    );
  }

  /** The trial has fewer of each than a page takes. */
  private async all<Node>(
    plural: string,
    type: string,
    fields: string,
    schema: z.ZodType<Node>,
    filter: object,
  ): Promise<readonly Node[]> {
    const { found } = await this.client.records(
      `query All($filter: ${type}FilterInput) { found: ${plural}(filter: $filter, first: 200) { edges { node { ${fields} } } } }`,
      { filter },
      z.object({ found: z.object({ edges: z.array(z.object({ node: schema })) }) }),
    );
    return found.edges.map(({ node }) => node);
  }
}

function companyFacts(company: z.output<typeof companySchema>): RecordFacts {
  const { name = null, status = null, grade = null, city = null, niche = null } = company;
  return { name, status, grade, city, niche };
}

function leadFacts(lead: z.output<typeof leadSchema>): RecordFacts {
  const { comments, phones, emails } = lead;
  const told = [comments, phones?.primaryPhoneNumber, emails?.primaryEmail];
  return {
    'who it is': told.filter(Boolean).join(' ') || null,
    name: lead.name ?? null,
    status: lead.status ?? null,
    'status name': lead.statusName ?? null,
    source: lead.source ?? null,
    city: lead.city ?? null,
    niche: lead.niche ?? null,
    amount: moneyIn(lead.amount),
    partner: lead.partner?.makId ?? null,
    franchisee: lead.franchisee?.makId ?? null,
  };
}

function lotFacts(lot: z.output<typeof lotSchema>): RecordFacts {
  return {
    lead: lot.lead?.makId ?? null,
    kind: lot.kind ?? null,
    status: lot.status ?? null,
    start: moneyIn(lot.startPrice),
    price: moneyIn(lot.currentPrice),
    'buy now': moneyIn(lot.buyNowPrice),
    starts: instant(lot.startsAt),
    ends: instant(lot.endsAt),
    winner: lot.winner?.makId ?? null,
  };
}

function bidFacts(bid: z.output<typeof bidSchema>): RecordFacts {
  return {
    lot: bid.auction?.makId ?? null,
    franchisee: bid.franchisee?.makId ?? null,
    number: bid.sequence ?? null,
    placed: instant(bid.placedAt),
    amount: moneyIn(bid.amount),
    status: bid.status ?? null,
  };
}

function moneyIn(amount: z.output<typeof money>): string | null {
  const micros = amount?.amountMicros ?? null;
  return moneyOf(micros === null ? null : micros / 10_000, amount?.currencyCode ?? null);
}
