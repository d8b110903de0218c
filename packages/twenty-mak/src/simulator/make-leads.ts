import { HOUR } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { ApiError } from './http-api.ts';
import type { HttpApi } from './http-api.ts';
import type { SimulatedLead } from './leads.ts';
import { accountOf } from './outsiders.ts';
import type { Everybody } from './outsiders.ts';
import { staffOf } from './people.ts';
import { Random } from './random.ts';
import { atMoments } from './simulated-tenant.ts';
import type { Operator, SimulatedTenant } from './simulated-tenant.ts';

/** Where a lead stands, as the API tells it. */
export interface LeadState {
  readonly id: string;
  readonly kind: string;
  readonly lot_id: string | null;
  readonly version: number;
}

interface Page {
  readonly items: readonly LeadState[];
  readonly next: string | null;
}

/**
 * Enters leads at their times, and lets people work on them. What was entered or worked on before stays as it is. Gives
 * the id of each by its key. Throws ApiError.
 */
export async function makeLeads(
  operator: Operator,
  tenant: Pick<SimulatedTenant, 'id' | 'apiKey'>,
  leads: readonly SimulatedLead[],
  everybody: Everybody,
): Promise<ReadonlyMap<string, string>> {
  const { api } = operator;
  const { apiKey: key } = tenant;
  const ids = new Map<string, string>();
  let waiting: SimulatedLead[] = [];
  const work = async (): Promise<void> => {
    if (waiting.length > 0) await moveLeads(api, key, waiting, ids);
    waiting = [];
  };
  const enter = async (some: readonly SimulatedLead[]): Promise<void> => {
    for (const [index, id] of (await sendLeads(api, key, some, everybody)).entries())
      ids.set(some[index]?.key ?? '', id);
    await work();
    waiting = some.filter(({ move }) => move !== null);
  };
  const occasions = [...Map.groupBy(leads, ({ at }) => at)];
  await atMoments(operator, tenant, [
    ...occasions.map(([at, some]) => ({ at, happens: () => enter(some) })),
    { at: lastOf(occasions) + HOUR, happens: work },
  ]);
  return ids;
}

/** All leads of a tenant by their ids. */
export async function leadStates(
  api: HttpApi,
  key: string,
): Promise<ReadonlyMap<string, LeadState>> {
  const states = new Map<string, LeadState>();
  for (let next: string | null = ''; next !== null;) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const page: Page = await api.call(`/v1/leads?limit=200${cursor}`, { key });
    for (const state of page.items) states.set(state.id, state);
    next = page.next;
  }
  return states;
}

/** The ids of the leads, in their order. */
async function sendLeads(
  api: HttpApi,
  key: string,
  leads: readonly SimulatedLead[],
  everybody: Everybody,
): Promise<readonly string[]> {
  const { sales } = staffOf(everybody.people).byFunction;
  const body = leads.map(({ key: name, partner, fields, move }) => ({
    ...fields,
    ...(partner === null ? {} : { partner_id: accountOf(everybody, partner) }),
    ...(move === null ? {} : { responsible_id: new Random(`${name}/owner`).pick(sales).id }),
  }));
  const { results } = await api.call<{ results: { lead_id: string | null; reason?: string }[] }>(
    '/v1/leads/intake',
    { key, body: { leads: body } },
  );
  return results.map(({ lead_id: id, reason }) => {
    if (id === null) throw new ApiError(`A lead was not taken in: ${reason ?? 'it is blocked'}`);
    return id;
  });
}

/** Moves those that nobody has moved yet. */
async function moveLeads(
  api: HttpApi,
  key: string,
  leads: readonly SimulatedLead[],
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const states = await leadStates(api, key);
  for (const { key: name, move } of leads) {
    const state = states.get(ids.get(name) ?? '');
    if (state?.kind !== 'new') continue;
    const body = { ...move, version: state.version };
    await api.call(`/v1/leads/${state.id}/move`, { key, body });
  }
}

function lastOf(occasions: readonly (readonly [at: Instant, unknown])[]): Instant {
  return Math.max(0, ...occasions.map(([at]) => at));
}
