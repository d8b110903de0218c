import { countMarketValues, marketDifferences } from './market-facts.ts';
import type { Outsider } from './mak-side.ts';
import { measure } from './measure.ts';
import type { Stage, Step } from './measure.ts';

/** A look at partners, franchisees, leads, lots and bids. */
const CALLS = 5;
const HOUR = 3_600_000;
/** Long enough to bid on it. */
const SHORT = 10_000;

/** Who trades leads in the trial. */
export function outsidersOf(mark: string): readonly Outsider[] {
  return [
    { name: `${mark} partner`, role: 'partner' },
    { name: `${mark} first buyer`, role: 'franchisee' },
    { name: `${mark} second buyer`, role: 'franchisee' },
  ];
}

/** Leads are brought, offered and bid on in MaK; twenty shows it, and nothing of who they are. */
export async function playMarket(stage: Stage): Promise<void> {
  const { mak, twenty, mark } = stage;
  const { market } = mak;
  const [partner = '', first = '', second = ''] = outsidersOf(mark).map(({ name }) =>
    mak.outsider(name),
  );
  const leads: string[] = [];
  await row(stage, 'partner and franchisees made in MaK → in twenty', {
    act: async () => {
      for (const { name, role } of outsidersOf(mark))
        await market.openCompany(mak.outsider(name), name, role === 'partner' ? 0 : 1_000_000);
    },
  });
  await row(stage, '4 leads of a partner → in twenty, without who they are', {
    act: async () => {
      for (const number of [1, 2, 3, 4])
        leads.push(await market.enterLead(`${mark} L${number}`, partner, number));
    },
  });
  const [offered = '', ended = '', running = '', kept = ''] = leads;
  await row(stage, 'a lot and its bids → in twenty', {
    act: async () => {
      const terms = { kind: 'ascending', start: 1_000, step: 100, reserve: 1_300 };
      const lot = await market.offer(offered, terms, HOUR);
      await market.bid(lot, first, 1_000);
      await market.bid(lot, second, 1_500);
    },
  });
  await row(stage, 'sealed bids → in twenty when their lot has ended, and none of one that runs', {
    act: async () => {
      const terms = { kind: 'sealed', reserve: 1_000 };
      for (const [lead, lasts] of [
        [ended, SHORT],
        [running, HOUR],
      ] as const) {
        const lot = await market.offer(lead, terms, lasts);
        await market.bid(lot, first, 3_000);
        await market.bid(lot, second, 2_000);
      }
    },
    // MaK tells of sealed bids when they are no secret any more.
    also: async () => {
      const sold = [...(await market.facts()).values()].filter(({ status }) => status === 'WON');
      return sold.length === 1 ? null : 'the sealed lot has not been sold';
    },
  });
  await row(stage, 'lead written over in twenty by a program, all compared → as in MaK', {
    act: async () => {
      await twenty.market.overwriteLead(kept, 'Elsewhere');
      await mak.compareAnew();
    },
  });
}

/** What differs in the trade in leads, and how many values there are. */
export async function compareMarket({
  mak,
  twenty,
}: Stage): Promise<{ readonly values: number; readonly found: readonly string[] }> {
  const here = await mak.market.facts();
  return {
    values: countMarketValues(here),
    found: marketDifferences(here, await twenty.market.facts()),
  };
}

function row(stage: Stage, what: string, { act, also }: Step): Promise<void> {
  return measure(stage, what, {
    act,
    calls: CALLS,
    also: async () => (await also?.()) ?? (await compareMarket(stage)).found[0] ?? null,
  });
}
