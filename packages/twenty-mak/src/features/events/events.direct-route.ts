import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { answerDirectly } from '../../platform/auth/index.ts';
import { EventsController, INGESTION_SCOPE } from './events.controller.ts';

/** What Nest puts around a handler costs as much as the fold of a single event. */
export function answerEventsDirectly(app: NestFastifyApplication): void {
  const controller = app.get(EventsController, { strict: false });
  answerDirectly(app, {
    method: 'POST',
    url: '/v1/events',
    scope: INGESTION_SCOPE,
    answer: (principal, { body }) => controller.post(principal, body),
  });
}
