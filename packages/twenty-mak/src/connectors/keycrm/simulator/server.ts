import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { SimulatedAccount } from './account.ts';
import { KeyCrmLimits } from './limits.ts';
import type { Limit } from './limits.ts';
import { badRequest, Refusal, unauthenticated } from './refusals.ts';
import { DEFAULT_QUIRKS, routeOf } from './routes.ts';
import type { Quirks } from './routes.ts';
import type { WebhookOptions } from './webhooks.ts';

export interface SimulatorOptions {
  readonly apiKey?: string;
  /** That of the document unless told. */
  readonly limit?: Limit;
  readonly webhooks?: WebhookOptions;
  readonly quirks?: Quirks;
  /** Milliseconds; the real clock unless told. */
  readonly now?: () => number;
}

/**
 * What happens on the way of a call: it arrives; KeyCRM does what it was told and its answer is lost, or never comes; or
 * something in between answered for KeyCRM.
 */
export type Passage = 'arrives' | 'answer lost' | 'answer never comes' | 'answered';
export type Disturbance = (call: Call, response: ServerResponse) => Passage | Promise<Passage>;

/** One call of the API. */
export interface Call {
  readonly method: string;
  /** Without the version, with what was asked for. */
  readonly path: string;
  readonly body: string;
}

/** Answers what is not of the API. */
export type Pages = (
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
) => Promise<void> | void;

const ROOT = '/v1';
/** Makes a whole address of a path. */
const PLACE = 'http://simulator';
const LONGEST_BODY = 16 * 1024 * 1024;
/** As web servers have it. */
const LONGEST_ADDRESS = 8_000;

/** A KeyCRM of our own, over HTTP, as far as the README beside this file describes it. */
export class KeyCrmSimulator {
  readonly account: SimulatedAccount;
  /** Somebody may take it back and make another one. */
  apiKey: string;
  readonly limits: KeyCrmLimits;
  /** Calls with the status of their answers, the newest first. */
  readonly calls: { readonly call: string; readonly status: number }[] = [];
  disturb: Disturbance = () => 'arrives';
  pages: Pages = (_request, response) => {
    response.writeHead(404).end();
  };
  private readonly now: () => number;
  private readonly quirks: Quirks;
  private readonly server: Server;
  private origin = '';

  constructor({ apiKey, limit, webhooks, quirks, now = Date.now }: SimulatorOptions = {}) {
    this.now = now;
    this.quirks = quirks ?? DEFAULT_QUIRKS;
    this.account = new SimulatedAccount(now, webhooks);
    this.apiKey = apiKey ?? randomUUID();
    this.limits = new KeyCrmLimits(limit);
    this.server = createServer((request, response) => {
      this.handle(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500);
        response.end(String(error));
      });
    });
  }

  /** Gives the address of the API; pages are at its origin. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((listening, failed) => {
      this.server.once('error', failed);
      this.server.listen(port, '127.0.0.1', listening);
    });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port.');
    this.origin = `http://127.0.0.1:${address.port}`;
    return `${this.origin}${ROOT}`;
  }

  async close(): Promise<void> {
    await this.account.webhooks.close();
    this.server.closeAllConnections();
    await new Promise<void>((closed) => {
      this.server.close(() => closed());
    });
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (Number(request.headers['content-length'] ?? 0) > LONGEST_BODY) {
      response.writeHead(413).end();
      return;
    }
    if ((request.url ?? '').length > LONGEST_ADDRESS) {
      response.writeHead(414, { 'content-type': 'text/html' }).end('<h1>URI Too Large</h1>');
      return;
    }
    const body = await text(request);
    const { pathname, search } = new URL(request.url ?? '/', this.origin);
    if (!pathname.startsWith(`${ROOT}/`)) return this.pages(request, response, body);
    const path = pathname.slice(ROOT.length);
    const call: Call = { method: request.method ?? 'GET', path: `${path}${search}`, body };
    const passage = await this.disturb(call, response);
    if (passage === 'answered') return;
    const answer = this.answer(call, request.headers.authorization);
    this.calls.unshift({ call: `${call.method} ${call.path}`, status: answer.status });
    this.calls.splice(100);
    if (passage === 'answer never comes') return;
    if (passage === 'answer lost') {
      response.destroy();
      return;
    }
    send(response, answer, request.headers.accept ?? '');
  }

  /** What the API answers, without a socket. */
  answer({ method, path, body }: Call, authorization: string | undefined): Answer {
    const { pathname, searchParams: query } = new URL(`${PLACE}${path}`);
    let headers: Readonly<Record<string, string>> = {};
    try {
      if (authorization !== `Bearer ${this.apiKey}`) throw unauthenticated();
      headers = this.limits.take(this.now());
      const { ids, answer } = routeOf(method, pathname);
      const address = `${this.origin}${ROOT}${pathname}`;
      const { account, quirks } = this;
      return { ...answer({ account, ids, query, body: parsed(body), address, quirks }), headers };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: error.body, headers: { ...headers, ...error.headers } };
    }
  }
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** Who does not ask for JSON gets a page for what was refused, as Laravel does with a browser. */
function send(response: ServerResponse, { status, body, headers }: Answer, accept: string): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  if ((status === 401 || status === 422) && !accept.includes('json')) {
    response.writeHead(302, { ...headers, location: '/', 'content-type': 'text/html' });
    response.end('<!DOCTYPE html><title>Redirecting</title>');
    return;
  }
  response.writeHead(status, { ...headers, 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function parsed(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('Syntax error');
  }
}
