import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { CliError, messageOf } from '../local/cli-error.ts';

/** How long a server may be away; it may be restarting, and sending again changes nothing. */
const PATIENCE_MS = 180_000;
const LONGEST_PAUSE_MS = 2_000;
/** The server asks for less, restarts, or has lost its database for a moment. */
const TRY_AGAIN = new Set([429, 502, 503, 504]);

export interface Reply {
  readonly status: number;
  readonly text: string;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly key: string;
  /** JSON. */
  readonly body?: string;
  readonly idempotencyKey?: string;
}

/** Requests over a few kept connections. What may have been lost is sent again: everything sent here may be. */
export class Sender {
  private readonly url: string;
  private readonly pool: Pool;
  /** Requests that had to be sent again. */
  retries = 0;

  constructor(url: string, connections: number) {
    this.url = url;
    this.pool = new Pool(url, {
      connections,
      pipelining: 1,
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
      connect: { timeout: 10_000 },
    });
  }

  /** Sends until there is an answer that is final. Throws a CliError when the server stays away for three minutes. */
  async send(call: Call): Promise<Reply> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let pause = 50; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const { reply, failure } = await this.attempt(call);
      if (reply !== undefined && !TRY_AGAIN.has(reply.status)) return reply;
      if (performance.now() > deadline) {
        throw new CliError(
          `${this.url} does not answer (${failure ?? `status ${reply?.status}`}).`,
          'Look at ./mak status. Run the same command again with --tenant: what was sent does not count twice.',
        );
      }
      this.retries += 1;
      await sleep(pause * (0.5 + Math.random()));
    }
  }

  close(): Promise<void> {
    return this.pool.destroy();
  }

  private async attempt({
    method,
    path,
    key,
    body,
    idempotencyKey,
  }: Call): Promise<{ reply?: Reply; failure?: string }> {
    try {
      const answer = await this.pool.request({
        method,
        path,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        body: body ?? null,
      });
      return { reply: { status: answer.statusCode, text: await answer.body.text() } };
    } catch (error) {
      return { failure: messageOf(error) };
    }
  }
}
