import { DAY, HOUR } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { NAMES } from './names.ts';
import type { Locale } from './names.ts';
import { NICHES } from './outsiders.ts';
import type { Niche, OutsiderKey } from './outsiders.ts';
import { nameOf } from './people.ts';
import { hashOf, Random } from './random.ts';
import { duringDay } from './working-time.ts';

/** What a plan asks of a lead; the seed chooses the rest. */
export interface LeadWish {
  /** What the plan calls it. */
  readonly key: string;
  readonly city: string;
  readonly niche: Niche;
  /** Who brings it; left out: it came to the head office. */
  readonly partner?: OutsiderKey;
}

/** A lead in the words of the API, but for who is responsible and whose it is. */
export interface SimulatedLead {
  readonly key: string;
  /** When it is entered. */
  readonly at: Instant;
  readonly partner: OutsiderKey | null;
  readonly fields: LeadFields;
  /** What somebody makes of it at the next occasion; null: it waits. */
  readonly move: { readonly status: string; readonly reason?: string } | null;
}

interface LeadFields {
  readonly name: string;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly city: string;
  readonly niche: string;
  readonly legal_form: 'company' | 'sole_trader';
  readonly source: string;
  readonly handling: string;
  readonly amount: number;
  readonly currency: string;
  readonly score: number;
  readonly external_ref: { readonly system: string; readonly id: string };
  readonly comment?: string;
  readonly consent?: { readonly answer: 'given' | 'refused'; readonly evidence: string };
}

/** Leads besides those that the auction asks for. */
const OTHERS = 34;
const CITIES = ['kyiv', 'lviv', 'odesa', 'dnipro', 'kharkiv', 'vinnytsia', 'poltava'];
/** Moments at which leads come in, and how long before the present the first one is. */
const OCCASIONS = 12;
const FIRST = 40 * DAY;
const SOURCES = [
  ['lead_generation', 5],
  ['external', 3],
  ['cold_base', 2],
  ['bought_base', 2],
] as const;
const HANDLINGS = ['call', 'message', 'meeting'] as const;
const EVIDENCE: Readonly<Record<string, string>> = {
  lead_generation: 'Form of the landing page, version 3',
  external: 'Form of the platform, version 1',
  cold_base: 'Recorded call',
  bought_base: 'Contract of the seller of the base',
  partner: 'Form of the partner, version 2',
};

/**
 * Leads of a business, by the time at which they come in: those that are wished for, and others of all sources, some of
 * them twice. `now` and the seed decide everything.
 */
export function leadsOf(
  seed: string,
  now: Instant,
  wishes: readonly LeadWish[],
): readonly SimulatedLead[] {
  const wished = wishes.map((wish, index) => wishedLead(seed, now, wish, index));
  const others: SimulatedLead[] = [];
  for (let index = 0; index < OTHERS; index += 1) {
    const twin = others[index - 10];
    const lead = otherLead(seed, now, wishes.length + index);
    others.push(twin !== undefined && index % 8 === 2 ? again(lead, twin, index) : lead);
  }
  return [...wished, ...others].toSorted((left, right) => left.at - right.at);
}

function wishedLead(
  seed: string,
  now: Instant,
  { key, city, niche, partner }: LeadWish,
  number: number,
): SimulatedLead {
  const lead = leadOf(seed, now, number, partner ?? null);
  // Nobody shares a lead without consent; the auction takes it as it came in.
  const consent = { answer: 'given', evidence: EVIDENCE[lead.fields.source] ?? '' } as const;
  const fields = { ...lead.fields, city, niche, handling: 'auction', consent };
  return { ...lead, key, fields, move: null };
}

function otherLead(seed: string, now: Instant, number: number): SimulatedLead {
  const random = new Random(`${seed}/lead/${number}/fate`);
  const partner = random.weighted<OutsiderKey | null>([
    ['partner', 2],
    ['partner2', 1],
    [null, 5],
  ]);
  const lead = leadOf(seed, now, number, partner);
  const fate = random.next();
  const locale = localeOf(seed, number);
  if (fate < 0.35) return lead;
  if (fate < 0.8) return { ...lead, move: { status: 'in_work' } };
  const reason = random.pick(NAMES[locale].lossReasons);
  return { ...lead, move: { status: 'rejected', reason } };
}

/** The same person once more, from elsewhere: known by the number, by the address too, or by the name in the same city. */
function again(lead: SimulatedLead, { fields: twin }: SimulatedLead, index: number): SimulatedLead {
  const ways = [
    { phones: twin.phones },
    { phones: twin.phones, emails: twin.emails },
    { name: twin.name, city: twin.city },
  ];
  return { ...lead, fields: { ...lead.fields, ...ways[Math.floor(index / 8) % ways.length] } };
}

function leadOf(
  seed: string,
  now: Instant,
  number: number,
  partner: OutsiderKey | null,
): SimulatedLead {
  const random = new Random(`${seed}/lead/${number}`);
  const locale = localeOf(seed, number);
  const { name, mailbox } = nameOf(random, locale);
  const source = partner === null ? random.weighted(SOURCES) : 'partner';
  const answer = random.weighted([
    ['given', 6],
    ['refused', 1],
    [null, 3],
  ] as const);
  const amount = Math.round(random.logNormal(60, 2.2)) * 10_000;
  const key = `lead-${hashOf(seed).toString(36)}-${String(number).padStart(3, '0')}`;
  return {
    key,
    at: occasionOf(now, random.int(0, OCCASIONS - 1)),
    partner,
    move: null,
    fields: {
      name,
      // Numbers of the range for fiction: they belong to nobody.
      phones: [`+121255501${String(number).padStart(2, '0')}`],
      emails: random.chance(0.7) ? [`${mailbox}@lead-${number}.example`] : [],
      city: random.pick(CITIES),
      niche: random.pick(NICHES),
      legal_form: random.chance(0.6) ? 'company' : 'sole_trader',
      source,
      handling: random.pick(HANDLINGS),
      amount: Math.max(amount, 20_000),
      currency: 'EUR',
      score: random.int(25, 95),
      external_ref: { system: 'simulator', id: key },
      ...(random.chance(0.4) ? { comment: random.pick(NAMES[locale].notes) } : {}),
      ...(answer === null ? {} : { consent: { answer, evidence: EVIDENCE[source] ?? source } }),
    },
  };
}

/** Moments of working days, the last one some hours ago, so that many leads come in by few requests. */
function occasionOf(now: Instant, number: number): Instant {
  const day = now - FIRST + (FIRST / OCCASIONS) * (number + 1) - 1.5 * DAY;
  return Math.min(duringDay(day, (number % 5) / 5), now - 3 * HOUR);
}

function localeOf(seed: string, number: number): Locale {
  return new Random(`${seed}/lead/${number}/locale`).weighted([
    ['uk', 5],
    ['ru', 2],
    ['en', 3],
  ] as const);
}
