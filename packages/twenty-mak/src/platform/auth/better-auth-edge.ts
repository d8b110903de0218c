import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { notFound, RefusalError } from '../errors/index.ts';

const refusalSchema = z.object({ code: z.string(), message: z.string() });

/** Codes of better-auth for what has another name everywhere else in this API. */
const OUR_CODES: Readonly<Record<string, string>> = {
  unauthorized: 'unauthenticated',
  invalid_origin: 'foreign_origin',
  missing_or_null_origin: 'foreign_origin',
};

/** What better-auth refuses, in the shape of all other refusals. */
export function refusalOf(status: number, text: string): RefusalError {
  const told = refusalSchema.safeParse(text.startsWith('{') ? JSON.parse(text) : null);
  if (!told.success && status >= 500) throw new Error(`better-auth answered ${status}`);
  if (!told.success) return notFound('way of signing in');
  const code = told.data.code.toLowerCase();
  return new RefusalError({ code: OUR_CODES[code] ?? code, reason: told.data.message }, status);
}

/** PostgreSQL keeps no NUL, and better-auth does not look. */
export function refuseNul(body: unknown): void {
  if (JSON.stringify(body)?.includes('\\u0000') !== true) return;
  throw new RefusalError({
    code: 'invalid_request',
    reason: 'A text of the request holds a NUL character. Send it without.',
  });
}

/** The same request in the words of fetch. Its body was parsed on the way here. */
export function toFetch(request: FastifyRequest): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name === 'content-length') continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body != null;
  return new Request(new URL(request.url, `${request.protocol}://${request.host}`), {
    method: request.method,
    headers,
    ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
  });
}
