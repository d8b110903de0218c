import { setTimeout as sleep } from 'node:timers/promises';

/** How long a server may be away; it may be restarting, and everything that is sent here may be sent again. */
const PATIENCE_MS = 60_000;
const TRY_AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly key: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
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

  constructor(url: string) {
    this.url = url;
  }

  /** The body of the answer. Throws ApiError with the server's words. */
  async call<Body>(path: string, { method, key, body, idempotencyKey }: Request): Promise<Body> {
    const request: RequestInit = {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    };
    const { status, text } = await this.insist(path, request);
    if (status >= 200 && status < 300) return JSON.parse(text) as Body;
    throw new ApiError(`${request.method} ${path}: ${describe(status, text)}`, codeIn(text));
  }

  private async insist(
    path: string,
    request: RequestInit,
  ): Promise<{ status: number; text: string }> {
    const deadline = performance.now() + PATIENCE_MS;
    for (let pause = 50; ; pause = Math.min(pause * 2, 2_000)) {
      let failure: string;
      try {
        const response = await fetch(`${this.url}${path}`, request);
        const answer = { status: response.status, text: await response.text() };
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
