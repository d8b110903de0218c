import {
  ARTICLE_FIELDS,
  CONTACT_FIELDS,
  LEAD_KINDS,
  ORDER_STATUSES,
  PAYMENT_STATUSES,
} from 'twenty-mak-domain';
import { z } from 'zod';
import { CANONICAL_SOURCE, CANONICAL_VERSION, SUBJECTS, subjectOf } from './envelope.ts';
import type { EventType, Subject } from './envelope.ts';

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

const leadStatus = z.string().min(1).describe("Key of one of the tenant's statuses of leads.");
const leadSource = z.string().min(1).describe('Key of a source of leads.');
const leadPartner = z.uuid().nullable().describe('Head account of the company that brought it.');
const leadKind = z.enum(LEAD_KINDS).describe('What the status means.');
const company = z
  .uuid()
  .describe("Head account of a company; of the head office the tenant's own id.");
const price = z.int().min(1).describe('Minor units.');
const orderNumber = z.string().min(1).describe('As the stock system calls it.');
const orderSum = z.int().min(0).describe('Minor units.');
const sku = z.string().min(1).describe('Number of the article.');
const currency = z.string().regex(/^[A-Z]{3}$/);

/** What `data` of each canonical type holds: ids, never contact data. */
const DATA: Readonly<Record<EventType, z.ZodType>> = {
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
  'lead.created': z.strictObject({
    status: leadStatus,
    kind: leadKind,
    source: leadSource,
    partner_id: leadPartner,
  }),
  'lead.status.changed': z.strictObject({
    from: leadStatus,
    from_kind: leadKind,
    to: leadStatus,
    kind: leadKind,
    by: z.enum(['person', 'auction', 'conversion', 'return']),
  }),
  'lead.origin.changed': z.strictObject({
    from_source: leadSource,
    source: leadSource,
    from_partner_id: leadPartner,
    partner_id: leadPartner,
  }),
  'lead.merged': z.strictObject({
    into: z.uuid().describe('The lead that goes on.'),
  }),
  'auction.lot.listed': z.strictObject({
    kind: z.enum(['ascending', 'sealed', 'descending']),
    seller_id: company,
    leads: z.int().min(1).describe('How many leads are offered.'),
    currency,
    opens_at: instant,
    ends_at: instant,
    relist_of: z.uuid().nullable().describe('The lot that nobody bought, whose leads these are.'),
  }),
  'auction.lot.extended': z.strictObject({
    ends_at: instant,
    extensions: z.int().min(1).describe('How often the end has moved.'),
  }),
  'auction.lot.sold': z.strictObject({
    price,
    currency,
    winner_id: company,
    seller_id: company,
  }),
  'auction.lot.unsold': z.strictObject({
    reason: z.enum(['no_bids', 'reserve_not_met']),
    next_step: z.enum(['relist', 'assign', 'head_office']),
    relisted_as: z.uuid().nullable().describe('The lot that offers its leads again.'),
  }),
  'auction.lot.withdrawn': z.strictObject({}),
  'auction.lot.returned': z.strictObject({
    return_id: z.uuid(),
    lead_id: z.uuid(),
    price: z.int().min(0).describe('What the buyer got back, in minor units.'),
    currency,
  }),
  'article.created': z.strictObject({ sku }),
  'article.changed': z.strictObject({
    sku,
    fields: z.array(z.enum(ARTICLE_FIELDS)).min(1).describe('What has changed.'),
  }),
  'article.stock.changed': z.strictObject({
    warehouse: z.string().min(1),
    quantity: z.number().describe('How many there are now.'),
    reserved: z.number().min(0).describe('Of these so many wait in orders.'),
  }),
  'order.created': z.strictObject({
    number: orderNumber,
    status: z.enum(ORDER_STATUSES),
    total: orderSum,
    currency,
  }),
  'order.changed': z.strictObject({
    number: orderNumber,
    fields: z.array(z.string().min(1)).min(1).describe('What has changed.'),
  }),
  'order.status.changed': z.strictObject({
    number: orderNumber,
    from: z.enum(ORDER_STATUSES),
    to: z.enum(ORDER_STATUSES),
  }),
  'order.payment.changed': z.strictObject({
    number: orderNumber,
    payment_id: z.uuid(),
    payment_status: z.enum(PAYMENT_STATUSES),
    paid: orderSum,
    currency,
  }),
  'contact.changed': z.strictObject({
    client_id: z.uuid().describe('Whose contact it is now.'),
    fields: z.array(z.enum(CONTACT_FIELDS)).min(1).describe('What has changed.'),
    system: z.string().min(1).describe('Key of the connector of the system that has changed it.'),
  }),
};

/** How the id and the version of what an event speaks of are described. */
const MEMBERS: Readonly<Record<Subject, z.ZodRawShape>> = {
  masterdeal: {
    [SUBJECTS.masterdeal.id]: z.uuid(),
    [SUBJECTS.masterdeal.version]: z.int().min(1).describe('Version of the deal after the change.'),
  },
  lead: {
    [SUBJECTS.lead.id]: z.uuid(),
    [SUBJECTS.lead.version]: z.int().min(1).describe('Version of the lead after the change.'),
  },
  auction: {
    [SUBJECTS.auction.id]: z.uuid(),
    [SUBJECTS.auction.version]: z.int().min(1).describe('Rises with every event of the lot.'),
  },
  article: {
    [SUBJECTS.article.id]: z.uuid(),
    [SUBJECTS.article.version]: z.int().min(1).describe('Rises with every event of the article.'),
  },
  order: {
    [SUBJECTS.order.id]: z.uuid(),
    [SUBJECTS.order.version]: z.int().min(1).describe('Version of the order after the change.'),
  },
  contact: {
    [SUBJECTS.contact.id]: z.uuid(),
    [SUBJECTS.contact.version]: z.int().min(1).describe('Version of the contact after the change.'),
  },
};

/** The whole event of each type, as it leaves over webhooks and the bus. */
export const canonicalSchemas = new Map<EventType, z.ZodType>(
  (Object.keys(DATA) as EventType[]).map((type) => [
    type,
    z.strictObject({
      event_id: z.uuid().describe('UUIDv7; the same for every repeat of this event.'),
      type: z.literal(type),
      version: z.literal(CANONICAL_VERSION).describe('Version of this schema.'),
      occurred_at: instant,
      source: z.literal(CANONICAL_SOURCE),
      tenant_id: z.uuid(),
      ...MEMBERS[subjectOf(type)],
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
