import { formatInstant } from 'twenty-mak-domain';
import type { EventWriter, ExportedDeal, ExportedEvent } from './exported-event.ts';

/** One envelope a line, as `POST /v1/events` takes it. */
export function jsonLinesWriter(): EventWriter {
  return {
    contentType: 'application/x-ndjson; charset=utf-8',
    begin: () => '',
    beginDeal: () => '',
    event: (deal, event) => `${JSON.stringify(envelopeOf(deal, event))}\n`,
    endDeal: () => '',
    end: () => '',
  };
}

/**
 * `deal_id` says to which deal the events belong also where their references do not; a place that knows the deal
 * ignores it, so that sending the file to where it comes from changes nothing.
 */
function envelopeOf(deal: ExportedDeal, event: ExportedEvent): object {
  const { eventId, type, version, source, occurredAt, correlationId, refs, data } = event;
  return {
    event_id: eventId,
    type,
    version,
    source,
    occurred_at: formatInstant(occurredAt),
    ...(refs.length === 0 ? { master_deal_id: deal.id } : { external_refs: refs }),
    ...(correlationId === null ? {} : { correlation_id: correlationId }),
    data,
    deal_id: deal.id,
  };
}
