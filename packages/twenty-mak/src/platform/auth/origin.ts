import type { IncomingHttpHeaders } from 'node:http';
import { RefusalError } from '../errors/index.ts';

/**
 * Browsers send cookies along from every page, so a cookie counts only from our own: for everything that changes
 * something, and for sockets, which browsers open across origins without asking. Reading needs no check, because we
 * allow no page of another origin to see the answer.
 */
export function refuseForeignOrigin(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  ownOrigin: string,
): void {
  const reads = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
  if (reads || headers.origin === ownOrigin) return;
  throw new RefusalError(
    {
      code: 'foreign_origin',
      reason: `A session cookie is accepted only from pages of ${ownOrigin}. Programs send the session token as a bearer token.`,
    },
    403,
  );
}
