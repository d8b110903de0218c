import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  ApiConsumes,
  ApiNoContentResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { GuessLimits, Public } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { rawBodyOf } from '../../platform/raw-body/index.ts';
import { AmocrmWebhookService } from './webhook.service.ts';

@ApiTags('amocrm')
@Controller('v1/amocrm')
export class AmocrmController {
  constructor(
    @Inject(AmocrmWebhookService) private readonly webhook: AmocrmWebhookService,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  @ApiOperation({
    summary: 'What amoCRM tells of changes',
    description:
      'MaK subscribes by itself, with an address that nobody can guess. See docs/amocrm.md.',
  })
  @ApiParam({ name: 'tenant', schema: { type: 'string' }, description: 'Key of the tenant' })
  @ApiParam({ name: 'door', schema: { type: 'string' }, description: 'Made by MaK' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiNoContentResponse()
  @Public()
  @NotIdempotent()
  @HttpCode(204)
  @Post(':tenant/webhook/:door')
  async take(
    @Req() request: FastifyRequest,
    @Param('tenant') tenant: string,
    @Param('door') door: string,
  ): Promise<void> {
    try {
      await this.webhook.take(tenant, door, rawBodyOf(request));
    } catch (error) {
      // Many true messages may come at once; only those that are refused are counted.
      if (error instanceof RefusalError) await this.limits.limitForeignToken(request);
      throw error;
    }
  }
}
