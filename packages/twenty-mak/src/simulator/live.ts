import { formatInstant, parseInstant } from 'twenty-mak-domain';
import type { Instant } from 'twenty-mak-domain';
import type { SentEvent } from './arrivals.ts';
import { simulate } from './simulate.ts';
import type { Simulation } from './simulate.ts';

/** Deals that are under way together. */
const DEALS = 200;
/** Sent events that may still be repeated. */
const REMEMBERED = 20_000;

/**
 * Events of new deals without an end, for a business whose time flies: order, late events and repeats are those of
 * `simulate`, times are moved to the moment at which each event is asked for. `clock` tells that moment.
 */
export function* liveEvents(
  { seed, now, ...who }: Pick<Simulation, 'seed' | 'people' | 'now' | 'clients'>,
  clock: () => Instant,
): Generator<SentEvent> {
  const sent = new Map<string, SentEvent>();
  for (let round = 0; ; round += 1) {
    const from = `${seed}/live/${now}/${round}`;
    const arrivals = simulate({ ...who, seed: from, deals: DEALS, now, months: 4 });
    for (const { at, event, isRepeat } of arrivals) {
      const identity = `${event.source} ${event.event_id}`;
      if (isRepeat) {
        // A repeat has to be the same to the last byte.
        const before = sent.get(identity);
        if (before !== undefined) yield before;
        continue;
      }
      const onTheWay = at - (parseInstant(event.occurred_at) ?? at);
      const moved = { ...event, occurred_at: formatInstant(clock() - onTheWay) };
      sent.set(identity, moved);
      if (sent.size > REMEMBERED) sent.delete(sent.keys().next().value ?? '');
      yield moved;
    }
  }
}
