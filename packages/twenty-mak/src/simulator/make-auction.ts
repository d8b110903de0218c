import { formatInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { ApiError } from './http-api.ts';
import type { HttpApi } from './http-api.ts';
import { CONVERSIONS, LOTS, RETURNS, SEGMENTS } from './lots.ts';
import type { PlannedLot, PlannedReturn } from './lots.ts';
import { leadStates } from './make-leads.ts';
import { accountOf, addressOf } from './outsiders.ts';
import type { Everybody } from './outsiders.ts';

/** Where an auction takes place. */
export interface AuctionPlace {
  readonly api: HttpApi;
  /** With every scope. */
  readonly key: string;
  /** Of the companies. */
  readonly password: string;
  readonly everybody: Everybody;
  /** Ids of leads by the keys of the plan. */
  readonly leads: ReadonlyMap<string, string>;
  readonly now: () => Instant;
}

/** What a bid is told that comes when its lot is over; after a break in the middle that is so. */
const OVER: ReadonlySet<string | null> = new Set(['lot_closed', 'lot_ended']);

/**
 * Lets the lots of the plan be offered, bid on, sold, given back and worked on. What was done before stays as it is.
 * Lots go by the clock of the database, so the tenant has to be awake. Throws ApiError.
 */
export async function makeAuction(place: AuctionPlace): Promise<void> {
  const states = await leadStates(place.api, place.key);
  for (const [index, lot] of LOTS.entries()) {
    const [first] = lot.leads.map(({ key }) => states.get(idOf(place, key)));
    // A lead that was offered is never new again.
    const isNew = first?.kind === 'new';
    const lotId = isNew ? await offer(place, lot) : (first?.lot_id ?? null);
    if (lotId === null) continue;
    await bid(place, lot, lotId, index);
    if (lot.isWithdrawn === true && (isNew || first?.kind === 'auction'))
      await place.api.call(`/v1/lots/${lotId}/withdraw`, { key: place.key, body: {} });
  }
  await convert(place);
  await giveBack(place);
  await saveSegments(place);
}

async function offer(place: AuctionPlace, lot: PlannedLot): Promise<string> {
  const { api, key } = place;
  const now = place.now();
  const { opensIn, endsIn, terms } = lot;
  const body = {
    ...terms,
    lead_ids: lot.leads.map((lead) => idOf(place, lead.key)),
    ...(opensIn === undefined ? {} : { opens_at: formatInstant(now + opensIn) }),
    ends_at: formatInstant(now + endsIn),
  };
  return (await api.call<{ id: string }>('/v1/lots', { key, body })).id;
}

async function bid(
  { api, key, everybody }: AuctionPlace,
  { bids }: PlannedLot,
  lotId: string,
  index: number,
): Promise<void> {
  for (const [number, [bidder, amount]] of bids.entries()) {
    const body = {
      key: `simulated-${index}-${number}`,
      amount,
      bidder_id: accountOf(everybody, bidder),
    };
    await api.call(`/v1/lots/${lotId}/bids`, { key, body }).catch((error: unknown) => {
      if (!(error instanceof ApiError && OVER.has(error.code))) throw error;
    });
  }
}

async function convert(place: AuctionPlace): Promise<void> {
  const { api, key } = place;
  const states = await leadStates(api, key);
  for (const { lead, deal } of CONVERSIONS) {
    const state = states.get(idOf(place, lead));
    if (state?.kind !== 'sold') continue;
    const body = { name: deal, pipeline: 'adtech', version: state.version };
    await api.call(`/v1/leads/${state.id}/convert`, { key, body });
  }
}

async function giveBack(place: AuctionPlace): Promise<void> {
  const { api, key } = place;
  const states = await leadStates(api, key);
  const { items } = await api.call<{
    items: readonly { id: string; lead_id: string; verdict: string | null }[];
  }>('/v1/returns?limit=200', { key });
  for (const planned of RETURNS) {
    const state = states.get(idOf(place, planned.lead));
    const known = items.find(({ lead_id: id }) => id === state?.id);
    if (known?.verdict != null || state === undefined) continue;
    const id = known?.id ?? (await request(place, planned, state.id, state.lot_id));
    const { verdict, note } = planned;
    if (verdict === undefined) continue;
    await api.call(`/v1/returns/${id}/decision`, { key, body: { verdict, note } });
  }
}

/** The buyer asks, in person: nobody else may. */
async function request(
  { api, password, everybody }: AuctionPlace,
  { buyer, reason, comment }: PlannedReturn,
  leadId: string,
  lotId: string | null,
): Promise<string> {
  const key = await api.signIn(addressOf(buyer, everybody.domain), password);
  const body = { lot_id: lotId, lead_id: leadId, reason, comment };
  return (await api.call<{ id: string }>('/v1/returns', { key, body })).id;
}

async function saveSegments({ api, key }: AuctionPlace): Promise<void> {
  const { items } = await api.call<{ items: readonly { name: string }[] }>('/v1/leads/segments', {
    key,
  });
  for (const { name, filter } of SEGMENTS)
    if (!items.some((segment) => segment.name === name))
      await api.call('/v1/leads/segments', { key, body: { name, filter, shared: true } });
}

function idOf({ leads }: AuctionPlace, key: string): string {
  const id = leads.get(key);
  if (id === undefined) throw new ApiError(`The tenant has no lead ${key}.`);
  return id;
}
