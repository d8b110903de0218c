import { createHash } from 'node:crypto';
import { parse as parseCel } from '@marcbachmann/cel-js';
import {
  adtech,
  CLOCK_TOLERANCE,
  compilePipeline,
  compareEvents,
  creates,
  distinct,
  fold,
  listens,
  missingGates,
  parseEvent,
  parseInstant,
  runStatus,
} from 'twenty-mak-domain';
import type { DomainEvent, Folded } from 'twenty-mak-domain';
import { describe, expect, it } from 'vitest';
import { companyOf, DEFAULT_DISORDER, LATE_AFTER, peopleOf, simulate } from './index.ts';
import type { Arrival, Simulation } from './index.ts';
import { isWorkingTime, weekdayOf } from './working-time.ts';

const NOW = Date.UTC(2026, 9, 14, 12);
const ordinary: Simulation = { seed: 'spring', deals: 300, now: NOW };
const arrivals = [...simulate(ordinary)];
const pipeline = compiledAdtech();

describe('the simulator', () => {
  it('tells the same story for the same seed, byte by byte, and another one for another seed', () => {
    expect(fingerprint(simulate(ordinary))).toBe(fingerprint(arrivals));
    expect(fingerprint(simulate({ ...ordinary, seed: 'autumn' }))).not.toBe(fingerprint(arrivals));
  });

  it('sends nothing that the domain refuses, and nothing from the future', () => {
    for (const { at, event } of arrivals) {
      expect(at).toBeLessThanOrEqual(NOW);
      expect(parsed(event, at).occurredAt).toBeLessThanOrEqual(at + CLOCK_TOLERANCE);
    }
  });

  it('lets events come in the order of arrival, those of many deals in waves', () => {
    expect(arrivals.every(({ at }, index) => at >= (arrivals[index - 1]?.at ?? 0))).toBe(true);
    let waves = 1;
    let last = 0;
    for (const { at } of simulate({ ...ordinary, deals: 4_500 })) {
      if (at < last) waves += 1;
      last = at;
    }
    expect(waves).toBe(3);
  });

  it('shows the number of deals that was asked for, in all stages and with both ends', () => {
    const deals = fold300();
    expect(deals).toHaveLength(300);
    const stages = new Set(deals.map(({ state }) => state.stage));
    const { stages: known, endings = [] } = pipeline.definition;
    expect([...stages].sort()).toEqual([...known, ...endings].map(({ key }) => key).sort());
    expect(new Set(deals.map(({ state }) => state.outcome))).toEqual(
      new Set(['won', 'lost', null]),
    );
  });

  it('has SLA runs that were met, missed, cancelled, and that still run', () => {
    const seen = new Set<string>();
    for (const { runs, state } of fold300())
      for (const run of [...runs, ...state.openRuns])
        seen.add(`${run.timer} ${runStatus(run, NOW)}`);
    for (const timer of pipeline.definition.timers ?? [])
      for (const status of ['met', 'breached']) expect(seen).toContain(`${timer.key} ${status}`);
    expect([...seen].some((one) => one.endsWith('running'))).toBe(true);
    expect([...seen].some((one) => one.endsWith('cancelled'))).toBe(true);
  });

  it('knows every effect: cleared gates, reopened and revoked deals, owners, what nobody listens to', () => {
    const types = new Set(arrivals.map(({ event }) => event.type));
    const larger = new Set(
      [...simulate({ ...ordinary, deals: 2_000 })].map(({ event }) => event.type),
    );
    for (const { type, aliases = [] } of pipeline.definition.events)
      expect(
        [type, ...aliases].some((one) => larger.has(one)),
        type,
      ).toBe(true);
    for (const type of ['deal.reopened', 'contract.revoked', 'kpi.reported', 'nps.answered'])
      expect(types).toContain(type);
    expect(types).toContain('task.created');
    expect(fold300().some(({ state }) => missingGates(pipeline, state).length > 0)).toBe(true);
  });

  it('sends events of deals whose creation comes only later', () => {
    const created = new Set<string>();
    let early = 0;
    for (const { event, at } of arrivals) {
      const deal = dealOf(event.event_id);
      if (creates(pipeline, parsed(event, at))) created.add(deal);
      else if (!created.has(deal)) early += 1;
    }
    expect(early).toBeGreaterThan(20);
  });

  it.each([DEFAULT_DISORDER, { late: 0.2, repeats: 0.1 }, { late: 0, repeats: 0 }])(
    'is late and repeats itself as often as configured: %o',
    (disorder) => {
      const all = [...simulate({ ...ordinary, deals: 600, ...disorder })];
      const first = all.filter(({ isRepeat }) => !isRepeat);
      const late = first.filter(({ at, event }) => at - instantOf(event) >= LATE_AFTER);
      expect(late.length / first.length).toBeCloseTo(disorder.late, 1.7);
      expect(all.length / first.length - 1).toBeCloseTo(disorder.repeats, 1.7);
      expect(new Set(all.map(({ event }) => `${event.source} ${event.event_id}`)).size).toBe(
        first.length,
      );
    },
  );

  it('keeps to working hours, rests at weekends, and is busier in autumn than in January', () => {
    const year = [...simulate({ ...ordinary, deals: 4_000, months: 24 })].filter(
      ({ event }) => event.type === 'crm.deal.created',
    );
    const begins = year.map(({ event }) => instantOf(event));
    const weekend = begins.filter((begin) => weekdayOf(begin) > 4).length;
    expect(weekend / begins.length).toBeLessThan(0.03);
    expect(weekend).toBeGreaterThan(0);
    expect(begins.filter((begin) => weekdayOf(begin) < 5).every(isWorkingTime)).toBe(true);
    const inMonth = (month: number): number =>
      begins.filter((begin) => new Date(begin).getUTCMonth() === month).length;
    expect(inMonth(10)).toBeGreaterThan(inMonth(0) * 1.5);
  });

  it('has amounts in whole minor units whose median follows the size of the client', () => {
    const amounts: Record<string, number[]> = { small: [], medium: [], large: [] };
    for (const { event } of simulate({ ...ordinary, deals: 3_000 })) {
      const { amount, attributes, currency } = event.data as {
        amount?: number;
        currency?: string;
        attributes?: { client_size: string };
      };
      if (!event.type.endsWith('deal.created') || amount === undefined) continue;
      expect(Number.isSafeInteger(amount)).toBe(true);
      if (currency === 'EUR') amounts[attributes?.client_size ?? '']?.push(amount);
    }
    const [small, medium, large] = ['small', 'medium', 'large'].map(
      (size) =>
        (amounts[size] ?? []).sort((a, b) => a - b).at((amounts[size] ?? []).length >> 1) ?? 0,
    ) as [number, number, number];
    expect(small * 2).toBeLessThan(medium);
    expect(medium * 2).toBeLessThan(large);
  });

  it('has people for every role, each with an address of its own, and clients in three languages', () => {
    const all = peopleOf('spring', 1_000_000);
    expect(new Set(all.map(({ email }) => email)).size).toBe(all.length);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeLessThanOrEqual(100);
    expect(new Set(all.map(({ role }) => role)).size).toBe(5);
    const locales = new Set(
      Array.from({ length: 50 }, (_, index) => companyOf('spring', index).locale),
    );
    expect(locales).toEqual(new Set(['uk', 'ru', 'en']));
  });

  it('does not change what happens when only the disorder is another', () => {
    const ids = (disorder: Partial<Simulation>): string[] =>
      [...simulate({ ...ordinary, deals: 50, months: 3, now: NOW, ...disorder })]
        .filter(({ at, isRepeat }) => !isRepeat && at < NOW - 10 * 86_400_000)
        .map(({ event }) => JSON.stringify(event))
        .sort();
    const calm = new Set(ids({ late: 0, repeats: 0 }));
    expect(ids({ repeats: 0.5 }).every((event) => calm.has(event))).toBe(true);
  });

  it('generates far more than 10,000 events a second on any machine', () => {
    const begin = performance.now();
    let events = 0;
    for (const { event } of simulate({ ...ordinary, deals: 2_000 })) if (event) events += 1;
    const rate = events / ((performance.now() - begin) / 1_000);
    expect(rate).toBeGreaterThan(10_000);
  });
});

