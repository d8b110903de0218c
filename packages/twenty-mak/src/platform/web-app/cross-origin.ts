import type { FastifyInstance, FastifyReply } from 'fastify';

/**
 * What pages of any origin may call, because a page that twenty embeds may have none (`null`): the API, with bearer
 * tokens only, since browsers send no cookies to an address that answers `*`. Of signing in only the way out.
 */
const OPEN = /^\/(v1\/(?!auth\/)|v1\/auth\/sign-out$|graphql$)/;

const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, x-tenant',
  'access-control-max-age': '7200',
} as const;

/** Lets pages of other origins use the API by bearer token. Costs nothing for requests of programs. */
export function allowOtherOrigins(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const [path = ''] = request.url.split('?', 1);
    if (request.headers.origin === undefined || !OPEN.test(path)) return done();
    openToAll(reply);
    void reply.header('access-control-expose-headers', 'idempotent-replayed, retry-after');
    const asksFirst = request.headers['access-control-request-method'] !== undefined;
    if (request.method !== 'OPTIONS' || !asksFirst) return done();
    void reply.headers(PREFLIGHT).status(204).send();
  });
}

/** For an answer that holds nothing of anybody. */
export function openToAll(reply: FastifyReply): void {
  void reply.header('access-control-allow-origin', '*');
}
