import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { request } from 'undici';
import type { ImportAnswer } from '../features/imports/imports.dto.ts';
import { inTurns } from './frame.ts';
import type { BenchPlace } from './frame.ts';
import { openTenant, post } from './tenant.ts';

type Place = Pick<BenchPlace, 'url' | 'operatorKey' | 'ownerUrl' | 'log'>;

export interface ImportOptions extends Place {
  /** How often both arms are measured. */
  readonly rounds?: number;
  /** Rows of one file. */
  readonly rows?: number;
}

export interface ImportMemoryOptions extends Place {
  /** Address of the worker's health and metrics. */
  readonly workerUrl: string;
  readonly small?: number;
  readonly large?: number;
  readonly rounds?: number;
}

/** Every so many rows one has a number of a row before, and one has no number at all. */
const REPEAT = 100;
const WRONG = 250;

const FIELDS = ['name', 'phone', 'email', 'city', 'source', 'amount', 'comment'] as const;
const CITIES = ['Київ', 'Харків', 'Одеса', 'Дніпро', 'Львів', 'Полтава', 'Черкаси', 'Луцьк'];
const GIVEN = ['Іван', 'Олена', 'Петро', 'Марія', 'Андрій', 'Ольга', 'Юрій', 'Наталія'];
const SYLLABLES = [
  'ко',
  'ша',
  'ме',
  'ти',
  'бо',
  'гу',
  'рі',
  'ля',
  'ва',
  'до',
  'за',
  'пе',
  'сю',
  'но',
  'жи',
  'фа',
];

/** The same rows every time: only numbers and addresses are all different. */
function rowOf(index: number): readonly string[] {
  const pick = (words: readonly string[], step: number): string =>
    words[Math.floor(mixed / step) % words.length] ?? '';
  // Neighbours are no namesakes.
  const mixed = Math.imul(index, 2_654_435_761) >>> 0;
  const family = [1, 16, 256, 4_096].map((step) => pick(SYLLABLES, step)).join('');
  const isRepeat = index > 0 && index % REPEAT === 0;
  const number = isRepeat ? index - 1 : index;
  const phone = index % WRONG === 7 ? 'none' : `+38067${String(number).padStart(7, '0')}`;
  return [
    `${family} ${pick(GIVEN, 65_536)}`,
    phone,
    isRepeat ? '' : `person${index}@example.com`,
    pick(CITIES, 524_288),
    'Cold base',
    String(100 + (index % 9_000)),
    `called on day ${index % 365}`,
  ];
}

/** Lines of COPY's text format and of CSV alike: no cell has a tab, a comma or a quotation mark. */
function* lines(rows: number, separator: string): Generator<string> {
  for (let from = 0; from < rows; from += 1_000) {
    let text = '';
    for (let index = from; index < Math.min(rows, from + 1_000); index += 1)
      text += `${rowOf(index).join(separator)}\n`;
    yield text;
  }
}

/**
 * Rows a second of an import, from its start to its end: read, checked, compared with all numbers and addresses, entered,
 * told of ÷ COPY of the same rows into one plain table. Throws when an import did not come to what the file holds.
 */
export async function importRatios(options: ImportOptions): Promise<number[]> {
  const { rounds = 5, rows = 50_000, log } = options;
  const owner = new pg.Client({ connectionString: options.ownerUrl });
  await owner.connect();
  try {
    await importOnce(options, Math.min(rows, 2_000));
    return await inTurns(
      rounds,
      async () => {
        // Names of the round before are compared in the background.
        await comparedAll(owner);
        return importOnce(options, rows);
      },
      () => copyOnce(owner, rows),
      log,
    );
  } finally {
    await owner.query('DROP TABLE IF EXISTS bench_copy');
    await owner.end();
  }
}

/**
 * Most memory of the worker during the import of a large file ÷ during that of a small one: a worker that reads files row by
 * row needs the same for both.
 */
