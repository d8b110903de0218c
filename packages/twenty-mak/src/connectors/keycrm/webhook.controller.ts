import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GuessLimits, Public } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { rawBodyOf } from '../../platform/raw-body/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { KeyCrmWebhookService } from './webhook.service.ts';

const EVENTS = [
  'order-created',
  'order-updated',
  'payment-updated',
  'buyer-updated',
  'lead-updated',
] as const;
const TEXT = { type: 'string' } as const;

@ApiTags('keycrm')
@Controller('api/keycrm/webhook')
export class KeyCrmWebhookController {
  constructor(
    @Inject(KeyCrmWebhookService) private readonly webhook: KeyCrmWebhookService,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  @ApiOperation({
    summary: 'What KeyCRM tells of changes',
    description:
      'The address stands in triggers in KeyCRM, which signs nothing. Whichever of the events it names, what the message says counts. See docs/keycrm.md.',
  })
  @ApiParam({ name: 'event', schema: { type: 'string', enum: [...EVENTS] } })
  @ApiParam({ name: 'tenant', schema: TEXT, description: 'Key of the tenant' })
  @ApiParam({ name: 'secret', schema: TEXT, description: '`webhook_secret` of the connector' })
  @ApiOkResponse()
  @Public()
  @NotIdempotent()
  // KeyCRM takes nothing else for an answer.
  @HttpCode(200)
  @Post(':event/:tenant/:secret')
  async take(
    @Req() request: FastifyRequest,
    @Param('event') event: string,
    @Param('tenant') tenant: string,
    @Param('secret') secret: string,
  ): Promise<void> {
    try {
      await this.webhook.take(tenant, {
        event: parse(z.enum(EVENTS), event),
        secret,
        body: rawBodyOf(request).toString(),
      });
    } catch (error) {
      // Many true messages may come at once; only those that are refused are counted.
      if (error instanceof RefusalError) await this.limits.limitForeignToken(request);
      throw error;
    }
  }
}
