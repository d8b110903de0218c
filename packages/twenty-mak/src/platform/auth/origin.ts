import type { IncomingHttpHeaders } from 'node:http';
import { RefusalError } from '../errors/index.ts';

/**
 * Browsers send cookies along from every page, so a cookie counts only from our own: never for a request that names
 * another origin, and without any only for reading, as browsers do for a page's requests to its own server. Sockets
 * always name theirs; browsers open them across origins without asking.
 */
export function refuseForeignOrigin(
  { method, headers }: { readonly method: string; readonly headers: IncomingHttpHeaders },
  ownOrigin: string,
): void {
  const reads = (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
  if (headers.origin === ownOrigin || (headers.origin === undefined && reads)) return;
  throw new RefusalError(
    {
      code: 'foreign_origin',
      reason: `A session cookie is accepted only from pages of ${ownOrigin}. Programs send the session token as a bearer token.`,
    },
    403,
  );
}
