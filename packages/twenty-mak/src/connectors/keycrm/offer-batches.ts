import type { Taken } from './api.ts';

/** Characters of the values of a filter in one address, as they are sent; web servers take 8,000 of all. */
const LONGEST = 4_000;
/** How long a batch is taken apart, in milliseconds; what is left then comes with the next one, long before the lease ends. */
const PATIENCE = 45_000;

export type NotTaken = Exclude<Taken<unknown>, { kind: 'taken' }>;

/** KeyCRM divides the values of a filter at commas. */
export function canBeAskedFor(value: string): boolean {
  return value !== '' && !value.includes(',');
}

/** Values of a filter in parts that an address has room for. What cannot be asked for is left out. */
export function filterParts(
  values: readonly string[],
  longest = LONGEST,
): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let length = Infinity;
  for (const value of values.filter(canBeAskedFor)) {
    // With a comma.
    const own = new URLSearchParams({ '': `${value},` }).toString().length;
    if (length + own > longest) {
      parts.push([]);
      length = 0;
    }
    parts.at(-1)?.push(value);
    length += own;
  }
  return parts;
}

/** Until when a batch that begins now is taken apart, on the monotonic clock. */
export function patienceFrom(now: number): number {
  return now + PATIENCE;
}

/** Sends rows a batch at a time, each as `sendApart` does. */
export async function sendInBatches<Row>(
  rows: readonly Row[],
  size: number,
  send: (rows: readonly Row[]) => Promise<Taken<unknown>>,
  hasTime: () => boolean,
): Promise<ReadonlyMap<Row, NotTaken | null>> {
  const left = new Map<Row, NotTaken | null>();
  for (let from = 0; from < rows.length; from += size) {
    const batch = rows.slice(from, from + size);
    const some =
      from > 0 && !hasTime()
        ? batch.map((row): [Row, null] => [row, null])
        : await sendApart(batch, send, hasTime);
    for (const [row, why] of some) left.set(row, why);
  }
  return left;
}

/**
 * Sends rows that are taken or refused as a whole: without the one that KeyCRM names, else in halves, until only those are
 * left that it does not take. Gives these with what it says, and null for rows that there was no time for.
 */
export async function sendApart<Row>(
  rows: readonly Row[],
  send: (rows: readonly Row[]) => Promise<Taken<unknown>>,
  hasTime: () => boolean,
): Promise<ReadonlyMap<Row, NotTaken | null>> {
  const left = new Map<Row, NotTaken | null>();
  const waiting: (readonly Row[])[] = rows.length === 0 ? [] : [rows];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (part !== rows && !hasTime()) {
      for (const row of part) left.set(row, null);
      continue;
    }
    const answer = await send(part);
    if (answer.kind === 'taken') continue;
    const [only] = part;
    const named = part.length === 1 ? only : part[placeIn(answer)];
    if (named !== undefined) {
      left.set(named, answer);
      const rest = part.filter((row) => row !== named);
      if (rest.length > 0) waiting.push(rest);
      continue;
    }
    const middle = Math.ceil(part.length / 2);
    waiting.push(part.slice(middle), part.slice(0, middle));
  }
  return left;
}

/** Which of the rows is meant, `stocks.3.quantity` being of the fourth; -1 when none is named. */
function placeIn(answer: NotTaken): number {
  const field = answer.kind === 'refused' ? answer.refusal.field : null;
  return Number(/^(?:offers|stocks)\.(\d{1,5})(?:\.|$)/.exec(field ?? '')?.[1] ?? -1);
}
