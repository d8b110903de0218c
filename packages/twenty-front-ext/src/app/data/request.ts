import { headersOf } from '../session/session.ts';
import type { Credential } from '../session/session.ts';
import { Problem, readProblem } from './problem.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly credential?: Credential;
  readonly tenant?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Longest that the person waits for the whole answer, in milliseconds. */
  readonly patience?: number;
}

/** Longest that a person waits for an answer, in milliseconds. */
const PATIENCE = 30_000;

/** A REST request. Throws a Problem with code `offline`, `too_slow` or the server's. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const answer = await send(path, options);
  const text = await answer.text();
  const body: unknown = text === '' ? null : parseJson(text);
  if (answer.ok) return body as T;
  throw readProblem(body, answer.statusText, answer.status);
}

/** The same for an answer that is a file. */
export async function download(path: string, options: RequestOptions = {}): Promise<Blob> {
  const answer = await send(path, options);
  if (answer.ok) return answer.blob();
  throw readProblem(parseJson(await answer.text()), answer.statusText, answer.status);
}

/** Sends a file. */
export async function upload<T>(path: string, file: Blob, options: RequestOptions): Promise<T> {
  return request<T>(path, { ...options, method: 'POST', body: file });
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const {
    method = 'GET',
    body,
    credential = { kind: 'cookie' },
    tenant = null,
    headers,
    signal,
    patience = PATIENCE,
  } = options;
  const timeout = AbortSignal.timeout(patience);
  try {
    return await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
        ...headersOf(credential, tenant),
        ...headers,
      },
      credentials: credential.kind === 'cookie' ? 'same-origin' : 'omit',
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    if (timeout.aborted) throw new Problem('too_slow', 'The server did not answer in time.');
    throw new Problem('offline', 'The server cannot be reached.');
  }
}

function typeOf(body: unknown): string {
  return body instanceof Blob ? 'application/octet-stream' : 'application/json';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
