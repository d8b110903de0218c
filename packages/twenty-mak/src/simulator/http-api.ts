import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server may be away; it may be restarting, and everything that is sent here may be sent again. */
const PATIENCE_MS = 60_000;
const TRY_AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Left out: where everybody may ask. */
  readonly key?: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
}

interface WithHeaders {
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Of somebody who has signed in. */
  readonly token: string | null;
}

/** The server refused a request, or does not answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** What the server calls the refusal. */
  readonly code: string | null;

  constructor(message: string, code: string | null = null) {
    super(message);
    this.code = code;
  }
}

/** Requests to a running server over HTTP. */
export class HttpApi {
  private readonly url: string;
  /** Where people see the pages; they sign in from nowhere else. */
  private readonly origin: string;

  constructor(url: string, origin = url) {
    this.url = url;
    this.origin = origin;
  }

  /** The body of the answer. Throws ApiError with the server's words. */
  async call<Body>(path: string, request: Request): Promise<Body> {
    const { text } = await this.send(path, request);
    return JSON.parse(text) as Body;
  }

  /** The key of a person's session. Throws ApiError, also when a second factor is needed. */
  async signIn(email: string, password: string): Promise<string> {
    const path = '/v1/auth/sign-in/email';
    const { token } = await this.send(path, {
      body: { email, password },
      headers: { origin: this.origin },
    });
    if (token === null) throw new ApiError(`${email} needs a second factor.`);
    return token;
  }

  private async send(
    path: string,
    { method, key, body, idempotencyKey, headers = {} }: Request & WithHeaders,
  ): Promise<Answer> {
    const request: RequestInit = {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    };
    const answer = await this.insist(path, request);
    const { status, text } = answer;
    if (status >= 200 && status < 300) return answer;
    throw new ApiError(`${request.method} ${path}: ${describe(status, text)}`, codeIn(text));
  }

  private async insist(path: string, request: RequestInit): Promise<Answer> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let pause = 50; ; pause = Math.min(pause * 2, 2_000)) {
      let failure: string;
      try {
        const response = await fetch(`${this.url}${path}`, request);
        const answer = {
          status: response.status,
          text: await response.text(),
          token: response.headers.get('set-auth-token'),
        };
        if (!TRY_AGAIN.has(answer.status)) return answer;
        failure = describe(answer.status, answer.text);
      } catch (error) {
        failure =
          error instanceof Error ? `${error.message} ${causeOf(error)}`.trim() : 'no answer';
      }
      if (performance.now() > deadline)
        throw new ApiError(`${this.url} does not answer: ${failure}`);
      await sleep(pause);
    }
  }
}

function describe(status: number, text: string): string {
  try {
    const { title, field } = JSON.parse(text) as { title?: string; field?: string };
    return [title ?? `status ${status}`, field === undefined ? '' : `(${field})`].join(' ').trim();
  } catch {
    return `status ${status}`;
  }
}

function codeIn(text: string): string | null {
  try {
    return (JSON.parse(text) as { code?: string }).code ?? null;
  } catch {
    return null;
  }
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? `(${cause.message})` : '';
}
