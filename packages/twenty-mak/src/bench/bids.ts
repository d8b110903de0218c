import { Pool } from 'undici';
import type { Answered } from './auction-check.ts';

export interface BidLoad {
  readonly url: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bidders: readonly string[];
  readonly count: number;
  readonly connections: number;
  /** No bid is sent later, in milliseconds of this machine's clock. */
  readonly until?: number;
}

export interface BidResult {
  readonly accepted: readonly Answered[];
  readonly refused: number;
  readonly seconds: number;
}

/** What a price rises by from bid to bid: who is overtaken on the way is refused, in every arm alike. */
const RISE = 1;

/** Bids over so many connections, each of which waits for its answer. Every bid is one unit above the one that was sent before. */
export async function bidFor(load: BidLoad): Promise<BidResult> {
  const { url, path, headers = {}, bidders, count, connections, until = Infinity } = load;
  const pool = new Pool(url, { connections, pipelining: 1 });
  const accepted: Answered[] = [];
  let [next, refused] = [0, 0];
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count && Date.now() < until; index = next++) {
      const sent = performance.now();
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          key: String(index),
          amount: (index + 1) * RISE,
          bidder_id: bidders[index % bidders.length],
        }),
      });
      const answer = (await body.json()) as { seq?: number | null; code?: string | null };
      const { seq = null, code = null } = answer;
      if (statusCode === 200 && seq !== null)
        accepted.push({ sent, answered: performance.now(), seq });
      else if (code === 'bid_too_low' || code === 'lot_ended' || code === 'lot_closed')
        refused += 1;
      else throw new Error(`a bid was answered ${statusCode} ${JSON.stringify(answer)}`);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - begin) / 1_000;
  await pool.close();
  return { accepted, refused, seconds };
}
