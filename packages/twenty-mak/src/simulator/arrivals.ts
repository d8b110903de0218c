import { DAY, formatInstant, HOUR, MINUTE, SECOND } from 'twenty-mak-domain';
import type { Instant, JsonObject } from 'twenty-mak-domain';
import { Random } from './random.ts';
import type { Fact, Story, System } from './story.ts';

/** An event as a domain system sends it. */
export interface SentEvent {
  readonly event_id: string;
  readonly type: string;
  readonly version: number;
  readonly source: string;
  readonly occurred_at: string;
  readonly external_refs: readonly { readonly system: string; readonly id: string }[];
  readonly data: JsonObject;
}

export interface Arrival {
  /** When it reaches us; the event tells when it happened. */
  readonly at: Instant;
  readonly event: SentEvent;
  /** The same event arrived before. */
  readonly isRepeat: boolean;
}

export interface Disorder {
  /** Share of the events that arrive an hour to some days after they happened. */
  readonly late: number;
  /** Share of the events that arrive a second time. */
  readonly repeats: number;
}

/** The boundary between what is on time and what is late. */
export const LATE_AFTER = HOUR;

/** How the facts of one story arrive. `tag` keeps the ids of different simulations apart. */
export function arrivalsOf(story: Story, tag: string, disorder: Disorder): Arrival[] {
  const { index } = story.plan;
  // Numbers of its own: another share of late events must not change what happens in the deal.
  const random = new Random(`${tag}/arrivals/${index}`);
  const introduced = new Set<System>();
  const arrivals: Arrival[] = [];
  for (const [number, fact] of story.facts.entries()) {
    const isFirst = !introduced.has(fact.system);
    introduced.add(fact.system);
    const event: SentEvent = {
      event_id: `${tag}-${index}-${number}`,
      type: fact.type,
      version: 1,
      source: fact.system,
      occurred_at: formatInstant(fact.occurredAt),
      external_refs: refsOf(fact, index, tag, isFirst),
      data: fact.data,
    };
    const at = fact.occurredAt + delay(random, disorder.late);
    arrivals.push({ at, event, isRepeat: false });
    if (random.chance(disorder.repeats))
      arrivals.push({ at: at + repeatAfter(random), event, isRepeat: true });
  }
  return arrivals;
}

/** Each system names its own record; the first time it also names the record of the CRM that it belongs to. */
function refsOf(
  { system }: Fact,
  index: number,
  tag: string,
  isFirst: boolean,
): SentEvent['external_refs'] {
  const own = { system, id: `${tag}-${index}` };
  if (system === 'crm' || !isFirst) return [own];
  return [own, { system: 'crm', id: own.id }];
}

/** Mostly seconds; for a share an hour to four days: a queue that stood still, a phone without a network. */
function delay(random: Random, late: number): number {
  if (random.chance(late)) return Math.round(LATE_AFTER * 96 ** random.next());
  return Math.min(Math.round(random.logNormal(4 * SECOND, 3)), 20 * MINUTE);
}

/** A sender that did not hear the answer tries again at once, or when it starts the next time. */
function repeatAfter(random: Random): number {
  return Math.round(
    random.chance(0.7) ? random.between(1, 90) * SECOND : random.between(0.1, 2) * DAY,
  );
}
