import type { Batch } from './batches.ts';
import { describeProblem } from './problem.ts';
import { CliError } from '../local/cli-error.ts';
import type { Sender } from './sender.ts';

/** An event that the server refused. */
export interface Refused {
  readonly eventId: string;
  readonly code: string;
  readonly reason: string;
  readonly field?: string;
}

export interface Delivered {
  readonly refused: number;
  /** The first of them. */
  readonly examples: readonly Refused[];
}

const EXAMPLES = 5;

interface Answer {
  readonly event_id: string | null;
  readonly status: string;
  readonly code?: string;
  readonly reason?: string;
  readonly field?: string;
}

/** Sends the batches, `concurrency` of them at a time; `sent` hears of every batch that is done. */
export async function deliver(
  batches: AsyncIterator<Batch>,
  options: { sender: Sender; key: string; concurrency: number; sent: (events: number) => void },
): Promise<Delivered> {
  const { sender, key, concurrency, sent } = options;
  const examples: Refused[] = [];
  let refused = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    while (!failed) {
      const next = await batches.next();
      if (next.done === true) return;
      const { body, events } = next.value;
      const { status, text } = await sender.send({
        method: 'POST',
        path: '/v1/events',
        key,
        body,
      });
      if (status !== 200)
        throw new CliError(
          `The server refused a request: ${describeProblem(status, text)}`,
          'Correct what it names and run the command again.',
        );
      const lost = refusalsIn(text);
      refused += lost.length;
      examples.push(...lost.slice(0, EXAMPLES - examples.length));
      sent(events);
    }
  };
  const lanes = Array.from({ length: concurrency }, () =>
    lane().catch((error: unknown) => {
      failed = true;
      throw error;
    }),
  );
  const ended = await Promise.allSettled(lanes);
  const failure = ended.find((one) => one.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
  return { refused, examples };
}

/** Nearly every answer has no refusal; a look at the text is much cheaper than reading it. */
function refusalsIn(text: string): Refused[] {
  if (!text.includes('"status":"rejected"') && !text.includes('"status":"conflict"')) return [];
  const { results } = JSON.parse(text) as { results: Answer[] };
  return results
    .filter(({ status }) => status === 'rejected' || status === 'conflict')
    .map(({ event_id: eventId, status, code, reason, field }) => ({
      eventId: eventId ?? '(no event_id)',
      code: code ?? status,
      reason: reason ?? '',
      ...(field === undefined ? {} : { field }),
    }));
}
