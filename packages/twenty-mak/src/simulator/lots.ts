import { DAY, HOUR, MINUTE } from 'twenty-mak-domain';
import type { LeadWish } from './leads.ts';
import type { OutsiderKey } from './outsiders.ts';

/** A bid, in minor units. */
export type PlannedBid = readonly [bidder: OutsiderKey, amount: number];

/** A lot of the plan: what it offers, on which terms, and who bids. */
export interface PlannedLot {
  readonly leads: readonly LeadWish[];
  /** Kind and prices, in the words of the API. */
  readonly terms: Readonly<Record<string, unknown>>;
  /** Milliseconds from now; left out: at once. */
  readonly opensIn?: number;
  readonly endsIn: number;
  readonly bids: readonly PlannedBid[];
  /** Its seller takes it back. */
  readonly isWithdrawn?: true;
}

/** What a buyer wants to give back; without a verdict it waits for an arbiter. */
export interface PlannedReturn {
  readonly lead: string;
  readonly buyer: OutsiderKey;
  readonly reason: string;
  readonly comment: string;
  readonly verdict?: 'accepted' | 'rejected';
  readonly note?: string;
}

/** So soon do lots end that are over when people look at them; long enough to bid on them. */
const AT_ONCE = 6_000;
const SNIPING = { window_seconds: 60, extension_seconds: 120, times: 5 };

/** Lots that are over: sold in every way, and not sold. Those that end by themselves come first. */
const OVER: readonly PlannedLot[] = [
  {
    leads: [{ key: 'sealed-sale', city: 'kyiv', niche: 'construction', partner: 'partner2' }],
    terms: { kind: 'sealed', reserve: 4_000 },
    endsIn: AT_ONCE,
    bids: [
      ['franchisee2', 7_500],
      ['franchisee', 9_000],
    ],
  },
  {
    // Nobody works in this city, so that it goes back to the head office.
    leads: [{ key: 'unwanted', city: 'kharkiv', niche: 'education' }],
    terms: { kind: 'ascending', start: 3_000, step: 500 },
    endsIn: AT_ONCE,
    bids: [],
  },
  {
    leads: [{ key: 'too-cheap', city: 'dnipro', niche: 'auto', partner: 'partner2' }],
    terms: { kind: 'ascending', start: 2_000, step: 500, reserve: 8_000 },
    endsIn: AT_ONCE,
    bids: [['franchisee2', 2_500]],
  },
  {
    leads: [{ key: 'bought-now', city: 'lviv', niche: 'retail', partner: 'partner' }],
    terms: { kind: 'ascending', start: 4_000, step: 500, buy_now: 12_000 },
    endsIn: DAY,
    bids: [
      ['franchisee3', 4_500],
      ['franchisee', 5_500],
      ['franchisee3', 7_000],
      ['franchisee', 12_000],
    ],
  },
  {
    leads: [{ key: 'wrong-number', city: 'odesa', niche: 'services', partner: 'partner' }],
    terms: { kind: 'descending', start: 9_000, step: 500, floor: 3_000, interval_seconds: 1_800 },
    endsIn: DAY,
    bids: [['franchisee', 9_000]],
  },
  {
    leads: [{ key: 'known-already', city: 'kyiv', niche: 'health', partner: 'partner' }],
    terms: { kind: 'ascending', start: 3_500, step: 500, buy_now: 8_000 },
    endsIn: DAY,
    bids: [
      ['franchisee', 4_000],
      ['franchisee3', 8_000],
    ],
  },
  {
    leads: [{ key: 'becomes-deal', city: 'kyiv', niche: 'services' }],
    terms: { kind: 'descending', start: 11_000, step: 500, floor: 5_000, interval_seconds: 3_600 },
    endsIn: DAY,
    bids: [['franchisee2', 11_000]],
  },
  {
    leads: [{ key: 'becomes-deal-too', city: 'dnipro', niche: 'retail', partner: 'partner' }],
    terms: { kind: 'descending', start: 10_000, step: 500, floor: 5_000, interval_seconds: 3_600 },
    endsIn: DAY,
    bids: [['franchisee', 10_000]],
  },
  {
    leads: [{ key: 'taken-back', city: 'vinnytsia', niche: 'health' }],
    terms: { kind: 'sealed', reserve: 3_000 },
    endsIn: DAY,
    bids: [],
    isWithdrawn: true,
  },
];

