import {
  auctionBiddersRatios,
  auctionClosingRatios,
  auctionLateRatios,
  auctionNaiveRatios,
  auctionRatios,
} from './auction.ts';
import { boardQueryRatios, boardQueryScaleRatios } from './board-query.ts';
import { boardRatios, boardScaleRatios } from './board.ts';
import { DOCUMENT_FIGURES, documentRatios } from './document.ts';
import { run } from './frame.ts';
import type { BenchPlace, Goal } from './frame.ts';
import { frontRatios, PAGES, SPEEDS, VITALS, vitalsRatios } from './front.ts';
import { importMemoryRatios, importRatios } from './import.ts';
import { ingestRatios } from './ingest.ts';
import { replayRatios } from './replay.ts';
import { rollupsRatios } from './rollups.ts';
import { syncDrainRatios, syncEchoRatios, syncEditRatios, syncRatios } from './sync.ts';
import { syncAmocrmRatios, syncKeyCrmRatios } from './sync-others.ts';
import { FAULTY_SYSTEMS, syncFaultsRatios } from './sync-faults.ts';
import { syncWebhookRatios } from './webhooks.ts';
import { sweepRatios, sweepScaleRatios } from './sweep.ts';

/** The goals of the architecture, section 6, that have their product by now. */
const GOALS: readonly Goal[] = [
  { name: 'ingest', target: 2, kind: 'atLeast', measure: ingestRatios },
  { name: 'replay', target: 0.1, kind: 'atLeast', measure: replayRatios },
  { name: 'sweep', target: 0.7, kind: 'atLeast', measure: sweepRatios },
  { name: 'sweep-scale', target: 1.5, kind: 'atMost', measure: sweepScaleRatios },
  { name: 'auction', target: 1.5, kind: 'atLeast', measure: auctionRatios },
  { name: 'auction-naive', target: 25, kind: 'atLeast', measure: auctionNaiveRatios },
  { name: 'auction-bidders', target: 0.9, kind: 'atLeast', measure: auctionBiddersRatios },
  { name: 'auction-late', target: 0, kind: 'atMost', measure: auctionLateRatios },
  { name: 'auction-closing', target: 2, kind: 'atMost', measure: auctionClosingRatios },
  { name: 'board', target: 1.1, kind: 'atMost', measure: boardRatios },
  { name: 'board-scale', target: 1.3, kind: 'atMost', measure: boardScaleRatios },
  { name: 'board-query', target: 1.1, kind: 'atMost', measure: boardQueryRatios },
  { name: 'board-query-scale', target: 1.3, kind: 'atMost', measure: boardQueryScaleRatios },
  { name: 'rollups', target: 0.02, kind: 'atMost', measure: rollupsRatios },
  { name: 'sync', target: 0.95, kind: 'atLeast', measure: syncRatios },
  { name: 'sync-edit', target: 2, kind: 'atMost', measure: syncEditRatios },
  { name: 'sync-echo', target: 0, kind: 'atMost', measure: syncEchoRatios },
  { name: 'sync-drain', target: 1.1, kind: 'atMost', measure: syncDrainRatios },
  { name: 'sync-amocrm', target: 0.95, kind: 'atLeast', measure: syncAmocrmRatios },
  { name: 'sync-keycrm', target: 0.95, kind: 'atLeast', measure: syncKeyCrmRatios },
  { name: 'sync-webhook', target: 3, kind: 'atMost', measure: syncWebhookRatios },
  ...FAULTY_SYSTEMS.map((system): Goal => ({
    name: `sync-faults-${system}`,
    target: 0.999,
    kind: 'atLeast',
    measure: (place) => syncFaultsRatios(place, system),
  })),
  ...DOCUMENT_FIGURES.map((figure): Goal => ({
    name: `document-${figure}`,
    target: 1,
    kind: 'atMost',
    measure: (place) => documentRatios(place, figure),
  })),
  { name: 'import', target: 0.05, kind: 'atLeast', measure: importRatios },
  { name: 'import-memory', target: 1.2, kind: 'atMost', measure: importMemoryRatios },
  {
    name: 'front',
    target: 1.15,
    kind: 'atMost',
    measure: (place) => frontRatios(place, 'scroll'),
  },
  {
    name: 'front-drag',
    target: 1.15,
    kind: 'atMost',
    measure: (place) => frontRatios(place, 'drag'),
  },
  {
    name: 'front-bodies',
    target: 0,
    kind: 'atMost',
    measure: (place) => frontRatios(place, 'bodies'),
  },
  {
    name: 'front-render',
    target: 1.2,
    kind: 'atMost',
    measure: (place) => frontRatios(place, 'render'),
  },
  {
    name: 'front-size',
    target: 2,
    kind: 'atMost',
    measure: (place) => frontRatios(place, 'size'),
  },
  ...SPEEDS.flatMap((speed) =>
    PAGES.flatMap((page) =>
      VITALS.map((vital): Goal => {
        const figure = `${page}-${vital}-${speed}` as const;
        const measure = (place: BenchPlace) => vitalsRatios(place, figure);
        return { name: `vitals-${figure}`, target: 1, kind: 'atMost', measure };
      }),
    ),
  ),
];

/** Names that stand for several goals. */
const GROUPS = [
  'auction',
  'board',
  'board-query',
  'document',
  'front',
  'import',
  'sweep',
  'sync',
  'sync-faults',
  'vitals',
];

/** Run by `./mak bench` on a stack of its own; the arguments are names of goals, all without any. */
const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean =>
  wanted.length === 0 ||
  wanted.some((one) => one === name || (GROUPS.includes(one) && name.startsWith(`${one}-`)));
const unknown = wanted.filter(
  (name) => !GROUPS.includes(name) && !GOALS.some((goal) => goal.name === name),
);
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}. There are: ${GOALS.map(({ name }) => name).join(', ')}.\n`,
  );
  process.exit(2);
}
const place: BenchPlace = {
  url: need('MAK_URL'),
  workerUrl: `http://127.0.0.1:${need('WORKER_PORT')}`,
  operatorKey: need('MAK_OPERATOR_KEY'),
  ownerUrl: need('PG_DATABASE_URL'),
  appUrl: need('PG_APP_URL'),
  scanUrl: need('PG_SCAN_URL'),
  redisUrl: need('REDIS_URL'),
  full: process.env['MAK_BENCH_FULL'] === '1',
  log: (text) => void process.stderr.write(`  ${text}\n`),
};
let failed = false;
for (const goal of GOALS) {
  if (!isWanted(goal.name)) continue;
  place.log(
    `${goal.name}: goal ${goal.kind === 'atLeast' ? 'at least' : 'at most'} ${goal.target}`,
  );
  try {
    process.stdout.write(`${JSON.stringify(await run(goal, place))}\n`);
  } catch (error) {
    failed = true;
    process.stderr.write(
      `${goal.name} could not be measured: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}
process.exit(failed ? 1 : 0);

function need(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set; start this by ./mak bench`);
  return value;
}
