import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { Metrics } from '../observability/metrics.ts';
import { AddressRefused, checkLiteralHost, publicLookup } from './addresses.ts';

export interface OutboundRequest {
  readonly url: string;
  /** Whose address it is, for the metrics: a word of ours, never a part of the address. */
  readonly system?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
}

export interface OutboundQuestion extends OutboundRequest {
  /** `POST` unless told. A body that is empty is none. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Bytes of the answer that are read at most; 16 KiB unless told. */
  readonly maxAnswer?: number;
}

interface NoAnswer {
  readonly kind: 'failed';
  readonly code: string;
  readonly reason: string;
}

/** An answer, or why there is none. */
export type OutboundResult =
  | { readonly kind: 'answered'; readonly status: number; readonly excerpt: string }
  | NoAnswer;

/** The same with the whole body. */
export type OutboundAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      /** Header `Retry-After` as it was sent; null when it was not. */
      readonly retryAfter: string | null;
    }
  | NoAnswer;

/** Bytes of an answer's body that are read unless more was asked for; the rest is thrown away with the connection. */
const MAX_BODY = 16 * 1024;
const EXCERPT = 200;

/** The one way out for addresses that tenants give: no private addresses, no redirects, limited time and size. */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  private readonly agent: Agent;
  private readonly allowPrivate: boolean;
  private readonly durations;

  /** Who makes one by hand, outside of a process that tells its metrics, gives none. */
  constructor(
    @Inject(CONFIG) config: Pick<Config, 'MAK_ALLOW_PRIVATE_WEBHOOKS'>,
    @Inject(Metrics) metrics: Metrics = new Metrics(),
  ) {
    this.durations = metrics.histogram(
      'mak_outbound_request_seconds',
      'Time that other systems took to answer a request of ours',
      [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30],
      ['system', 'outcome'],
    );
    this.allowPrivate = config.MAK_ALLOW_PRIVATE_WEBHOOKS;
    this.agent = new Agent({
      connections: 16,
      connect: this.allowPrivate ? {} : { lookup: publicLookup },
    });
  }

  /**
   * What is plainly wrong with an address, as a sentence; undefined when nothing is. Names are looked at again at every
   * connection; this tells of obvious mistakes at once.
   */
  objection(address: string): string | undefined {
    if (this.allowPrivate) return undefined;
    const url = new URL(address);
    if (url.protocol !== 'https:') return 'The address must begin with https://.';
    try {
      checkLiteralHost(url);
      return undefined;
    } catch (error) {
      if (error instanceof AddressRefused) return 'The address must be one of the public internet.';
      throw error;
    }
  }

  /** Tells something; of the answer an excerpt. Never rejects. A redirect is an answer like any other. */
  async post(message: OutboundRequest): Promise<OutboundResult> {
    const result = await this.exchange(message);
    if (result.kind === 'failed') return result;
    return { kind: 'answered', status: result.status, excerpt: excerptOf(result.read.text) };
  }

  /** Asks something. Never rejects; an answer beyond what may be read is `answer_too_large`. */
  async ask(question: OutboundQuestion): Promise<OutboundAnswer> {
    const result = await this.exchange(question);
    if (result.kind === 'failed') return result;
    const { status, read, retryAfter } = result;
    if (read.whole) return { kind: 'answered', status, body: read.text, retryAfter };
    return { kind: 'failed', code: 'answer_too_large', reason: 'The answer is too large.' };
  }

  private async exchange(question: OutboundQuestion): Promise<Exchanged> {
    const begin = performance.now();
    const result = await this.send(question);
    this.durations.observe(
      { system: question.system ?? 'other', outcome: outcomeOf(result) },
      (performance.now() - begin) / 1_000,
    );
    return result;
  }

  private async send({
    url,
    method = 'POST',
    headers,
    body,
    timeout,
    maxAnswer = MAX_BODY,
  }: OutboundQuestion): Promise<Exchanged> {
    try {
      if (!this.allowPrivate) checkLiteralHost(new URL(url));
      const answer = await request(url, {
        method,
        headers: { ...headers },
        body: body === '' ? null : body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeout),
      });
      const retryAfter = answer.headers['retry-after'];
      return {
        kind: 'answered',
        status: answer.statusCode,
        read: await readBody(answer.body, maxAnswer),
        retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
      };
    } catch (error) {
      return failure(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

interface Read {
  readonly text: string;
  /** Whether this is all of it. */
  readonly whole: boolean;
}

type Exchanged =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly read: Read;
      readonly retryAfter: string | null;
    }
  | NoAnswer;

/** Twenty also says with the status 200 that it was too much: the failures of the sync count that. */
function outcomeOf(result: Exchanged): 'ok' | 'rate_limited' | 'refused' | 'failed' {
  if (result.kind === 'failed' || result.status >= 500) return 'failed';
  if (result.status === 429) return 'rate_limited';
  return result.status >= 400 ? 'refused' : 'ok';
}

async function readBody(body: AsyncIterable<Buffer>, most: number): Promise<Read> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
  const text = Buffer.concat(chunks).subarray(0, most).toString();
  return { text, whole: size <= most };
}

/** The first characters of a body as one line. */
function excerptOf(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, EXCERPT);
}

function failure(error: unknown): NoAnswer {
  const cause = rootOf(error);
  if (cause instanceof AddressRefused) {
    return { kind: 'failed', code: cause.code, reason: cause.message };
  }
  if (cause.name === 'TimeoutError') {
    return { kind: 'failed', code: 'timeout', reason: 'No answer in time.' };
  }
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unreachable';
  return { kind: 'failed', code: code.toLowerCase(), reason: cause.message.slice(0, EXCERPT) };
}

/** What lies at the bottom of wrapped and gathered errors. */
function rootOf(error: unknown): Error {
  if (error instanceof AggregateError && error.errors.length > 0) return rootOf(error.errors[0]);
  if (error instanceof Error) return error.cause instanceof Error ? rootOf(error.cause) : error;
  return new Error(String(error));
}
