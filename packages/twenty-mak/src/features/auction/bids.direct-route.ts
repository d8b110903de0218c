import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { answerDirectly } from '../../platform/auth/index.ts';
import { BIDDING_SCOPE, LotsController } from './lots.controller.ts';

/** What Nest puts around a handler costs more than to fold a bid. */
export function answerBidsDirectly(app: NestFastifyApplication): void {
  const controller = app.get(LotsController, { strict: false });
  answerDirectly(app, {
    method: 'POST',
    url: '/v1/lots/:id/bids',
    scope: BIDDING_SCOPE,
    answer: (principal, { body, params }) => {
      const { id } = params as { readonly id: string };
      return controller.bid(principal, id, body);
    },
  });
}
