import { DAY, formatInstant, HOUR, MINUTE } from '../basics/index.ts';
import type { Instant } from '../basics/index.ts';
import type { ExternalRef } from '../deal-gates/index.ts';
import type { PipelineDefinition } from '../pipelines/index.ts';
import { vocabulary } from './fixtures.ts';
import type { Random } from './random.ts';

/** An event as it travels, in the envelope of the product. */
export interface RawEvent {
  readonly event_id: string;
  readonly type: string;
  readonly source: string;
  readonly occurred_at: string;
  readonly external_refs: readonly ExternalRef[];
  readonly data: object;
}

/** What a system will tell, and when it gets to know it. */
export interface Saying {
  readonly source: string;
  readonly at: Instant;
  readonly raw: RawEvent;
}

export interface PlannedDeal {
  readonly ref: ExternalRef;
  readonly sayings: readonly Saying[];
}

/** How far the clock of each system is off; the last one runs further ahead than the product tolerates. */
const CLOCKS: Readonly<Record<string, number>> = {
  crm: 0,
  bench: -50 * MINUTE,
  depot: 25 * MINUTE,
};
const SOURCES = Object.keys(CLOCKS);

/** How long the story of a tenant lasts. */
export const STORY = 10 * DAY;

/** Some deals with everything that will be told about them. */
export function planDeals(
  definition: PipelineDefinition,
  start: Instant,
  random: Random,
  count: number,
): readonly PlannedDeal[] {
  const types = vocabulary(definition);
  const creating = definition.events.filter(({ creates }) => creates === true);
  const creatingTypes = new Set([
    'deal.created',
    ...creating.flatMap(({ type, aliases = [] }) => [type, ...aliases]),
  ]);
  let told = 0;
  return Array.from({ length: count }, (_, index) => {
    const ref = { system: 'crm', id: String(index + 1) };
    const other = { system: 'bench', id: `b-${index + 1}` };
    const opening = start + random.int(0, STORY / 2);
    const say = (type: string, data: object, at: Instant, refs: readonly ExternalRef[]): Saying => {
      const source = random.pick(SOURCES);
      told += 1;
      return {
        source,
        at: at + delay(random),
        raw: {
          event_id: `${source}-${told}`,
          type,
          source,
          // Whole hours now and then: equal times have to be ordered by source and id.
          occurred_at: formatInstant(
            (random.chance(0.2) ? Math.floor(at / HOUR) * HOUR : at) + (CLOCKS[source] ?? 0),
          ),
          external_refs: refs,
          data,
        },
      };
    };
    const { type, where = {} } = random.pick(creating);
    const sayings = [
      say(type, { ...where, name: `Deal ${index + 1}`, owner_id: 'u1' }, opening, [ref]),
    ];
    // One event tells both references; events with the second one only may come before it and have to wait.
    sayings.push(
      say('deal.note.added', { text: 'also known as' }, opening + random.int(0, HOUR), [
        ref,
        other,
      ]),
    );
    for (let more = random.int(3, 14); more > 0; more -= 1) {
      const [what, data] = random.pick(types);
      // A deal made under a reference that nobody has linked yet would be another deal, until people merge them.
      const refs = random.chance(0.3) && !creatingTypes.has(what) ? [other] : [ref];
      sayings.push(say(what, data, opening + random.int(0, STORY / 2), refs));
    }
    return { ref, sayings };
  });
}

/** Most systems tell at once; some hold things back for hours or days. */
function delay(random: Random): number {
  if (random.chance(0.7)) return random.int(0, 2 * MINUTE);
  return random.chance(0.7) ? random.int(0, 6 * HOUR) : random.int(0, 3 * DAY);
}
