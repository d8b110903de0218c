import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { GuessLimits, Public } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { rawBodyOf } from '../../platform/raw-body/index.ts';
import { TwentyWebhookService } from './webhook.service.ts';

@ApiTags('twenty')
@Controller('v1/twenty')
export class TwentyController {
  constructor(
    @Inject(TwentyWebhookService) private readonly webhook: TwentyWebhookService,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  @ApiOperation({
    summary: 'What twenty tells of changes',
    description: 'Signed by twenty; MaK registers it there by itself. See docs/twenty.md.',
  })
  @ApiParam({ name: 'tenant', schema: { type: 'string' }, description: 'Key of the tenant' })
  @ApiNoContentResponse()
  @Public()
  @NotIdempotent()
  @HttpCode(204)
  @Post(':tenant/webhook')
  async take(@Req() request: FastifyRequest, @Param('tenant') tenant: string): Promise<void> {
    const headers = {
      timestamp: headerOf(request, 'x-twenty-webhook-timestamp'),
      signature: headerOf(request, 'x-twenty-webhook-signature'),
    };
    try {
      await this.webhook.take(tenant, rawBodyOf(request), headers);
    } catch (error) {
      // Many true messages may come at once; only those that are refused are counted.
      if (error instanceof RefusalError) await this.limits.limitForeignToken(request);
      throw error;
    }
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
