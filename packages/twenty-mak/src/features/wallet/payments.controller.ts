import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, GuessLimits, Public, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { rawBodyOf } from '../../platform/raw-body/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import { PaymentsService } from './payments.service.ts';
import {
  newProviderSchema,
  paymentSchema,
  providerSchema,
  providerViewSchema,
} from './wallet.dto.ts';
import type { NewProvider, ProviderView } from './wallet.dto.ts';

@ApiTags('wallet')
@Controller('v1')
export class PaymentsController {
  constructor(
    @Inject(PaymentsService) private readonly payments: PaymentsService,
    @Inject(GuessLimits) private readonly limits: GuessLimits,
  ) {}

  @ApiOperation({
    summary: 'A payment, as its provider tells of it',
    description:
      'Signed as the Standard Webhooks specification says, with the headers webhook-id, webhook-timestamp and webhook-signature. The same payment again changes nothing.',
  })
  @ApiParam({ name: 'tenant', schema: { type: 'string' }, description: 'Key of the tenant' })
  @ApiParam({ name: 'provider', schema: { type: 'string' } })
  @ApiBody({ schema: openApiSchema(paymentSchema) })
  @ApiNoContentResponse()
  @Public()
  @NotIdempotent()
  @HttpCode(204)
  @Post('payments/:tenant/:provider')
  async take(
    @Req() request: FastifyRequest,
    @Param('tenant') tenant: string,
    @Param('provider') provider: string,
  ): Promise<void> {
    const headers = {
      id: headerOf(request, 'webhook-id'),
      timestamp: headerOf(request, 'webhook-timestamp'),
      signature: headerOf(request, 'webhook-signature'),
    };
    try {
      await this.payments.take(tenant, provider, rawBodyOf(request), headers);
    } catch (error) {
      // Only those that are refused are counted.
      if (error instanceof RefusalError) await this.limits.limitForeignToken(request);
      throw error;
    }
  }

  @ApiOperation({ summary: 'Who may tell of payments' })
  @ApiOkResponse({ schema: { type: 'array', items: openApiSchema(providerViewSchema, 'output') } })
  @RequireScope('wallet:manage')
  @Get('wallet/providers')
  list(@CurrentPrincipal() principal: Principal): Promise<ProviderView[]> {
    return this.payments.list(principal);
  }

  @ApiOperation({ summary: 'Let a provider tell of payments, or give it a new secret' })
  @ApiBody({ schema: openApiSchema(providerSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(newProviderSchema, 'output') })
  @RequireScope('wallet:manage')
  @Post('wallet/providers')
  admit(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<NewProvider> {
    return this.payments.admit(principal, parse(providerSchema, body).provider);
  }

  @ApiOperation({ summary: 'Believe a provider no longer' })
  @ApiParam({ name: 'provider', schema: { type: 'string' } })
  @ApiNoContentResponse()
  @RequireScope('wallet:manage')
  @HttpCode(204)
  @Delete('wallet/providers/:provider')
  remove(@CurrentPrincipal() principal: Principal, @Param() params: unknown): Promise<void> {
    return this.payments.remove(principal, parse(providerSchema, params).provider);
  }
}

function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}
