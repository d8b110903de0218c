import { shuffle } from './random.ts';

/** Events of one request; the server takes no more. */
const MAX_EVENTS = 500;
/** Characters of one request, well below the server's limit of 5 MB in any encoding. */
const MAX_CHARACTERS = 1_000_000;

/** An event that is ready to be sent. */
export interface Line {
  /** The event as JSON. */
  readonly json: string;
  /** Events of one group belong to one deal. */
  readonly group: string;
}

export interface Batch {
  readonly body: string;
  readonly events: number;
}

export interface Disorder {
  /** Random numbers of the seed. */
  readonly random: () => number;
  readonly shuffle: boolean;
  /** Share of the events that is sent a second time. */
  readonly duplicate: number;
}

/** Requests in the order of the file, or in none, as `disorder` says. Only a shuffle keeps the whole file in memory. */
export async function* batchesOf(
  lines: AsyncIterable<Line[]>,
  disorder: Disorder,
): AsyncGenerator<Batch> {
  const repeated = disorder.duplicate === 0 ? lines : withRepeats(lines, disorder);
  const ordered = disorder.shuffle ? shuffled(repeated, disorder.random) : repeated;
  let waiting: Line[] = [];
  let characters = 0;
  for await (const some of ordered) {
    for (const line of some) {
      if (waiting.length === MAX_EVENTS || characters + line.json.length > MAX_CHARACTERS) {
        const count = disorder.shuffle ? waiting.length : wholeGroups(waiting, line.group);
        yield batchOf(waiting.slice(0, count));
        waiting = waiting.slice(count);
        characters = waiting.reduce((sum, { json }) => sum + json.length, 0);
      }
      waiting.push(line);
      characters += line.json.length;
    }
  }
  if (waiting.length > 0) yield batchOf(waiting);
}

/** How many of the lines can go without parting the last group from its next line. */
function wholeGroups(lines: readonly Line[], next: string): number {
  const begin = lines.findLastIndex(({ group }) => group !== next) + 1;
  return begin === 0 ? lines.length : begin;
}

function batchOf(lines: readonly Line[]): Batch {
  return { body: `[${lines.map(({ json }) => json).join(',')}]`, events: lines.length };
}

/** Every event, and for a share of them a repeat that comes some batches later. */
async function* withRepeats(
  lines: AsyncIterable<Line[]>,
  { random, duplicate }: Disorder,
): AsyncGenerator<Line[]> {
  let repeats: Line[] = [];
  for await (const some of lines) {
    yield some;
    const later = some.filter(() => random() < duplicate);
    if (repeats.length > 0) yield repeats;
    repeats = later;
  }
  if (repeats.length > 0) yield repeats;
}

async function* shuffled(
  lines: AsyncIterable<Line[]>,
  random: () => number,
): AsyncGenerator<Line[]> {
  const all: Line[] = [];
  for await (const some of lines) for (const line of some) all.push(line);
  shuffle(all, random);
  yield all;
}
