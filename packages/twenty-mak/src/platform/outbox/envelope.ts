import {
  ARTICLE_EVENT_TYPES,
  CANONICAL_TYPES,
  CONTACT_EVENT_TYPES,
  formatInstant,
  LEAD_EVENT_TYPES,
  LOT_EVENT_TYPES,
  ORDER_EVENT_TYPES,
} from 'twenty-mak-domain';
import type { JsonObject } from 'twenty-mak-domain';
import type { OutboxRow } from './outbox-reader.ts';

/** Version of the payload schemas; a change that readers would notice raises it. */
export const CANONICAL_VERSION = 1;
export const CANONICAL_SOURCE = 'masterdeal';

/** Every type of canonical event, of deals first. */
export const EVENT_TYPES = [
  ...CANONICAL_TYPES,
  ...LEAD_EVENT_TYPES,
  ...LOT_EVENT_TYPES,
  ...ARTICLE_EVENT_TYPES,
  ...ORDER_EVENT_TYPES,
  ...CONTACT_EVENT_TYPES,
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What an event speaks of, by the first word of its type: how its id and its version are called. */
export const SUBJECTS = {
  masterdeal: { id: 'master_deal_id', version: 'deal_version' },
  lead: { id: 'lead_id', version: 'lead_version' },
  auction: { id: 'lot_id', version: 'lot_version' },
  article: { id: 'article_id', version: 'article_version' },
  order: { id: 'order_id', version: 'order_version' },
  contact: { id: 'contact_id', version: 'contact_version' },
} as const;
export type Subject = keyof typeof SUBJECTS;

export function subjectOf(type: EventType): Subject {
  if (type.startsWith('lead.')) return 'lead';
  if (type.startsWith('article.')) return 'article';
  if (type.startsWith('order.')) return 'order';
  if (type.startsWith('contact.')) return 'contact';
  return type.startsWith('auction.') ? 'auction' : 'masterdeal';
}

/** A canonical event as the outside gets it, the same on every way out. */
export interface CanonicalEvent {
  readonly event_id: string;
  readonly type: EventType;
  readonly version: number;
  /** RFC 3339. */
  readonly occurred_at: string;
  readonly source: string;
  readonly tenant_id: string;
  /** Of events of deals. */
  readonly master_deal_id?: string;
  readonly deal_version?: number;
  /** Of events of leads. */
  readonly lead_id?: string;
  readonly lead_version?: number;
  /** Of events of lots. */
  readonly lot_id?: string;
  readonly lot_version?: number;
  /** Of events of articles. */
  readonly article_id?: string;
  readonly article_version?: number;
  /** Of events of orders. */
  readonly order_id?: string;
  readonly order_version?: number;
  /** Of events of contacts. */
  readonly contact_id?: string;
  readonly contact_version?: number;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
  readonly data: JsonObject;
}

export function envelopeOf(tenantId: string, row: OutboxRow): CanonicalEvent {
  const { id, version } = SUBJECTS[subjectOf(row.type)];
  return {
    event_id: row.event_id,
    type: row.type,
    version: CANONICAL_VERSION,
    occurred_at: formatInstant(row.occurred_at),
    source: CANONICAL_SOURCE,
    tenant_id: tenantId,
    [id]: row.deal_id,
    [version]: row.deal_version,
    correlation_id: row.correlation_id,
    causation_id: row.causation_id,
    data: row.data,
  };
}
