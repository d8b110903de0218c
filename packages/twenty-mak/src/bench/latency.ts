import { Pool } from 'undici';

export interface Crowd {
  readonly url: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** One request each; an empty one is none. */
  readonly bodies: readonly string[];
  /** So many requests are under way at any time. */
  readonly connections: number;
  /** Of the first ones the time does not count, because they open the connections; 0 when left out. */
  readonly untimed?: number;
}

/** Milliseconds of every request that counts, the fastest first. Throws when an answer is no success. */
export async function answerTimes({
  url,
  path,
  method,
  headers,
  bodies,
  connections,
  untimed = 0,
}: Crowd): Promise<readonly number[]> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const times: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < bodies.length; index = next++) {
      const begin = performance.now();
      const body = bodies[index] as string;
      const answer = await pool.request({
        method,
        path,
        headers,
        body: body === '' ? null : body,
      });
      const text = await answer.body.text();
      if (index >= untimed) times.push(performance.now() - begin);
      if (answer.statusCode >= 300)
        throw new Error(`${method} ${path} was answered ${answer.statusCode} ${text}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: connections }, worker));
  } finally {
    await pool.close();
  }
  return times.toSorted((left, right) => left - right);
}

/** The time that 99 of 100 did not exceed. */
export function p99(times: readonly number[]): number {
  return times[Math.ceil(times.length * 0.99) - 1] ?? 0;
}
