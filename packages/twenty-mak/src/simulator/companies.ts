import { NAMES } from './names.ts';
import type { Locale } from './names.ts';
import { nameOf } from './people.ts';
import { hashOf, Random } from './random.ts';

export type CompanySize = 'small' | 'medium' | 'large';

/** A person of a client. Addresses and numbers belong to nobody: `.example` and 555-01xx are reserved. */
export interface Contact {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

/** A client of the tenant. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly locale: Locale;
  readonly size: CompanySize;
  readonly industry: string;
  readonly type: 'direct' | 'agency';
  readonly isKeyAccount: boolean;
  readonly currency: string;
  readonly contacts: readonly Contact[];
}

const INDUSTRIES = [
  'retail',
  'fmcg',
  'finance',
  'automotive',
  'pharma',
  'travel',
  'telecom',
  'education',
];
/** Median order in minor units of euro. */
const MEDIAN_AMOUNT: Readonly<Record<CompanySize, number>> = {
  small: 250_000,
  medium: 1_200_000,
  large: 6_500_000,
};
/** Minor units for one minor unit of euro, roughly. */
export const PRICE_OF_EURO: Readonly<Record<string, number>> = {
  EUR: 1,
  USD: 1.1,
  UAH: 48,
  KZT: 600,
};

/** How many clients a tenant with that many deals has. */
export function companyCount(deals: number): number {
  return Math.max(5, Math.ceil(deals / 4));
}

/** Client number `index`; the same at every call, so nobody has to remember all of them. */
export function companyOf(seed: string, index: number): Company {
  const random = new Random(`${seed}/company/${index}`);
  const locale = random.weighted([
    ['uk', 5],
    ['ru', 2],
    ['en', 3],
  ] as const);
  const { company } = NAMES[locale];
  const [first, second] = [random.pick(company.first), random.pick(company.second)];
  const domain = `${first[1]}-${second[1]}-${index}.example`;
  const size = random.weighted<CompanySize>([
    ['small', 60],
    ['medium', 30],
    ['large', 10],
  ]);
  return {
    id: `client-${hashOf(seed).toString(36)}-${String(index).padStart(5, '0')}`,
    name: company.form(`${first[0]} ${second[0]}`),
    locale,
    size,
    industry: random.pick(INDUSTRIES),
    type: random.chance(0.25) ? 'agency' : 'direct',
    isKeyAccount: size === 'large' && random.chance(0.4),
    currency: currencyOf(random, locale),
    contacts: Array.from({ length: random.int(1, 3) }, () => contactOf(random, locale, domain)),
  };
}

/** What a client orders for, in minor units, a round sum. */
export function amountOf(random: Random, { size, currency }: Company): number {
  const amount = random.logNormal(MEDIAN_AMOUNT[size], 2.2) * (PRICE_OF_EURO[currency] ?? 1);
  const round = 10 ** Math.max(3, Math.floor(Math.log10(amount)) - 1);
  return Math.max(round, Math.round(amount / round) * round);
}

function contactOf(random: Random, locale: Locale, domain: string): Contact {
  const { name, mailbox } = nameOf(random, locale);
  return {
    name,
    email: `${mailbox}@${domain}`,
    phone: `+1${random.int(201, 989)}55501${String(random.int(0, 99)).padStart(2, '0')}`,
  };
}

function currencyOf(random: Random, locale: Locale): string {
  if (locale === 'uk') return 'UAH';
  if (locale === 'ru') return 'KZT';
  return random.chance(0.7) ? 'EUR' : 'USD';
}
