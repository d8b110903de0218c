import type { Refusal } from 'twenty-mak-domain';

/** What became of one event. Only `rejected` and `conflict` lose it, and both are kept among the rejections. */
export interface EventAnswer {
  readonly event_id: string | null;
  readonly status: 'applied' | 'stored' | 'duplicate' | 'conflict' | 'orphan' | 'rejected';
  readonly master_deal_id?: string;
  readonly code?: string;
  readonly reason?: string;
  readonly field?: string;
}

export function rejected(
  eventId: string | null,
  refusal: Refusal,
  status: 'rejected' | 'conflict' = 'rejected',
): EventAnswer {
  return { event_id: eventId, status, ...refusal };
}