/** Lots that people find running, from minutes to days before their end, and one that opens later. */
const RUNNING: readonly PlannedLot[] = [
  {
    leads: [{ key: 'ends-soon', city: 'kyiv', niche: 'retail', partner: 'partner' }],
    terms: {
      kind: 'ascending',
      start: 4_000,
      step: 500,
      reserve: 6_000,
      buy_now: 20_000,
      anti_sniping: SNIPING,
    },
    endsIn: 25 * MINUTE,
    bids: [
      ['franchisee3', 4_000],
      ['franchisee2', 5_000],
      ['franchisee', 6_500],
      ['franchisee2', 7_500],
    ],
  },
  {
    leads: [{ key: 'leading', city: 'lviv', niche: 'education' }],
    terms: { kind: 'ascending', start: 3_000, step: 500, anti_sniping: SNIPING },
    endsIn: 3 * HOUR,
    bids: [
      ['franchisee', 3_000],
      ['franchisee3', 4_000],
      ['franchisee', 5_500],
    ],
  },
  {
    leads: [{ key: 'secret', city: 'kyiv', niche: 'auto', partner: 'partner2' }],
    terms: { kind: 'sealed', reserve: 5_000 },
    endsIn: 6 * HOUR,
    bids: [
      ['franchisee3', 6_200],
      ['franchisee', 8_000],
    ],
  },
  {
    leads: [{ key: 'falling', city: 'odesa', niche: 'construction', partner: 'partner' }],
    terms: { kind: 'descending', start: 15_000, step: 500, floor: 4_000, interval_seconds: 900 },
    endsIn: 8 * HOUR,
    bids: [],
  },
  {
    leads: [{ key: 'falls-slowly', city: 'kyiv', niche: 'health' }],
    terms: {
      kind: 'descending',
      start: 18_000,
      step: 1_000,
      floor: 6_000,
      interval_seconds: 7_200,
    },
    endsIn: DAY,
    bids: [],
  },
  {
    leads: [
      { key: 'batch-1', city: 'kyiv', niche: 'services' },
      { key: 'batch-2', city: 'kyiv', niche: 'services' },
      { key: 'batch-3', city: 'odesa', niche: 'retail' },
    ],
    terms: { kind: 'ascending', start: 9_000, step: 1_000 },
    endsIn: 2 * DAY,
    bids: [
      ['franchisee2', 9_000],
      ['franchisee', 11_000],
      ['franchisee2', 13_000],
    ],
  },
  {
    leads: [{ key: 'no-bid-yet', city: 'lviv', niche: 'health', partner: 'partner' }],
    terms: { kind: 'sealed', reserve: 3_500 },
    endsIn: 4 * DAY,
    bids: [],
  },
  {
    leads: [{ key: 'opens-later', city: 'dnipro', niche: 'construction' }],
    terms: { kind: 'ascending', start: 5_000, step: 500, buy_now: 16_000 },
    opensIn: 2 * HOUR,
    endsIn: 3 * DAY,
    bids: [],
  },
];

export const LOTS: readonly PlannedLot[] = [...OVER, ...RUNNING];

export const RETURNS: readonly PlannedReturn[] = [
  {
    lead: 'wrong-number',
    buyer: 'franchisee',
    reason: 'wrong_contact',
    comment: 'За цим номером відповідає інша людина, про заявку вона не знає.',
  },
  {
    lead: 'known-already',
    buyer: 'franchisee3',
    reason: 'duplicate',
    comment: 'This person has been our client since spring.',
    verdict: 'accepted',
    note: 'The contract that you sent shows it. The money is back in your wallet.',
  },
];

/** Bought leads that have become deals of their buyers. */
export const CONVERSIONS: readonly { readonly lead: string; readonly deal: string }[] = [
  { lead: 'becomes-deal', deal: 'Сервисный центр: наружная реклама' },
  { lead: 'becomes-deal-too', deal: 'Мережа магазинів: сезонний розпродаж' },
];

/** Segments that the whole head office sees. */
export const SEGMENTS: readonly { readonly name: string; readonly filter: object }[] = [
  {
    name: 'Fresh from partners',
    filter: {
      all: [
        { field: 'source', is: ['partner'] },
        { field: 'created_at', lastDays: 14 },
      ],
    },
  },
  {
    name: 'Large and untouched',
    filter: {
      all: [
        { field: 'kind', is: ['new'] },
        { field: 'amount', from: 600_000 },
      ],
    },
  },
  {
    name: 'To call, with consent',
    filter: {
      all: [
        { field: 'handling', is: ['call'] },
        { field: 'consent', is: ['given'] },
      ],
    },
  },
];

/** Leads that the lots offer. */
export const OFFERED: readonly LeadWish[] = LOTS.flatMap(({ leads }) => leads);
