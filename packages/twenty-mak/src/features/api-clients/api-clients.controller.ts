import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  apiClientPageSchema,
  apiClientSchema,
  createApiClientSchema,
  createdApiClientSchema,
  listApiClientsSchema,
} from './api-clients.dto.ts';
import type { ApiClientView, CreatedApiClientView } from './api-clients.dto.ts';
import { ApiClientsService } from './api-clients.service.ts';

@ApiTags('api-clients')
@Controller('v1/api-clients')
export class ApiClientsController {
  constructor(@Inject(ApiClientsService) private readonly clients: ApiClientsService) {}

  @ApiOperation({ summary: 'Make an API key or an OAuth client; the secret is shown once' })
  @ApiBody({ schema: openApiSchema(createApiClientSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(createdApiClientSchema, 'output') })
  @RequireScope('api-clients:manage')
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<CreatedApiClientView> {
    return this.clients.create(principal, parse(createApiClientSchema, body));
  }

  @ApiOperation({ summary: 'API keys and OAuth clients, newest first' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(apiClientPageSchema, 'output') })
  @RequireScope('api-clients:manage')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<ApiClientView>> {
    return this.clients.list(principal, parse(listApiClientsSchema, query));
  }

  @ApiOperation({ summary: 'Revoke a key or client, with the access tokens it bought' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ schema: openApiSchema(apiClientSchema, 'output') })
  @RequireScope('api-clients:manage')
  @Delete(':id')
  revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ApiClientView> {
    return this.clients.revoke(principal, parse(uuidField, id));
  }
}
