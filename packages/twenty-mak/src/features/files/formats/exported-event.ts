import type { ExternalRef, Instant, JsonObject } from 'twenty-mak-domain';

/** A deal whose events are written. */
export interface ExportedDeal {
  readonly id: string;
  readonly name: string | null;
  readonly pipeline: string;
  readonly stage: string;
  readonly outcome: string | null;
  readonly amount: number | null;
  readonly currency: string | null;
}

/** An event as it is stored. */
export interface ExportedEvent {
  readonly source: string;
  readonly eventId: string;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: Instant;
  readonly correlationId: string | null;
  readonly refs: readonly ExternalRef[];
  readonly data: JsonObject;
}

/** Writes one format piece by piece; the pieces together are the file. */
export interface EventWriter {
  readonly contentType: string;
  begin(): string;
  beginDeal(deal: ExportedDeal): string;
  /** The events of a deal come one after the other, in the order of the fold. */
  event(deal: ExportedDeal, event: ExportedEvent): string;
  endDeal(): string;
  end(): string;
}
