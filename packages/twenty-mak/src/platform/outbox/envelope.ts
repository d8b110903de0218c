import { formatInstant } from 'twenty-mak-domain';
import type { CanonicalType, JsonObject } from 'twenty-mak-domain';
import type { OutboxRow } from './outbox-reader.ts';

/** Version of the payload schemas; a change that readers would notice raises it. */
export const CANONICAL_VERSION = 1;
export const CANONICAL_SOURCE = 'masterdeal';

/** A canonical event as the outside gets it, the same on every way out. */
export interface CanonicalEvent {
  readonly event_id: string;
  readonly type: CanonicalType;
  readonly version: number;
  /** RFC 3339. */
  readonly occurred_at: string;
  readonly source: string;
  readonly tenant_id: string;
  readonly master_deal_id: string;
  readonly deal_version: number;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
  readonly data: JsonObject;
}

export function envelopeOf(tenantId: string, row: OutboxRow): CanonicalEvent {
  return {
    event_id: row.event_id,
    type: row.type,
    version: CANONICAL_VERSION,
    occurred_at: formatInstant(row.occurred_at),
    source: CANONICAL_SOURCE,
    tenant_id: tenantId,
    master_deal_id: row.deal_id,
    deal_version: row.deal_version,
    correlation_id: row.correlation_id,
    causation_id: row.causation_id,
    data: row.data,
  };
}
