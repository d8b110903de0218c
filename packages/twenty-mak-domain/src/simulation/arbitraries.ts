import fc from 'fast-check';
import { HOUR } from '../basics/index.ts';
import type { DomainEvent } from '../deal-gates/index.ts';
import type { PipelineDefinition } from '../pipelines/index.ts';
import { event, START, vocabulary } from './fixtures.ts';

/** Distinct events of one deal; many share a time, so that source and id decide. */
export function eventsOf(
  definition: PipelineDefinition,
  maxLength = 24,
): fc.Arbitrary<DomainEvent[]> {
  const told = fc.record({
    what: fc.constantFrom(...vocabulary(definition)),
    hour: fc.integer({ min: 0, max: 40 }),
    source: fc.constantFrom('crm', 'Crm', 'bench'),
    eventId: fc.integer({ min: 0, max: 99 }).map(String),
  });
  return fc
    .uniqueArray(told, { maxLength, selector: ({ source, eventId }) => `${source} ${eventId}` })
    .map((list) =>
      list.map(({ what: [type, data], hour, source, eventId }) =>
        event(type, START + hour * 3 * HOUR, data, { source, eventId }),
      ),
    );
}

/** The same events in any order, some of them several times. */
export function repeatedAndShuffled(events: readonly DomainEvent[]): fc.Arbitrary<DomainEvent[]> {
  if (events.length === 0) return fc.constant([]);
  return fc.array(fc.constantFrom(...events), { maxLength: 6 }).chain((repeats) =>
    fc.shuffledSubarray([...events, ...repeats], {
      minLength: events.length + repeats.length,
      maxLength: events.length + repeats.length,
    }),
  );
}

/** A list cut into batches of one to five. */
export function inBatches<T>(list: readonly T[]): fc.Arbitrary<T[][]> {
  return fc
    .array(fc.integer({ min: 1, max: 5 }), { minLength: list.length, maxLength: list.length })
    .map((sizes) => {
      const batches: T[][] = [];
      let start = 0;
      for (const size of sizes) {
        if (start >= list.length) break;
        batches.push(list.slice(start, start + size));
        start += size;
      }
      return batches;
    });
}
