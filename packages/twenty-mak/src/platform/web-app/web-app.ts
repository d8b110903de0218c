import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/index.ts';
import { keyField } from '../validation/index.ts';
import { builtFiles } from './built-files.ts';
import { openToAll } from './cross-origin.ts';
import { pageHeaders } from './security-headers.ts';

/** Where the build leaves the web application, seen from the compiled server and from its sources alike. */
const BUILT = resolve(import.meta.dirname, '../../../../twenty-front-ext/dist');

/** Addresses of programs: what is not found there is told to programs, never by a page. */
const PROGRAMS = /^\/(v1|graphql|oauth|healthz|readyz|metrics)(\/|$)/;
/** Their names change with their content. */
const HASHED = /^\/assets\//;
const YEAR = 'public, max-age=31536000, immutable';

const NOT_BUILT = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>MaK</title></head>
<body style="font: 16px/1.5 sans-serif; max-width: 36em; margin: 4em auto; padding: 0 1em">
<h1>The web application has not been built</h1>
<p>The API works. Run <code>./mak start</code>, or <code>npm run build --workspace twenty-front-ext</code>, then open this page again.</p>
</body></html>
`;

type WebAppConfig = Pick<Config, 'PUBLIC_URL' | 'MAK_WEB_DIR'>;

/** Serves the web application: its files, and its one page for every address that a person may open. */
export async function serveWebApp(
  fastify: FastifyInstance,
  database: Database,
  config: WebAppConfig,
): Promise<void> {
  const root = config.MAK_WEB_DIR === undefined ? BUILT : resolve(config.MAK_WEB_DIR);
  let files = builtFiles(root);
  await fastify.register(fastifyStatic, { serve: false, preCompressed: true, cacheControl: false });

  const sendFile = (reply: FastifyReply, path: string): FastifyReply => {
    const cache = HASHED.test(path) ? YEAR : 'no-cache';
    void reply.header('cache-control', cache).header('x-content-type-options', 'nosniff');
    // Browsers fetch scripts and fonts of an embedded page without an origin as if they were foreign.
    openToAll(reply);
    return reply.sendFile(path.slice(1), root);
  };

  const sendPage = async (reply: FastifyReply, request: FastifyRequest): Promise<FastifyReply> => {
    const ancestors = await frameAncestors(database, request);
    void reply.headers({
      ...pageHeaders(config.PUBLIC_URL, ancestors),
      'cache-control': 'no-cache',
    });
    if (files.size === 0) files = builtFiles(root);
    if (files.size > 0) return reply.sendFile('index.html', root);
    return reply.status(503).type('text/html; charset=utf-8').send(NOT_BUILT);
  };

  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler: async (request, reply) => {
      const [path] = partsOf(request);
      if (PROGRAMS.test(path)) return reply.callNotFound();
      if (path !== '/index.html' && files.has(path)) return sendFile(reply, path);
      return wantsPage(request, path) ? sendPage(reply, request) : reply.callNotFound();
    },
  });
}

/** What people open; `/index.html` is what the service worker keeps, and it asks for anything. */
const PAGES = new Set(['/', '/index.html', '/embed']);

function wantsPage({ headers }: FastifyRequest, path: string): boolean {
  return PAGES.has(path) || /text\/html/.test(headers.accept ?? '');
}

/**
 * Only `/embed` may be embedded, and only by the twenty of the tenant it names: the address that its sign-in asks, and
 * the one of its pages where that is another.
 */
async function frameAncestors(
  database: Database,
  request: FastifyRequest,
): Promise<readonly string[]> {
  const [path, query] = partsOf(request);
  const key = new URLSearchParams(query).get('tenant');
  if (path !== '/embed' || key === null || !keyField.safeParse(key).success) return [];
  const rows = await database.within({ tenantKey: key }, (transaction) =>
    transaction.query<{ address: string }>(
      `SELECT twenty_url AS address FROM tenant WHERE key = $1 AND twenty_url IS NOT NULL
       UNION SELECT workspace.address FROM twenty_workspace workspace JOIN tenant ON tenant.id = workspace.tenant_id
       WHERE tenant.key = $1 AND workspace.enabled ORDER BY address`,
      [key],
    ),
  );
  return rows.map(({ address }) => address);
}

/** Path and query of an address, as they came. */
function partsOf({ url }: FastifyRequest): [path: string, query: string] {
  const [path = '', ...query] = url.split('?');
  return [path, query.join('?')];
}
