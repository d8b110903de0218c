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
type Figures = ReadonlyMap<FrontFigure, readonly number[]>;

let measured: Promise<Figures> | null = null;

/** One figure of the board in a real browser; all figures of a run come from one session of the browser. */
export async function frontRatios(place: BenchPlace, figure: FrontFigure): Promise<number[]> {
  measured ??= measure(place);
  const values = (await measured).get(figure) ?? [];
  // What does not change from round to round is measured once.
  return values.length === 1
    ? Array.from({ length: ROUNDS }, () => values[0] as number)
    : [...values];
}

async function measure(place: BenchPlace): Promise<Figures> {
  const people = { few: await boardOf(place, FEW), many: await boardOf(place, MANY) };
  const child = spawn(
    process.execPath,
    [join(checkout, 'packages/twenty-front-ext/bench/board.ts')],
    {
      env: {
        ...process.env,
        BENCH_FRONT: JSON.stringify({ url: place.url, rounds: ROUNDS, ...people }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const figures = new Map<FrontFigure, number[]>();
  for await (const line of createInterface(child.stdout)) {
    const { figure, value } = JSON.parse(line) as { figure: FrontFigure; value: number };
    place.log(`${figure}: ${value.toFixed(3)}`);
    figures.set(figure, [...(figures.get(figure) ?? []), value]);
  }
  if (child.exitCode === null) await new Promise((done) => child.on('close', done));
  if (child.exitCode !== 0) throw new Error(`the browser's part ended with ${child.exitCode}`);
  return figures;
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
