import type { SimulatedObject } from './objects.ts';

const COMPANY = {
  fields: {
    name: 'TEXT',
    makId: 'TEXT',
    status: ['APPLIED', 'ACTIVE', 'SUSPENDED'],
    grade: 'TEXT',
    city: 'TEXT',
    niche: 'TEXT',
  },
  relations: {},
} as const;

/** Objects of the trade in leads. */
export const MARKET_OBJECTS: readonly SimulatedObject[] = [
  { singular: 'makPartner', plural: 'makPartners', ...COMPANY },
  { singular: 'makFranchisee', plural: 'makFranchisees', ...COMPANY },
  {
    singular: 'makLead',
    plural: 'makLeads',
    fields: {
      name: 'TEXT',
      makId: 'TEXT',
      status: [
        ...['NEW', 'FROM_PARTNER', 'IN_WORK', 'ON_AUCTION', 'SOLD'],
        ...['UNSOLD', 'RETURNED', 'CONVERTED', 'REJECTED'],
      ],
      statusName: 'TEXT',
      source: ['PARTNER', 'LEAD_GENERATION', 'COLD_BASE', 'EXTERNAL', 'BOUGHT_BASE'],
      phones: 'PHONES',
      emails: 'EMAILS',
      city: 'TEXT',
      niche: 'TEXT',
      amount: 'CURRENCY',
      comments: 'TEXT',
    },
    relations: {
      owner: 'workspaceMember',
      partner: 'makPartner',
      franchisee: 'makFranchisee',
      masterDeal: 'masterDeal',
    },
  },
  {
    singular: 'makLeadAuction',
    plural: 'makLeadAuctions',
    fields: {
      name: 'TEXT',
      makId: 'TEXT',
      kind: ['ASCENDING', 'SEALED', 'DESCENDING'],
      status: ['PLANNED', 'OPEN', 'SOLD', 'UNSOLD', 'CANCELLED'],
      startPrice: 'CURRENCY',
      currentPrice: 'CURRENCY',
      buyNowPrice: 'CURRENCY',
      startsAt: 'DATE_TIME',
      endsAt: 'DATE_TIME',
    },
    relations: { lead: 'makLead', winner: 'makFranchisee' },
  },
  {
    singular: 'makBid',
    plural: 'makBids',
    fields: {
      name: 'TEXT',
      makId: 'TEXT',
      amount: 'CURRENCY',
      sequence: 'NUMBER',
      placedAt: 'DATE_TIME',
      status: ['LEADING', 'OUTBID', 'WON'],
    },
    relations: { auction: 'makLeadAuction', franchisee: 'makFranchisee' },
  },
];
