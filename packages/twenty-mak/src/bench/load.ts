import { Pool } from 'undici';

export interface Load {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** One request each. */
  readonly bodies: readonly string[];
  readonly connections: number;
  /** Throws when an answer is not what it has to be. */
  readonly check: (status: number, body: string) => void;
}

/** Sends every body once over that many connections, each waiting for its answer before it sends the next. Gives seconds. */
export async function send({
  url,
  path,
  headers,
  bodies,
  connections,
  check,
}: Load): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < bodies.length; index = next++) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body: bodies[index] as string,
      });
      check(statusCode, await body.text());
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - begin) / 1_000;
  await pool.close();
  return seconds;
}
