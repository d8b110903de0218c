import { NAMES } from './names.ts';
import type { Locale } from './names.ts';
import { Random } from './random.ts';

/** What an account may do in the tenant. */
export type AccountRole = 'admin' | 'employee' | 'partner' | 'franchisee' | 'guest';

/** What employees do in deals; the same words as the roles of pipeline `adtech`. */
export const FUNCTIONS = [
  'sales',
  'pre-sales',
  'account',
  'traffic',
  'legal',
  'docflow',
  'dcm',
  'dwh',
] as const;
export type PersonFunction = (typeof FUNCTIONS)[number];

/** Somebody who works with deals of the tenant. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: AccountRole;
  readonly function: PersonFunction | null;
  readonly locale: Locale;
}

/** Everybody of a simulated tenant. */
export interface Staff {
  readonly all: readonly Person[];
  readonly byFunction: Readonly<Record<PersonFunction, readonly Person[]>>;
  readonly partners: readonly Person[];
  readonly franchisees: readonly Person[];
}

/** People of a tenant of that size; at most 99, as many as a tenant may be made with besides its admin. */
export function staffOf(seed: string, deals: number): Staff {
  const random = new Random(`${seed}/people`);
  const size = (base: number, dealsEach: number, most: number): number =>
    Math.min(base + Math.floor(deals / dealsEach), most);
  const all: Person[] = [];
  const hire = (role: AccountRole, of: PersonFunction | null, count: number): Person[] => {
    const hired = Array.from({ length: count }, (_, offset) =>
      personOf(random, all.length + offset, role, of),
    );
    all.push(...hired);
    return hired;
  };
  hire('admin', null, 1);
  const byFunction = {
    sales: hire('employee', 'sales', size(3, 200, 40)),
    'pre-sales': hire('employee', 'pre-sales', size(1, 600, 8)),
    account: hire('employee', 'account', size(2, 400, 16)),
    traffic: hire('employee', 'traffic', size(1, 800, 8)),
    legal: hire('employee', 'legal', size(1, 1_500, 4)),
    docflow: hire('employee', 'docflow', size(1, 1_500, 4)),
    dcm: hire('employee', 'dcm', size(1, 1_500, 4)),
    dwh: hire('employee', 'dwh', 1),
  };
  const partners = hire('partner', null, size(1, 800, 6));
  const franchisees = hire('franchisee', null, size(1, 800, 6));
  hire('guest', null, 1);
  return { all, byFunction, partners, franchisees };
}

function personOf(
  random: Random,
  number: number,
  role: AccountRole,
  of: PersonFunction | null,
): Person {
  const locale = random.weighted([
    ['uk', 5],
    ['ru', 2],
    ['en', 3],
  ] as const);
  const { name, mailbox } = nameOf(random, locale);
  return {
    id: random.uuid(),
    name,
    email: `${mailbox}.${number}@staff.example`,
    role,
    function: of,
    locale,
  };
}

/** A name of the language, and how it is written in an address. */
export function nameOf(random: Random, locale: Locale): { name: string; mailbox: string } {
  const { given, family } = random.chance(0.5) ? NAMES[locale].women : NAMES[locale].men;
  const [first, last] = [random.pick(given), random.pick(family)];
  return { name: `${first[0]} ${last[0]}`, mailbox: `${first[1]}.${last[1]}` };
}
