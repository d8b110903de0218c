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

/** Everybody of a simulated tenant, by what they do. */
export interface Staff {
  readonly byFunction: Readonly<Record<PersonFunction, readonly Person[]>>;
  readonly partners: readonly Person[];
  readonly franchisees: readonly Person[];
}

/** How many there are at least, one more for so many deals each, and at most. */
const SIZES: Readonly<Record<PersonFunction, readonly [base: number, each: number, most: number]>> =
  {
    sales: [3, 200, 40],
    'pre-sales': [1, 600, 8],
    account: [2, 400, 16],
    traffic: [1, 800, 8],
    legal: [1, 1_500, 4],
    docflow: [1, 1_500, 4],
    dcm: [1, 1_500, 4],
    dwh: [1, 10_000, 2],
  };

/** People of a tenant of that size, the admin first; at most 100. */
export function peopleOf(seed: string, deals: number): readonly Person[] {
  const random = new Random(`${seed}/people`);
  const people: Person[] = [];
  const hire = (role: AccountRole, of: PersonFunction | null, count: number): void => {
    for (let hired = 0; hired < count; hired += 1)
      people.push(personOf(random, people.length, role, of));
  };
  hire('admin', null, 1);
  for (const name of FUNCTIONS) {
    const [base, each, most] = SIZES[name];
    hire('employee', name, Math.min(base + Math.floor(deals / each), most));
  }
  const outside = Math.min(1 + Math.floor(deals / 800), 6);
  hire('partner', null, outside);
  hire('franchisee', null, outside);
  hire('guest', null, 1);
  return people;
}

/** Where nobody sells by profession, everybody does. `people` are not empty. */
export function staffOf(people: readonly Person[]): Staff {
  const who = (name: PersonFunction): readonly Person[] =>
    people.filter((person) => person.function === name);
  const sales = who('sales');
  return {
    byFunction: {
      sales: sales.length === 0 ? people : sales,
      'pre-sales': who('pre-sales'),
      account: who('account'),
      traffic: who('traffic'),
      legal: who('legal'),
      docflow: who('docflow'),
      dcm: who('dcm'),
      dwh: who('dwh'),
    },
    partners: people.filter(({ role }) => role === 'partner'),
    franchisees: people.filter(({ role }) => role === 'franchisee'),
  };
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
