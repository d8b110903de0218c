import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Agent, request } from 'undici';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { AddressRefused, checkLiteralHost, publicLookup } from './addresses.ts';

export interface OutboundRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds for the whole exchange. */
  readonly timeout: number;
}

/** An answer, or why there is none. */
export type OutboundResult =
  | { readonly kind: 'answered'; readonly status: number; readonly excerpt: string }
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string };

/** Bytes of an answer's body that are read; the rest is thrown away with the connection. */
const MAX_BODY = 16 * 1024;
const EXCERPT = 200;

/** The one way out for addresses that tenants give: no private addresses, no redirects, limited time and size. */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  private readonly agent: Agent;
  private readonly allowPrivate: boolean;

  constructor(@Inject(CONFIG) config: Config) {
    this.allowPrivate = config.MAK_ALLOW_PRIVATE_WEBHOOKS;
    this.agent = new Agent({
      connections: 16,
      connect: this.allowPrivate ? {} : { lookup: publicLookup },
    });
  }

  /** Whether plain http and private addresses may be used. */
  get closedNetwork(): boolean {
    return this.allowPrivate;
  }

  /** Never rejects. A redirect is an answer like any other. */
  async post({ url, headers, body, timeout }: OutboundRequest): Promise<OutboundResult> {
    try {
      if (!this.allowPrivate) checkLiteralHost(new URL(url));
      const answer = await request(url, {
        method: 'POST',
        headers: { ...headers },
        body,
        dispatcher: this.agent,
        signal: AbortSignal.timeout(timeout),
      });
      return { kind: 'answered', status: answer.statusCode, excerpt: await excerptOf(answer.body) };
    } catch (error) {
      return failure(error);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The first characters of a body as one line. */
async function excerptOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_BODY) break;
  }
  const text = Buffer.concat(chunks).subarray(0, MAX_BODY).toString();
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, EXCERPT);
}

function failure(error: unknown): OutboundResult {
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