export async function importMemoryRatios(options: ImportMemoryOptions): Promise<number[]> {
  const { rounds = 5, small = 10_000, large = 1_000_000, log } = options;
  // What a worker keeps after its first file it keeps for all.
  await importOnce(options, Math.min(large, 100_000));
  // The small ones first: a process seldom gives memory back, and after the large one they would look as large.
  const least: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    least.push(await peakDuring(options, () => importOnce(options, small)));
  const most = await peakDuring(options, () => importOnce(options, large));
  log(`${megabytes(most)} MB at ${large} rows ÷ ${least.map(megabytes).join(', ')} MB at ${small}`);
  return least.map((one) => most / one);
}

async function importOnce(place: Place, rows: number): Promise<number> {
  const { apiKey } = await openTenant(place, 'credit');
  const uploaded = await upload(place, apiKey, rows);
  const begin = performance.now();
  await post(place, `/v1/leads/imports/${uploaded.id}/start`, apiKey, {
    profile: {
      columns: FIELDS.map((field) => ({ column: field, field })),
      defaults: { currency: 'UAH' },
    },
  });
  const done = await ended(place, apiKey, uploaded.id);
  const seconds = (performance.now() - begin) / 1_000;
  const wrong = Math.floor((rows - 8) / WRONG) + 1;
  const repeats = Math.ceil(rows / REPEAT) - 1;
  const { counts, status } = done;
  if (
    status !== 'done' ||
    counts?.rejected !== wrong ||
    counts.warned !== repeats ||
    counts.created !== rows - wrong - repeats
  )
    throw new Error(`the import came to ${JSON.stringify(done)}`);
  return rows / seconds;
}

async function upload({ url }: Place, apiKey: string, rows: number): Promise<ImportAnswer> {
  function* content(): Generator<Buffer> {
    yield Buffer.from(`${FIELDS.join(',')}\n`);
    for (const text of lines(rows, ',')) yield Buffer.from(text);
  }
  const answer = await request(`${url}/v1/leads/imports?name=bench.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/octet-stream' },
    body: Readable.from(content()),
  });
  const body = await answer.body.text();
  if (answer.statusCode !== 201)
    throw new Error(`the upload answered ${answer.statusCode}: ${body}`);
  return JSON.parse(body) as ImportAnswer;
}

async function ended({ url }: Place, apiKey: string, id: string): Promise<ImportAnswer> {
  for (;;) {
    const answer = await request(`${url}/v1/leads/imports/${id}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    const body = (await answer.body.json()) as ImportAnswer;
    if (body.status !== 'running') return body;
    // Every question costs the api a report that it has to open: asked more often, the bench measures itself.
    await sleep(100);
  }
}

/** Waits until no lead is left whose name was not compared. */
async function comparedAll(owner: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await owner.query('SELECT FROM lead WHERE compare_at IS NOT NULL LIMIT 1');
    if (rows.length === 0) return;
    await sleep(200);
  }
}

async function copyOnce(owner: pg.Client, rows: number): Promise<number> {
  await owner.query('DROP TABLE IF EXISTS bench_copy');
  await owner.query(
    `CREATE TABLE bench_copy (${FIELDS.map((field) => `${field} text`).join(', ')})`,
  );
  // Made before anything is timed.
  const text = [...lines(rows, '\t')];
  const begin = performance.now();
  await pipeline(Readable.from(text), owner.query(copyFrom('COPY bench_copy FROM STDIN')));
  return rows / ((performance.now() - begin) / 1_000);
}

/** Most memory that the worker had meanwhile, in bytes. */
async function peakDuring(
  { workerUrl }: ImportMemoryOptions,
  work: () => Promise<unknown>,
): Promise<number> {
  let peak = 0;
  const done = new AbortController();
  const watch = async (): Promise<void> => {
    while (!done.signal.aborted) {
      peak = Math.max(peak, await residentBytes(workerUrl));
      await sleep(100);
    }
  };
  const watching = watch();
  try {
    await work();
  } finally {
    done.abort();
    await watching;
  }
  return peak;
}

async function residentBytes(workerUrl: string): Promise<number> {
  const answer = await request(`${workerUrl}/metrics`);
  const found = /^mak_process_process_resident_memory_bytes (\S+)$/m.exec(await answer.body.text());
  if (found === null) throw new Error('the worker does not tell how much memory it has');
  return Number(found[1]);
}

function megabytes(bytes: number): string {
  return (bytes / 1024 ** 2).toFixed(0);
}
