import { out } from './entity-fields.ts';
import type { TwentyEntity } from './entity-fields.ts';
import { choice, instant, member, money, plain, recordIfSynced, text } from './field-kinds.ts';

/** Who brings leads, and who buys them. */
const COMPANIES: readonly TwentyEntity[] = (
  [
    ['partner', 'makPartner', 'makPartners'],
    ['franchisee', 'makFranchisee', 'makFranchisees'],
  ] as const
).map(([name, singular, plural]) => ({
  name,
  singular,
  plural,
  createsInMak: false,
  unasked: true,
  // A sole trader is called like the person.
  personal: ['name'],
  fields: [
    out('name', 'name', text),
    out('status', 'status', choice),
    out('grade', 'grade', text),
    out('city', 'city', text),
    out('niche', 'niche', text),
  ],
}));

/** Without who it is: that stays in MaK, where each look at it is audited. */
const LEAD: TwentyEntity = {
  name: 'lead',
  singular: 'makLead',
  plural: 'makLeads',
  createsInMak: false,
  unasked: true,
  personal: ['name'],
  fields: [
    out('name', 'name', text),
    out('status', 'status', choice),
    out('status_name', 'statusName', text),
    out('source', 'source', choice),
    out('city', 'city', text),
    out('niche', 'niche', text),
    out('amount', 'amount', money),
    out('owner', 'owner', member),
    out('partner', 'partner', recordIfSynced('partner')),
    out('franchisee', 'franchisee', recordIfSynced('franchisee')),
    out('deal', 'masterDeal', recordIfSynced('deal')),
  ],
};

const LEAD_AUCTION: TwentyEntity = {
  name: 'lead_auction',
  singular: 'makLeadAuction',
  plural: 'makLeadAuctions',
  createsInMak: false,
  unasked: true,
  fields: [
    out('name', 'name', text),
    out('lead', 'lead', recordIfSynced('lead')),
    out('kind', 'kind', choice),
    out('status', 'status', choice),
    out('start_price', 'startPrice', money),
    out('current_price', 'currentPrice', money),
    out('buy_now_price', 'buyNowPrice', money),
    out('starts_at', 'startsAt', instant),
    out('ends_at', 'endsAt', instant),
    out('winner', 'winner', recordIfSynced('franchisee')),
  ],
};

/** Of sealed lots once they are secret no more. */
const BID: TwentyEntity = {
  name: 'bid',
  singular: 'makBid',
  plural: 'makBids',
  createsInMak: false,
  unasked: true,
  fields: [
    out('name', 'name', text),
    out('auction', 'auction', recordIfSynced('lead_auction')),
    out('franchisee', 'franchisee', recordIfSynced('franchisee')),
    out('amount', 'amount', money),
    out('sequence', 'sequence', plain),
    out('placed_at', 'placedAt', instant),
    out('status', 'status', choice),
  ],
};

/** The trade in leads, which is done in MaK: twenty shows it. */
export const MARKET_ENTITIES: readonly TwentyEntity[] = [...COMPANIES, LEAD, LEAD_AUCTION, BID];
