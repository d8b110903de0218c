import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/simulator/random.ts';
import type { Replica } from './replica.ts';
import type { Report } from './report.ts';

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'PUT';
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

export interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  /** The answer to an earlier attempt was lost, so the change may have been made by that one. */
  readonly again: boolean;
}

interface Reply {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** An answer must come within this time, whatever has just been killed. */
const PATIENCE_MS = 30_000;
/** Longer than anything stays away. */
const GIVE_UP_MS = 120_000;

/** A client as the docs ask for one: when it gets no answer or 503, it sends the same again, to whichever api. */
export class Client {
  /** Answers by status; 0 stands for none. */
  readonly statuses = new Map<number, number>();
  private readonly apis: readonly Replica[];
  private readonly key: string;
  private readonly random: Random;
  private readonly report: Report;

  constructor(apis: readonly Replica[], key: string, random: Random, report: Report) {
    this.apis = apis;
    this.key = key;
    this.random = random;
    this.report = report;
  }

  /** The same client with another credential. */
  as(key: string): Client {
    return new Client(this.apis, key, this.random, this.report);
  }

  /** Repeats until there is an answer that says how it went; status 0 when there is none in two minutes. */
  async insist<Body>(path: string, request: Request): Promise<Answer<Body>> {
    let again = false;
    const deadline = performance.now() + GIVE_UP_MS;
    for (let pause = 10; performance.now() < deadline; pause = Math.min(pause * 2, 250)) {
      const reply = await this.attempt(path, request);
      if (reply !== null && this.isFinal(path, reply)) {
        return { status: reply.status, body: JSON.parse(reply.text) as Body, again };
      }
      again = true;
      await sleep(this.random.int(1, pause));
    }
    this.report.expect(false, 'answer', () => `${path}: no final answer in ${GIVE_UP_MS} ms`);
    return { status: 0, body: {} as Body, again };
  }

  /** One attempt; null when no answer came. A status of 500 and an answer that is not JSON are broken promises. */
  async attempt(path: string, { method, body, idempotencyKey }: Request): Promise<Reply | null> {
    const { url, killed } = this.random.pick(this.apis);
    const began = performance.now();
    try {
      const response = await fetch(`${url}${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          authorization: `Bearer ${this.key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await response.text();
      this.count(response.status);
      return { status: response.status, retryAfter: response.headers.get('retry-after'), text };
    } catch {
      this.count(0);
      const took = performance.now() - began;
      const stillThere = this.apis.some((api) => api.url === url && api.killed === killed);
      this.report.expect(
        took < PATIENCE_MS - 100 || !stillThere,
        'answer',
        () => `${path}: no answer within ${Math.round(took)} ms`,
      );
      return null;
    }
  }

  /** Whether the answer says how it went; 503 and "being done right now" ask to come again. */
  private isFinal(path: string, { status, retryAfter, text }: Reply): boolean {
    const code = codeOf(text);
    if (status === 503) {
      this.report.expect(
        code === 'temporarily_unavailable' && retryAfter !== null,
        'answer',
        () => `${path}: 503 without a reason or Retry-After: ${text.slice(0, 300)}`,
      );
      return false;
    }
    this.report.expect(
      status < 500 && code !== null,
      'answer',
      () => `${path}: ${status} ${text.slice(0, 300)}`,
    );
    return status < 500 && code !== 'idempotency_in_progress' && status !== 429;
  }

  private count(status: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }
}

/** The `code` of a problem, '' for other JSON, null for what is no JSON. */
export function codeOf(text: string): string | null {
  try {
    const { code = '' } = JSON.parse(text) as { code?: string };
    return code;
  } catch {
    return null;
  }
}
