import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthGuard } from '../../platform/auth/index.ts';
import { EventsController, INGESTION_SCOPE } from './events.controller.ts';

const METHOD = 'POST';
const PATH = '/v1/events';

/**
 * Answers `POST /v1/events` without the interceptors, pipes and streams that Nest puts around every handler: none of
 * them has anything to do there, and for a single event they cost as much as its fold. The route itself stays Nest's,
 * with the hooks, the parser and the limits of all others; the guard and the controller's method are called directly.
 * To be called before the routes are made.
 */
export function answerEventsDirectly(app: NestFastifyApplication): void {
  const guard = app.get(AuthGuard);
  const controller = app.get(EventsController, { strict: false });
  const access = { kind: 'scope', scope: INGESTION_SCOPE } as const;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (route.method !== METHOD || route.url !== PATH) return;
      route.handler = async (request) =>
        controller.post(await guard.admit(request, access), request.body);
    });
}
