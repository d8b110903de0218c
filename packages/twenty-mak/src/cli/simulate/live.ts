import { setTimeout as sleep } from 'node:timers/promises';
import { addTo, liveEvents, sendEvents } from '../../simulator/index.ts';
import type { Answers, Clients, HttpApi, Person, SentEvent } from '../../simulator/index.ts';

const TICK_MS = 250;
const MAX_EVENTS = 500;

interface Business {
  readonly api: HttpApi;
  readonly key: string;
  readonly seed: string;
  readonly people: readonly Person[];
  readonly clients: Clients;
}

/** Sends `rate` events a second until the time is over or Ctrl-C is pressed. */
export async function live(
  { api, key, ...business }: Business,
  rate: number,
  seconds: number | null,
): Promise<Answers> {
  const events = liveEvents({ ...business, now: Date.now() }, () => Date.now());
  const answers: Answers = {};
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const begin = performance.now();
  const end = seconds === null ? Infinity : begin + seconds * 1_000;
  try {
    for (let sent = 0; !stop.signal.aborted && performance.now() < end;) {
      // What a slow server left over comes in the next requests, so the rate holds in the long run.
      const due = Math.floor(((performance.now() - begin) / 1_000) * rate) - sent;
      const batch = take(events, Math.min(due, MAX_EVENTS));
      if (batch.length > 0) addTo(answers, await sendEvents({ api, key }, batch));
      sent += batch.length;
      report(answers, (performance.now() - begin) / 1_000);
      await sleep(TICK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    if (process.stderr.isTTY) process.stderr.write('\n');
  }
  return answers;
}

function take(events: Iterator<SentEvent>, count: number): SentEvent[] {
  const taken: SentEvent[] = [];
  while (taken.length < count) {
    const next = events.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

function report(answers: Answers, seconds: number): void {
  if (!process.stderr.isTTY) return;
  const counts = Object.entries(answers).map(([status, count]) => `${count} ${status}`);
  process.stderr.write(`\rlive ${Math.round(seconds)} s: ${counts.join(', ')}   `);
}
