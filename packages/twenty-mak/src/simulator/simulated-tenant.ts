import { formatInstant, parseInstant } from 'twenty-mak-domain';
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

/**
 * Does something at each of these moments of the past, the first one first, while a tenant of `makeTenant` sleeps, so
 * that what comes of it is as old as it looks. In a tenant that is awake it happens in its present. Throws ApiError.
 */
export async function atMoments(
  operator: Operator,
  tenant: Pick<SimulatedTenant, 'id' | 'apiKey'>,
  moments: readonly { readonly at: Instant; readonly happens: () => Promise<void> }[],
): Promise<void> {
  const { clock_frozen_at: frozen } = await stateOf(operator.api, tenant);
  const isAsleep = frozen !== null;
  for (const { at, happens } of moments.toSorted((left, right) => left.at - right.at)) {
    if (isAsleep) await setClock(operator, tenant, formatInstant(at));
    await happens();
  }
  if (isAsleep) await setClock(operator, tenant, BEFORE_ALL);
}

interface TenantState {
  readonly version: number;
  readonly escalation: boolean;
  readonly clock_frozen_at: string | null;
}

/**
 * Lets the clock of a tenant of `makeTenant` run; what is overdue now is published and reaches people. Nothing
 * happens to a tenant that is awake: its admin may have changed its settings since.
 */
export async function wakeTenant(
  operator: Operator,
  tenant: Pick<SimulatedTenant, 'id' | 'apiKey'>,
): Promise<void> {
  const { api, operatorKey } = operator;
  const { id, apiKey } = tenant;
  const state = await stateOf(api, tenant);
  if (state.clock_frozen_at !== BEFORE_ALL) return;
  if (!state.escalation) {
    const body = { version: state.version, escalation: true };
    await api.call('/v1/tenant', { method: 'PATCH', key: apiKey, body });
  }
  await setClock(operator, tenant, null);
  await api.call(`/v1/tenants/${id}/sweep`, { key: operatorKey, body: {} });
}

function stateOf(api: HttpApi, { apiKey }: Pick<SimulatedTenant, 'apiKey'>): Promise<TenantState> {
  return api.call<TenantState>('/v1/tenant', { key: apiKey });
}

async function setClock(
  { api, operatorKey }: Operator,
  { id }: Pick<SimulatedTenant, 'id'>,
  frozenAt: string | null,
): Promise<void> {
  await api.call(`/v1/tenants/${id}/clock`, { key: operatorKey, body: { frozen_at: frozenAt } });
}
