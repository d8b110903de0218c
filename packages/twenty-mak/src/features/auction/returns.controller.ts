import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  decideReturnSchema,
  listReturnsSchema,
  requestReturnSchema,
  returnPageSchema,
  returnSchema,
} from './returns.dto.ts';
import type { ReturnView } from './returns.dto.ts';
import { ReturnsService } from './returns.service.ts';

@ApiTags('auction')
@Controller('v1/returns')
export class ReturnsController {
  constructor(@Inject(ReturnsService) private readonly returns: ReturnsService) {}

  @ApiOperation({ summary: 'Returns, newest first: all for the head office, else your own' })
  @queryParameters(listReturnsSchema)
  @ApiOkResponse({ schema: openApiSchema(returnPageSchema, 'output') })
  @RequireScope('auction:read')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<ReturnView>> {
    return this.returns.list(principal, parse(listReturnsSchema, query));
  }

  @ApiOperation({ summary: 'Ask to give back a lead that you have bought' })
  @ApiBody({ schema: openApiSchema(requestReturnSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(returnSchema, 'output') })
  @RequireScope('auction:bid')
  @Post()
  request(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<ReturnView> {
    return this.returns.request(principal, parse(requestReturnSchema, body));
  }

  @ApiOperation({ summary: 'Decide on a return that is not your own' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ schema: openApiSchema(decideReturnSchema) })
  @ApiOkResponse({ schema: openApiSchema(returnSchema, 'output') })
  @RequireScope('returns:decide')
  @HttpCode(200)
  @Post(':id/decision')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ReturnView> {
    return this.returns.decide(principal, parse(uuidField, id), parse(decideReturnSchema, body));
  }
}
