import type { CanonicalType } from 'twenty-mak-domain';
import { z } from 'zod';
import { CANONICAL_SOURCE, CANONICAL_VERSION } from './envelope.ts';

const stage = z.string().min(1).describe('Key of a stage or an ending of the pipeline.');
const person = z
  .string()
  .min(1)
  .nullable()
  .describe('Id of an account, or of a person in the source system.');
const instant = z.iso.datetime().describe('RFC 3339 in UTC.');
const timer = z.string().min(1).describe('Key of a timer of the pipeline.');

const closed = z.strictObject({ outcome: z.enum(['won', 'lost']), stage });
const run = z.strictObject({
  timer,
  opened_by: z.string().min(1).describe('Event id of the event that opened the run.'),
  due_at: instant,
});

/** What `data` of each canonical type holds: ids, never contact data. */
const DATA: Readonly<Record<CanonicalType, z.ZodType>> = {
  'masterdeal.created': z.strictObject({
    pipeline: z.string().min(1).describe('Key of the pipeline.'),
    stage,
    owner_id: person,
  }),
  'masterdeal.stage.changed': z.strictObject({
    from: stage,
    to: stage,
    reason: z.enum(['facts', 'ended', 'reopened', 'late_event', 'migration', 'merge']),
    gates: z.array(z.string()).describe('Keys of the gates that hold now.'),
  }),
  'masterdeal.owner.changed': z.strictObject({ from: person, to: person }),
  'masterdeal.offer.approved': z.strictObject({}),
  'masterdeal.billing.ready': z.strictObject({}),
  'masterdeal.closed.won': closed,
  'masterdeal.closed.lost': closed,
  'masterdeal.closed': closed,
  'masterdeal.sla.updated': z.strictObject({
    due_at: instant
      .nullable()
      .describe('Due time of the nearest open run; null when none is open.'),
    timers: z.array(z.strictObject({ timer, due_at: instant })),
  }),
  'masterdeal.sla.breached': run,
  'masterdeal.sla.retracted': run,
  'masterdeal.merged': z.strictObject({
    into: z.uuid().describe('The deal that goes on.'),
  }),
};

/** The whole event of each type, as it leaves over webhooks and the bus. */
export const canonicalSchemas = new Map<CanonicalType, z.ZodType>(
  (Object.keys(DATA) as CanonicalType[]).map((type) => [
    type,
    z.strictObject({
      event_id: z.uuid().describe('UUIDv7; the same for every repeat of this event.'),
      type: z.literal(type),
      version: z.literal(CANONICAL_VERSION).describe('Version of this schema.'),
      occurred_at: instant,
      source: z.literal(CANONICAL_SOURCE),
      tenant_id: z.uuid(),
      master_deal_id: z.uuid(),
      deal_version: z.int().min(1).describe('Version of the deal after the change.'),
      correlation_id: z.string().nullable(),
      causation_id: z.string().nullable().describe('Id of the event that caused this one.'),
      data: DATA[type],
    }),
  ]),
);

/** JSON Schema (draft 2020-12) of each type by file name, e.g. `masterdeal.created.json`. */
export function canonicalJsonSchemas(): ReadonlyMap<string, object> {
  return new Map(
    [...canonicalSchemas].map(([type, schema]) => [
      `${type}.json`,
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `urn:mak:event:${type}:${CANONICAL_VERSION}`,
        title: type,
        ...z.toJSONSchema(schema, {
          target: 'draft-2020-12',
          // The format says the same as zod's patterns, and people can read it.
          override: ({ jsonSchema }) => {
            if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
          },
        }),
      },
    ]),
  );
}
