import { companyCount, companyOf } from './companies.ts';
import type { Company, CompanySize } from './companies.ts';
import { ApiError } from './http-api.ts';
import type { HttpApi } from './http-api.ts';
import type { Locale } from './names.ts';
import { staffOf } from './people.ts';
import type { Person } from './people.ts';
import { Random } from './random.ts';

/** A client as it is sent to the API. */
export interface SentClient {
  readonly kind: 'company';
  readonly name: string;
  readonly industry: string;
  readonly size: CompanySize;
  readonly budget_band: string;
  readonly client_type: string;
  readonly source: string;
  readonly segments: readonly string[];
  readonly key_account: boolean;
  readonly owner_id: string;
  readonly external_refs: readonly [{ readonly system: 'crm'; readonly id: string }];
  readonly contacts: readonly object[];
}

const BUDGETS: Readonly<Record<CompanySize, string>> = {
  small: 'up to 5k EUR',
  medium: '5k to 50k EUR',
  large: 'over 50k EUR',
};
const SOURCES = ['referral', 'website', 'partner', 'event', 'cold call'];
const SEGMENTS = ['brand', 'performance', 'regional', 'seasonal', 'loyal', 'new business'];
const POSITIONS: Readonly<Record<Locale, readonly string[]>> = {
  en: ['Marketing director', 'Brand manager', 'Procurement', 'CFO'],
  uk: ['Директор з маркетингу', 'Бренд-менеджер', 'Закупівлі', 'Фінансовий директор'],
  ru: ['Директор по маркетингу', 'Бренд-менеджер', 'Закупки', 'Финансовый директор'],
};
/** Requests at a time. */
const LANES = 4;

/** Every client who may order in a simulation of that many deals, in the words of the API; the same for the same seed. */
export function* clientsOf(
  seed: string,
  deals: number,
  people: readonly Person[],
): Generator<SentClient> {
  const { sales } = staffOf(people).byFunction;
  for (let index = 0; index < companyCount(deals); index += 1)
    yield clientOf(companyOf(seed, index), new Random(`${seed}/client/${index}`), sales);
}

/** Makes clients. Those that are there already stay as they are. Throws ApiError. */
export async function makeClients(
  clients: Iterable<SentClient>,
  { api, key }: { api: HttpApi; key: string },
): Promise<void> {
  const left = clients[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const [{ id }] = next.value.external_refs;
      const request = { key, body: next.value, idempotencyKey: `simulated-${id}` };
      await api.call('/v1/clients', request).catch((error: unknown) => {
        // Somebody may have edited it since, or it is longer ago than keys are remembered.
        if (!(error instanceof ApiError && error.code === 'ref_taken')) throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

function clientOf(company: Company, random: Random, sales: readonly Person[]): SentClient {
  const segments = new Set([random.pick(SEGMENTS), random.pick(SEGMENTS)]);
  return {
    kind: 'company',
    name: company.name,
    industry: company.industry,
    size: company.size,
    budget_band: BUDGETS[company.size],
    client_type: company.type,
    source: random.pick(SOURCES),
    segments: [...segments],
    key_account: company.isKeyAccount,
    owner_id: random.pick(sales).id,
    external_refs: [{ system: 'crm', id: company.id }],
    contacts: company.contacts.map((contact) => ({
      ...contact,
      position: random.pick(POSITIONS[company.locale]),
      ...(random.chance(0.4)
        ? { messengers: [{ kind: 'telegram', address: `@${contact.email.split('@')[0] ?? ''}` }] }
        : {}),
    })),
  };
}
