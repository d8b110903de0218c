import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeRecords } from '../connectors/amocrm/simulator/write-records.ts';
import { BenchAmocrm } from './amocrm.ts';
import type { BenchPlace } from './frame.ts';
import { BenchKeyCrm } from './keycrm.ts';
import { answerTimes } from './latency.ts';

/** What the source document of the connectors asks for, in milliseconds; requests at once. */
export const LIMITS = { sync: 5_000, webhook: 5_000, api: 2_000, order: 30_000 } as const;
export const AT_ONCE = 100;

export const DOCUMENT_FIGURES = ['sync', 'webhook', 'api', 'order'] as const;
export type DocumentFigure = (typeof DOCUMENT_FIGURES)[number];

const ROUNDS = 5;

/** The slowest of a round ÷ what the document allows. */
export async function documentRatios(place: BenchPlace, figure: DocumentFigure): Promise<number[]> {
  const ratios: number[] = [];
  const { round, close } = await begin(place, figure);
  try {
    for (let count = 0; count < ROUNDS; count += 1) {
      const slowest = await round(count);
      ratios.push(slowest / LIMITS[figure]);
      place.log(`${slowest.toFixed(0)} ms of ${LIMITS[figure]} ms`);
    }
  } finally {
    await close();
  }
  return ratios;
}

interface Figure {
  /** Milliseconds of the slowest. */
  readonly round: (count: number) => Promise<number>;
  readonly close: () => Promise<void>;
}

async function begin(place: BenchPlace, figure: DocumentFigure): Promise<Figure> {
  if (figure === 'order') {
    // With KeyCRM's own limit: an order takes about ten of its sixty calls a minute.
    const keycrm = await BenchKeyCrm.open(place, 1);
    return {
      round: async (count) => {
        const time = await keycrm.order(`ORDER-${count}`);
        await keycrm.drained();
        return time;
      },
      close: () => keycrm.close(),
    };
  }
  const amocrm = await BenchAmocrm.open(place);
  await amocrm.makeDeals('document', AT_ONCE, 'UAH');
  await amocrm.drained();
  const rounds = {
    sync: () => editsBothWays(amocrm),
    webhook: (count: number) => messagesAtOnce(place, amocrm, count),
    api: () => questionsAtOnce(place, amocrm),
  };
  return { round: rounds[figure], close: () => amocrm.close() };
}

/** The slower of both ways: a person edits here, and one edits there. */
async function editsBothWays(amocrm: BenchAmocrm): Promise<number> {
  const { items } = await amocrm.call<{ items: { id: string }[] }>('GET', '/v1/deals?limit=5');
  const { account } = amocrm.simulator;
  const person = account.users[1]?.id ?? 0;
  let slowest = 0;
  const timed = async (edit: () => Promise<void> | void, isDone: () => Promise<boolean>) => {
    const begun = performance.now();
    await edit();
    while (!(await isDone())) await sleep(20);
    slowest = Math.max(slowest, performance.now() - begun);
  };
  for (const { id } of items) {
    const [here, there] = [randomUUID(), randomUUID()];
    await timed(
      () => amocrm.rename(id, here),
      async () => amocrm.nameThere(id) === here,
    );
    const input = { id: amocrm.leadOf(id)?.id ?? 0, name: there };
    await timed(
      () => void writeRecords(account, 'leads', [{ input, key: '0' }], 'update', person),
      async () => (await amocrm.call<{ name: string }>('GET', `/v1/deals/${id}`)).name === there,
    );
  }
  return slowest;
}

async function messagesAtOnce(
  { url }: BenchPlace,
  amocrm: BenchAmocrm,
  count: number,
): Promise<number> {
  const { account } = amocrm.simulator;
  const times = await answerTimes({
    ...{ url, path: amocrm.webhookPath, method: 'POST', connections: AT_ONCE },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    bodies: Array.from({ length: AT_ONCE }, (_, index) =>
      new URLSearchParams({
        'leads[update][0][id]': String(count * AT_ONCE + index + 1),
        'account[id]': String(account.id),
      }).toString(),
    ),
  });
  return times.at(-1) ?? 0;
}

async function questionsAtOnce({ url }: BenchPlace, { tenant }: BenchAmocrm): Promise<number> {
  const times = await answerTimes({
    ...{ url, path: '/v1/deals?limit=50', method: 'GET', connections: AT_ONCE },
    headers: { authorization: `Bearer ${tenant.apiKey}` },
    bodies: Array.from({ length: AT_ONCE }, () => ''),
  });
  return times.at(-1) ?? 0;
}
