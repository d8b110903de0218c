import type { Arrival, SentEvent } from './arrivals.ts';
import type { HttpApi } from './http-api.ts';

/** Events of one request; the server takes no more. */
const BATCH = 500;

/** How many events got which answer: applied, stored, duplicate, orphan, conflict, rejected. */
export type Answers = Record<string, number>;

export interface Delivery {
  readonly api: HttpApi;
  readonly key: string;
  /** Requests at a time; with more than one, requests may overtake each other. */
  readonly concurrency: number;
  /** Hears of every request that is done. */
  readonly sent?: (events: number) => void;
}

/** Sends all arrivals in their order. Throws ApiError when a request is refused or the server stays away. */
export async function deliver(arrivals: Iterable<Arrival>, delivery: Delivery): Promise<Answers> {
  const { concurrency, sent } = delivery;
  const batches = batchesOf(arrivals);
  const answers: Answers = {};
  let failed = false;
  const lane = async (): Promise<void> => {
    for (let next = batches.next(); !failed && next.done !== true; next = batches.next()) {
      addTo(answers, await sendEvents(delivery, next.value));
      sent?.(next.value.length);
    }
  };
  await Promise.all(
    Array.from({ length: concurrency }, () =>
      lane().catch((error: unknown) => {
        failed = true;
        throw error;
      }),
    ),
  );
  return answers;
}

/** Sends events in their order, in as few requests as may be. */
export async function sendEvents(
  { api, key }: Pick<Delivery, 'api' | 'key'>,
  events: readonly SentEvent[],
): Promise<Answers> {
  const answers: Answers = {};
  for (let start = 0; start < events.length; start += BATCH) {
    const body = events.slice(start, start + BATCH);
    const { results } = await api.call<{ results: { status: string }[] }>('/v1/events', {
      key,
      body,
    });
    for (const { status } of results) answers[status] = (answers[status] ?? 0) + 1;
  }
  return answers;
}

export function addTo(sum: Answers, more: Answers): void {
  for (const [status, count] of Object.entries(more)) sum[status] = (sum[status] ?? 0) + count;
}

function* batchesOf(arrivals: Iterable<Arrival>): Generator<SentEvent[]> {
  let batch: SentEvent[] = [];
  for (const { event } of arrivals) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
