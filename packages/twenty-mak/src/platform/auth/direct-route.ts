import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AuthGuard } from './auth.guard.ts';
import type { Principal, Scope } from './principal.ts';

export interface DirectRoute {
  readonly method: string;
  /** As Fastify writes it, e.g. `/v1/lots/:id/bids`. */
  readonly url: string;
  readonly scope: Scope;
  readonly answer: (principal: Principal, request: FastifyRequest) => Promise<unknown>;
}

/**
 * Answers a route without the interceptors, pipes and streams that Nest puts around every handler: for the few routes where
 * none of them has anything to do and that are called thousands of times a second. The route itself stays Nest's, with the
 * hooks, the parser and the limits of all others; the guard is called directly. To be called before the routes are made.
 */
export function answerDirectly(
  app: NestFastifyApplication,
  { method, url, scope, answer }: DirectRoute,
): void {
  const guard = app.get(AuthGuard);
  const access = { kind: 'scope', scope } as const;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (route.method !== method || route.url !== url) return;
      route.handler = async (request) => answer(await guard.admit(request, access), request);
    });
}
