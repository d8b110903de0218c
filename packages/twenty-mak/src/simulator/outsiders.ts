import { ApiError } from './http-api.ts';
import type { Locale } from './names.ts';
import type { AccountRole, Person } from './people.ts';

/** A partner or a franchisee: its head account, and what its profile says. */
export interface Outsider {
  readonly key: OutsiderKey;
  readonly role: Extract<AccountRole, 'partner' | 'franchisee'>;
  readonly head: { readonly name: string; readonly locale: Locale };
  readonly company: string;
  readonly legalForm: 'sole_trader' | 'company';
  readonly taxNumber: string;
  readonly phone: string;
  /** Keys of the lists that ship. */
  readonly cities: readonly string[];
  readonly niches: readonly string[];
  readonly grade: string | null;
  /** Leads that it can work on at a time; null for any number. */
  readonly capacity: number | null;
  /** What it has paid in, in minor units. */
  readonly money: number;
}

export type OutsiderKey = 'partner' | 'partner2' | 'franchisee' | 'franchisee2' | 'franchisee3';

/** What the companies of the plan work in, and what its leads are about. */
export const NICHES = [
  'retail',
  'services',
  'health',
  'construction',
  'auto',
  'education',
] as const;
export type Niche = (typeof NICHES)[number];

/** Who brings leads to the simulated business, and who buys them. */
export const OUTSIDERS: readonly Outsider[] = [
  {
    key: 'partner',
    role: 'partner',
    head: { name: 'Софія Левицька', locale: 'uk' },
    company: 'ТОВ «Перший рекламний дім»',
    legalForm: 'company',
    taxNumber: '40000001',
    phone: '+12135550101',
    cities: ['kyiv', 'lviv'],
    niches: ['retail', 'health'],
    grade: 'gold',
    capacity: null,
    money: 0,
  },
  {
    key: 'partner2',
    role: 'partner',
    head: { name: 'Nora Walsh', locale: 'en' },
    company: 'Walsh Lead Media',
    legalForm: 'sole_trader',
    taxNumber: '3000000002',
    phone: '+12135550102',
    cities: ['odesa', 'dnipro'],
    niches: ['services', 'auto'],
    grade: 'silver',
    capacity: null,
    money: 0,
  },
  {
    key: 'franchisee',
    role: 'franchisee',
    head: { name: 'Богдан Кравець', locale: 'uk' },
    company: 'ТОВ «Карпати Дистрибуція»',
    legalForm: 'company',
    taxNumber: '40000003',
    phone: '+12135550103',
    cities: ['kyiv', 'lviv', 'odesa', 'dnipro'],
    niches: NICHES,
    grade: 'gold',
    capacity: 40,
    money: 600_000,
  },
  {
    key: 'franchisee2',
    role: 'franchisee',
    head: { name: 'Светлана Петрова', locale: 'ru' },
    company: 'ООО «Южный торговый дом»',
    legalForm: 'company',
    taxNumber: '40000004',
    phone: '+12135550104',
    cities: ['kyiv', 'odesa', 'dnipro'],
    niches: ['retail', 'services', 'construction', 'auto'],
    grade: 'silver',
    capacity: 25,
    money: 450_000,
  },
  {
    key: 'franchisee3',
    role: 'franchisee',
    head: { name: 'Oliver Hughes', locale: 'en' },
    company: 'Northern Trade Partners Ltd',
    legalForm: 'company',
    taxNumber: '40000005',
    phone: '+12135550105',
    cities: ['kyiv', 'lviv'],
    niches: NICHES,
    grade: 'bronze',
    capacity: 15,
    money: 300_000,
  },
];

/** People who work for a franchisee besides its head. */
export const STAFF: readonly {
  readonly of: OutsiderKey;
  readonly name: string;
  readonly locale: Locale;
  readonly mailbox: string;
}[] = [
  { of: 'franchisee', name: 'Дарина Савицька', locale: 'uk', mailbox: 'daryna.savytska' },
  { of: 'franchisee', name: 'Максим Гриценко', locale: 'uk', mailbox: 'maksym.hrytsenko' },
];

/** Who has applied and waits for an answer. */
export const APPLICANT = {
  kind: 'franchisee',
  name: 'Олексій Бондаренко',
  email: 'oleksii.bondarenko@applicant.example',
  company_name: 'ТОВ «Полісся Торг»',
  legal_form: 'company',
  tax_number: '40000006',
  phone: '+1 213 555 0106',
  city: 'zhytomyr',
  niche: 'construction',
  locale: 'uk',
  consent: true,
} as const;

/** People of a tenant, whose companies have addresses of the domain. */
export interface Everybody {
  readonly people: readonly Person[];
  readonly domain: string;
}

/** The address of the head of a company. */
export function addressOf(key: OutsiderKey, domain: string): string {
  return `${key}@${domain}`;
}

/** The heads of all companies, as people of a tenant; the server gives them ids of its own. */
export function outsidePeople(domain: string): readonly Person[] {
  return OUTSIDERS.map(({ key, role, head }) => ({
    ...head,
    id: key,
    email: addressOf(key, domain),
    role,
    function: null,
  }));
}

/** The account of a company of the plan. Throws ApiError when the tenant has none. */
export function accountOf({ people, domain }: Everybody, key: OutsiderKey): string {
  const found = people.find(({ email }) => email === addressOf(key, domain));
  if (found === undefined) throw new ApiError(`The tenant has no account ${key}@${domain}.`);
  return found.id;
}
