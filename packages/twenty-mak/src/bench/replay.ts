import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { isProblem, PRESET_MAPPINGS, readEvents } from '../features/files/formats/index.ts';
import { inTurns } from './frame.ts';
import type { BenchPlace } from './frame.ts';

const ROUNDS = 5;
const checkout = resolve(import.meta.dirname, '../../../..');

/** Events a second of `./mak replay` on the real loan log ÷ COPY of the same rows into one plain table. */
export async function replayRatios(place: BenchPlace): Promise<number[]> {
  const file = join(
    process.env['MAK_DATA_DIR'] ?? join(checkout, '../shared/data'),
    'bpic2012.xes.gz',
  );
  if (!existsSync(file))
    throw new Error(
      `the replay benchmark needs the loan log ${file}; set MAK_DATA_DIR to its folder`,
    );
  const rows = await rowsOf(file);
  const owner = new pg.Client({ connectionString: place.ownerUrl });
  await owner.connect();
  try {
    return await inTurns(
      ROUNDS,
      () => replayOnce(place, file, rows.length),
      () => copyOnce(owner, rows),
      place.log,
    );
  } finally {
    await owner.query('DROP TABLE IF EXISTS bench_copy');
    await owner.end();
  }
}

async function replayOnce(place: BenchPlace, file: string, expected: number): Promise<number> {
  const cli = join(checkout, 'packages/twenty-mak/src/cli/mak.ts');
  const child = spawn(process.execPath, [cli, 'replay', file, '--pipeline', 'credit', '--json'], {
    env: { ...process.env, MAK_URL: place.url, MAK_OPERATOR_KEY: place.operatorKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  if (code !== 0) throw new Error(`the replay ended with ${code}`);
  const report = JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '') as {
    events_read: number;
    deals: number;
    transitions: number;
    seconds: number;
  };
  if (report.events_read !== expected || report.deals !== 13_087 || report.transitions !== 53_111) {
    throw new Error(`the replay counted ${JSON.stringify(report)}`);
  }
  return report.events_read / report.seconds;
}

async function copyOnce(owner: pg.Client, rows: readonly string[]): Promise<number> {
  await owner.query('DROP TABLE IF EXISTS bench_copy');
  await owner.query(
    'CREATE TABLE bench_copy (source text, event_id text, case_id text, type text, occurred_at timestamptz, data jsonb)',
  );
  const begin = performance.now();
  await pipeline(Readable.from(chunks(rows)), owner.query(copyFrom('COPY bench_copy FROM STDIN')));
  return rows.length / ((performance.now() - begin) / 1_000);
}

function* chunks(rows: readonly string[]): Generator<string> {
  for (let from = 0; from < rows.length; from += 1_000)
    yield rows.slice(from, from + 1_000).join('');
}

interface Envelope {
  readonly source: string;
  readonly event_id: string;
  readonly type: string;
  readonly occurred_at: string;
  readonly external_refs: readonly { readonly id: string }[];
  readonly data: unknown;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** The log as lines of COPY's text format, read before anything is timed. */
async function rowsOf(file: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const items of readEvents(createReadStream(file), {
    format: 'xes',
    mapping: PRESET_MAPPINGS['credit'],
  })) {
    for (const item of items) {
      if (isProblem(item))
        throw new Error(`the log has an unreadable event: ${JSON.stringify(item)}`);
      const event = item.body as Envelope;
      const cells = [
        event.source,
        event.event_id,
        event.external_refs[0]?.id ?? '',
        event.type,
        event.occurred_at,
        JSON.stringify(event.data),
      ];
      rows.push(
        `${cells.map((cell) => cell.replaceAll(/[\\\t\n\r]/g, (char) => ESCAPES[char] ?? char)).join('\t')}\n`,
      );
    }
  }
  return rows;
}
