import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  listRatesSchema,
  rateKeySchema,
  ratePageSchema,
  ratesSchema,
  setRatesSchema,
} from './exchange-rates.dto.ts';
import type { RateView } from './exchange-rates.dto.ts';
import { ExchangeRatesService } from './exchange-rates.service.ts';

@ApiTags('exchange-rates')
@Controller('v1/exchange-rates')
export class ExchangeRatesController {
  constructor(@Inject(ExchangeRatesService) private readonly rates: ExchangeRatesService) {}

  @ApiOperation({ summary: 'Dated exchange rates, newest day first' })
  @ApiQuery({ name: 'currency', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(ratePageSchema, 'output') })
  @RequireScope('deals:read')
  @Get()
  list(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<Page<RateView>> {
    return this.rates.list(principal, parse(listRatesSchema, query));
  }

  @ApiOperation({ summary: 'Add rates, or replace those of the same pair and day' })
  @ApiBody({ schema: openApiSchema(setRatesSchema) })
  @ApiOkResponse({ schema: openApiSchema(ratesSchema, 'output') })
  @RequireScope('tenant:manage')
  @Put()
  async set(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<{ items: RateView[]; next: null }> {
    return { items: await this.rates.set(principal, parse(setRatesSchema, body)), next: null };
  }

  @ApiOperation({ summary: 'Delete a rate; the one before it holds again' })
  @ApiParam({ name: 'base', schema: { type: 'string' } })
  @ApiParam({ name: 'quote', schema: { type: 'string' } })
  @ApiParam({ name: 'day', schema: { type: 'string', format: 'date' } })
  @ApiNoContentResponse()
  @RequireScope('tenant:manage')
  @HttpCode(204)
  @Delete(':base/:quote/:day')
  delete(@CurrentPrincipal() principal: Principal, @Param() params: unknown): Promise<void> {
    return this.rates.delete(principal, parse(rateKeySchema, params));
  }
}
