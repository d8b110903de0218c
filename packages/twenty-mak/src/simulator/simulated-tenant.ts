import { parseInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { ApiError } from './http-api.ts';
import type { HttpApi } from './http-api.ts';
import type { Person } from './people.ts';

/** Before every event: nothing is overdue while the past comes in, however long ago it was. */
const BEFORE_ALL = '1990-01-01T00:00:00.000Z';

export interface Operator {
  readonly api: HttpApi;
  readonly operatorKey: string;
}

export interface NewTenant {
  readonly key: string;
  readonly name: string;
  /** The admin first. */
  readonly people: readonly Person[];
  /** People without a password are invited only. */
  readonly passwordOf: (person: Person) => string | undefined;
  /** The demo tenant, in demo mode only. */
  readonly demo: boolean;
}

export interface SimulatedTenant {
  readonly id: string;
  readonly key: string;
  /** With every scope. */
  readonly apiKey: string;
  readonly createdAt: Instant;
}

interface Created {
  readonly tenant: { readonly id: string; readonly created_at: string };
  readonly api_key: { readonly secret: string };
}

/**
 * Makes a tenant with pipeline adtech and its people. Its clock stands still and nobody is told of breaches until
 * `wakeTenant`. The same call again gives the same tenant and key. Throws ApiError.
 */
export async function makeTenant(
  { api, operatorKey }: Operator,
  { key, name, people, passwordOf, demo }: NewTenant,
): Promise<SimulatedTenant> {
  const accountOf = (person: Person): object => {
    const password = passwordOf(person);
    const { email, name: personName, locale } = person;
    return { email, name: personName, locale, ...(password === undefined ? {} : { password }) };
  };
  const [admin, ...others] = people;
  const { tenant, api_key: apiKey } = await api.call<Created>('/v1/tenants', {
    key: operatorKey,
    idempotencyKey: `simulated-tenant-${key}`,
    body: {
      key,
      name,
      escalation: false,
      clock_frozen_at: BEFORE_ALL,
      pipelines: ['adtech'],
      demo,
      ...(admin === undefined ? {} : { admin: accountOf(admin) }),
      accounts: others.map((person) => ({ ...accountOf(person), role: person.role })),
    },
  });
  const createdAt = parseInstant(tenant.created_at);
  if (createdAt === null) throw new ApiError('The server gave no time of creation.');
  return { id: tenant.id, key, apiKey: apiKey.secret, createdAt };
}

/** The same people under the ids of their accounts. */
export async function withAccountIds(
  api: HttpApi,
  apiKey: string,
  people: readonly Person[],
): Promise<readonly Person[]> {
  const ids = new Map<string, string>();
  for (let next: string | null = ''; next !== null;) {
    const page: { items: { id: string; email?: string }[]; next: string | null } = await api.call(
      `/v1/accounts?limit=200${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`,
      { key: apiKey },
    );
    for (const { id, email } of page.items) if (email !== undefined) ids.set(email, id);
    next = page.next;
  }
  return people.map((person) => ({ ...person, id: ids.get(person.email) ?? person.id }));
}

/** Lets the tenant's clock run; what is overdue now is published and reaches people. Gives the number of breaches. */
export async function wakeTenant(
  { api, operatorKey }: Operator,
  { id, apiKey }: Pick<SimulatedTenant, 'id' | 'apiKey'>,
): Promise<number> {
  const { version, escalation } = await api.call<{ version: number; escalation: boolean }>(
    '/v1/tenant',
    { key: apiKey },
  );
  if (!escalation)
    await api.call('/v1/tenant', {
      method: 'PATCH',
      key: apiKey,
      body: { version, escalation: true },
    });
  await api.call(`/v1/tenants/${id}/clock`, { key: operatorKey, body: { frozen_at: null } });
  const { breached } = await api.call<{ breached: number }>(`/v1/tenants/${id}/sweep`, {
    key: operatorKey,
    body: {},
  });
  return breached;
}