function compiledAdtech() {
  const decision = compilePipeline(adtech, parseCel);
  if (!decision.ok) throw new Error(decision.refusal.reason);
  return decision.value;
}

function fold300(): Folded[] {
  const byDeal = Map.groupBy(
    arrivals.map(({ event, at }) => parsed(event, at)),
    ({ eventId }) => dealOf(eventId),
  );
  return [...byDeal.values()]
    .map((events) => distinct(events).filter((event) => listens(pipeline, event)))
    .map((events) => fold(pipeline, events.toSorted(compareEvents)))
    .filter(({ state }) => state.createdAt !== null);
}

function parsed(raw: unknown, receivedAt: number): DomainEvent {
  const decision = parseEvent(raw, receivedAt);
  if (!decision.ok) throw new Error(decision.refusal.reason);
  return decision.value;
}

function instantOf({ occurred_at: text }: Arrival['event']): number {
  return parseInstant(text) ?? 0;
}

/** Event ids read `tag-deal-number`. */
function dealOf(eventId: string): string {
  return eventId.split('-')[1] ?? '';
}

function fingerprint(stream: Iterable<Arrival>): string {
  const hash = createHash('sha256');
  for (const arrival of stream) hash.update(JSON.stringify(arrival));
  return hash.digest('hex');
}
