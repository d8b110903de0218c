import { formatInstant, MINUTE, SECOND } from 'twenty-mak-domain';
import type { JsonObject } from 'twenty-mak-domain';
import type { Random } from '../../src/simulator/random.ts';
import { definition } from './pipeline.ts';

/** An event in the envelope of the product. */
export interface RawEvent {
  readonly event_id: string;
  readonly type: string;
  readonly source: string;
  readonly occurred_at: string;
  readonly external_refs: readonly { readonly system: string; readonly id: string }[];
  readonly data: JsonObject;
}

/** Deals that are told at the same time. */
const AT_ONCE = 30;
/** Events of the past out of which repeats are taken. */
const REMEMBERED = 400;

const TYPES = definition.events.flatMap((mapping) =>
  mapping.creates === true ? [] : [{ type: mapping.type, data: { ...mapping.where } }],
);
const STAGES = Object.entries(definition.domains ?? {}).flatMap(([system, stages]) =>
  stages.map((stage) => ({ system, stage })),
);

/** Events of ever new deals, out of order and with repeats. One seed gives one sequence, except for the times. */
export class Story {
  private readonly random: Random;
  private readonly waiting: RawEvent[][] = [];
  private readonly told: RawEvent[] = [];
  private deals = 0;
  private events = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** The next `count` events, repeats among them. */
  next(count: number, now: number): RawEvent[] {
    return Array.from({ length: count }, () => this.one(now));
  }

  private one(now: number): RawEvent {
    const { random, told, waiting } = this;
    if (told.length > 0 && random.chance(0.1)) return random.pick(told);
    while (waiting.length < AT_ONCE) waiting.push(this.deal(now));
    const events = random.pick(waiting);
    const event = events.pop();
    if (event === undefined) {
      waiting.splice(waiting.indexOf(events), 1);
      return this.one(now);
    }
    told.push(event);
    if (told.length > REMEMBERED) told.shift();
    return event;
  }

  /** All events of a new deal, in the order in which they will arrive. */
  private deal(now: number): RawEvent[] {
    const { random } = this;
    this.deals += 1;
    const crm = { system: 'crm', id: `deal-${this.deals}` };
    const media = { system: 'media', id: `campaign-${this.deals}` };
    // Half of the deals are overdue when they come in, the others become so during the run.
    const opening =
      now - (random.chance(0.5) ? random.int(2, 15) * MINUTE : random.int(20, 58) * SECOND);
    const at = (): number => opening + random.int(0, 90) * SECOND;
    const events = [
      this.event('crm.deal.created', opening, [crm], {
        name: `Deal ${this.deals}`,
        owner_id: `owner-${random.int(1, 5)}`,
        amount: random.int(1, 1_000) * 100,
        currency: random.pick(['EUR', 'USD']),
      }),
      // Says that both names mean one deal; until then events under the second name wait.
      this.event('deal.note.added', at(), [crm, media], { text: 'also known as' }),
    ];
    for (let more = random.int(3, 14); more > 0; more -= 1) {
      const refs = random.chance(0.3) ? [media] : [crm];
      const { type, data } = random.pick(TYPES);
      const which = random.next();
      if (which < 0.15)
        events.push(this.event('domain.stage.changed', at(), refs, random.pick(STAGES)));
      else if (which < 0.2) events.push(this.event('deal.reopened', at(), refs, {}));
      else if (which < 0.3)
        events.push(this.event('deal.updated', at(), refs, { amount: random.int(1, 1_000) * 100 }));
      else events.push(this.event(type, at(), refs, data));
    }
    return random.chance(0.5) ? shuffled(events, random) : events.toReversed();
  }

  private event(
    type: string,
    at: number,
    refs: RawEvent['external_refs'],
    data: JsonObject,
  ): RawEvent {
    this.events += 1;
    const source = refs[0]?.system ?? 'crm';
    return {
      event_id: `${source}-${this.events}`,
      type,
      source,
      // Whole seconds: equal times have to be ordered by source and id.
      occurred_at: formatInstant(Math.floor(at / SECOND) * SECOND),
      external_refs: refs,
      data,
    };
  }
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const list = [...items];
  for (let index = list.length - 1; index > 0; index -= 1) {
    const other = random.int(0, index);
    [list[index], list[other]] = [list[other] as Item, list[index] as Item];
  }
  return list;
}
