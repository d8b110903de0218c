import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react/macro';

/** Kinds of records in words. */
const KINDS: Readonly<Record<string, MessageDescriptor>> = {
  article: msg`Articles`,
  bid: msg`Bids`,
  company: msg`Companies`,
  contact: msg`Contacts`,
  deal: msg`Deals`,
  franchisee: msg`Franchisees`,
  lead: msg`Leads`,
  lead_auction: msg`Lead auctions`,
  note: msg`Notes`,
  office_lead: msg`Leads with contacts`,
  opportunity: msg`Opportunities`,
  order: msg`Orders`,
  partner: msg`Partners`,
  person: msg`People`,
  pipeline: msg`Pipelines`,
  sla_run: msg`SLA runs`,
  stage: msg`Stages`,
  task: msg`Tasks`,
};

/** One record of a kind. */
const ONE: Readonly<Record<string, MessageDescriptor>> = {
  article: msg`Article`,
  bid: msg({ message: 'Bid', context: 'an offer' }),
  company: msg`Company`,
  contact: msg`Contact`,
  deal: msg`Deal`,
  franchisee: msg`Franchisee`,
  lead: msg`Lead`,
  lead_auction: msg`Lead auction`,
  note: msg`Note`,
  office_lead: msg`Lead with its contact`,
  opportunity: msg`Opportunity`,
  order: msg({ message: 'Order', context: 'what a client buys' }),
  partner: msg`Partner`,
  person: msg`Person`,
  pipeline: msg`Pipeline`,
  sla_run: msg`SLA run`,
  stage: msg`Stage`,
  task: msg`Task`,
};

/** Fields of records in words; one name means the same in every kind. */
const FIELDS: Readonly<Record<string, MessageDescriptor>> = {
  accountable: msg`Accountable`,
  acknowledged_at: msg`Acknowledged`,
  amount: msg`Amount`,
  archived: msg`Archived`,
  assignee: msg`Assignee`,
  auction: msg`Lead auction`,
  body: msg`Text`,
  business_stage: msg`Business stage`,
  buy_now_price: msg`Buy-now price`,
  buyer: msg`Buyer`,
  city: msg`City`,
  client: msg`Client`,
  closed_at: msg`Closed`,
  comment: msg`Comment`,
  company: msg`Company`,
  contact: msg`Contact`,
  currency: msg`Currency`,
  current_price: msg`Current price`,
  deal: msg`Deal`,
  discount: msg`Discount`,
  domain: msg`Internet domain`,
  due_at: msg`Due`,
  email: msg`E-mail`,
  emails: msg`E-mail addresses`,
  ends_at: msg`End of bidding`,
  franchisee: msg`Franchisee`,
  gates: msg`Gates`,
  grade: msg`Grade`,
  handling: msg`Handling`,
  is_archived: msg`Archived`,
  is_default: msg`Default`,
  kind: msg`Kind`,
  lead: msg`Lead`,
  lines: msg`Lines`,
  missing_gates: msg`Missing gates`,
  name: msg`Name`,
  niche: msg`Niche`,
  opened_at: msg`Opened`,
  opportunity: msg`Opportunity`,
  ordered_at: msg`Ordered`,
  outcome: msg`Outcome`,
  owner: msg`Owner`,
  partner: msg`Partner`,
  payments: msg`Payments`,
  person: msg`Person`,
  phone: msg`Phone`,
  phones: msg`Phone numbers`,
  pipeline: msg`Pipeline`,
  placed_at: msg`Time of the bid`,
  position: msg`Position`,
  price: msg`Price`,
  purchase_price: msg`Purchase price`,
  rank: msg`Rank`,
  sequence: msg`Number of the bid`,
  shipping_price: msg`Price of shipping`,
  sla_due_at: msg`SLA due`,
  sla_state: msg`SLA state`,
  source: msg`Source`,
  stage: msg`Stage`,
  stage_started_at: msg`In the stage since`,
  start_price: msg`Start price`,
  starts_at: msg`Start of bidding`,
  status: msg`Status`,
  status_name: msg`Name of the status`,
  segments: msg`Segments`,
  stocks: msg`Stocks`,
  title: msg`Title`,
  tracking_code: msg`Tracking code`,
  version: msg`Version`,
  winner: msg`Winner`,
};

interface RecordTexts {
  /** Records of a kind. */
  readonly kind: (name: string) => string;
  readonly one: (name: string) => string;
  readonly field: (name: string) => string;
}

/** Names of kinds and fields in the person's language; one that we have no word for stands as it is. */
export function useRecordTexts(): RecordTexts {
  const { i18n } = useLingui();
  const textOf =
    (texts: Readonly<Record<string, MessageDescriptor>>) =>
    (name: string): string => {
      const known = texts[name];
      return known === undefined ? name : i18n._(known);
    };
  return { kind: textOf(KINDS), one: textOf(ONE), field: textOf(FIELDS) };
}
