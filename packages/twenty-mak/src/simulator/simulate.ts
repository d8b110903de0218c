import { DAY } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import { arrivalsOf } from './arrivals.ts';
import type { Arrival, Disorder } from './arrivals.ts';
import { peopleOf, staffOf } from './people.ts';
import type { Person } from './people.ts';
import { hashOf } from './random.ts';
import { Season } from './season.ts';
import { tellDeal } from './tell-deal.ts';
import type { Clients } from './tell-deal.ts';

/** Deals that are told together; memory holds the events of so many deals at a time. */
const WAVE = 2_000;
const MONTH = 30.44 * DAY;

export interface Simulation extends Partial<Disorder> {
  /** The same seed gives the same bytes. */
  readonly seed: string;
  readonly deals: number;
  /** The last moment; what happens or arrives later is left out. */
  readonly now: Instant;
  /** How long ago the first deals began. */
  readonly months?: number;
  /** Who works there; without it those of `peopleOf`. Their ids are the owners of the deals. */
  readonly people?: readonly Person[];
  /** Who orders; without it the clients of its own seed and size. */
  readonly clients?: Clients;
}

export const DEFAULT_DISORDER: Disorder = { late: 0.03, repeats: 0.02 };

/**
 * Everything that arrives at a simulated advertising business (pipeline `adtech`), pure: nothing but the arguments
 * decides. Up to 2,000 deals come in the order of arrival; more deals come in waves of 2,000, the oldest first, each
 * in the order of arrival, so that memory stays bounded.
 */
export function* simulate(simulation: Simulation): Generator<Arrival> {
  const { seed, deals, now, months = 6, clients = simulation } = simulation;
  const disorder = { ...DEFAULT_DISORDER, ...definedOf(simulation) };
  const staff = staffOf(simulation.people ?? peopleOf(seed, deals));
  const season = new Season({ seed, deals, from: now - months * MONTH, now });
  const tag = tagOf(seed);
  for (let first = 0; first < deals; first += WAVE) {
    const wave: Arrival[] = [];
    for (let index = first; index < Math.min(first + WAVE, deals); index += 1) {
      const story = tellDeal({ seed, staff, clients }, index, season.beginOf(index), now);
      for (const arrival of arrivalsOf(story, tag, disorder))
        if (arrival.at <= now) wave.push(arrival);
    }
    yield* wave.sort((left, right) => left.at - right.at);
  }
}

/** Short name of a seed; part of every event id and reference of its simulation. */
export function tagOf(seed: string): string {
  return hashOf(seed).toString(36);
}

function definedOf({ late, repeats }: Simulation): Partial<Disorder> {
  return {
    ...(late === undefined ? {} : { late }),
    ...(repeats === undefined ? {} : { repeats }),
  };
}
