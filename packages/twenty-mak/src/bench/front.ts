import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { BenchPlace } from './frame.ts';
import { openTenant, post } from './tenant.ts';
import type { BenchTenant } from './tenant.ts';

const checkout = resolve(import.meta.dirname, '../../../..');
const ROUNDS = 5;
const FEW = 100;
const MANY = 10_000;
/** Events of one request. */
const CHUNK = 500;

/** Facts by which deals come to stand in different columns; the first creates each. */
const COLUMNS: readonly (readonly string[])[] = [
  [],
  ['crm.brief.submitted'],
  ['crm.brief.submitted', 'media.mediaplan.ready'],
  ['media.mediaplan.ready', 'crm.offer.approved'],
  ['docflow.contract.signed'],
];

export type FrontFigure = 'scroll' | 'drag' | 'bodies' | 'render' | 'size' | 'twenty-ui';
type Figures = ReadonlyMap<string, readonly number[]>;

export const PAGES = ['sign-in', 'board', 'dashboard', 'deal'] as const;
export const VITALS = ['lcp', 'tbt', 'cls'] as const;
/** As fast as the machine is, and throttled as Lighthouse does it for phones. */
export const SPEEDS = ['fast', 'slow'] as const;
export type VitalFigure =
  `${(typeof PAGES)[number]}-${(typeof VITALS)[number]}-${(typeof SPEEDS)[number]}`;

let people: Promise<object> | null = null;
const measured = new Map<string, Promise<Figures>>();

/** One figure of the board in a real browser; all figures of a run come from one session of the browser. */
export function frontRatios(place: BenchPlace, figure: FrontFigure): Promise<number[]> {
  return figureOf(place, 'board.ts', figure);
}

/** One of LCP, TBT and CLS of a page ÷ what web-vitals calls good. */
export function vitalsRatios(place: BenchPlace, figure: VitalFigure): Promise<number[]> {
  return figureOf(place, 'vitals.ts', figure);
}

async function figureOf(place: BenchPlace, script: string, figure: string): Promise<number[]> {
  const figures = measured.get(script) ?? measure(place, script);
  measured.set(script, figures);
  const values = (await figures).get(figure) ?? [];
  // What does not change from round to round is measured once.
  return values.length === 1
    ? Array.from({ length: ROUNDS }, () => values[0] as number)
    : [...values];
}

async function measure(place: BenchPlace, script: string): Promise<Figures> {
  people ??= makePeople(place);
  const handedOver = { url: place.url, rounds: ROUNDS, ...(await people) };
  const child = spawn(
    process.execPath,
    [join(checkout, 'packages/twenty-front-ext/bench', script)],
    {
      env: { ...process.env, BENCH_FRONT: JSON.stringify(handedOver) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const figures = new Map<string, number[]>();
  for await (const line of createInterface(child.stdout)) {
    const { figure, value } = JSON.parse(line) as { figure: string; value: number };
    place.log(`${figure}: ${value.toFixed(3)}`);
    figures.set(figure, [...(figures.get(figure) ?? []), value]);
  }
  if (child.exitCode === null) await new Promise((done) => child.on('close', done));
  if (child.exitCode !== 0) throw new Error(`the browser's part ended with ${child.exitCode}`);
  return figures;
}

async function makePeople(place: BenchPlace): Promise<object> {
  return { few: await boardOf(place, FEW), many: await boardOf(place, MANY) };
}

/** A tenant with so many deals on its board, and a person who may look at it. */
async function boardOf(
  place: BenchPlace,
  deals: number,
): Promise<{ readonly email: string; readonly password: string }> {
  const person = { email: `front-${randomUUID()}@bench.example`, password: randomUUID() };
  const tenant = await openTenant(place, 'adtech', [
    { ...person, name: 'Bench', role: 'employee' },
  ]);
  await makeDeals(place, tenant, deals);
  return person;
}

async function makeDeals(place: BenchPlace, { apiKey }: BenchTenant, deals: number): Promise<void> {
  const now = Date.now();
  const events = Array.from({ length: deals }, (_, deal) => {
    const facts = COLUMNS[deal % COLUMNS.length] as readonly string[];
    return ['crm.deal.created', ...facts].map((type, index) => ({
      event_id: `${deal}/${index}`,
      type,
      version: 1,
      source: 'bench',
      occurred_at: new Date(now - 3_600_000 + deal * 100 + index).toISOString(),
      external_refs: [{ system: 'bench', id: String(deal) }],
      data: index === 0 ? { name: `Deal ${deal}`, amount: deal * 100, currency: 'EUR' } : {},
    }));
  }).flat();
  for (let at = 0; at < events.length; at += CHUNK) {
    await post(place, '/v1/events', apiKey, { events: events.slice(at, at + CHUNK) });
  }
}
