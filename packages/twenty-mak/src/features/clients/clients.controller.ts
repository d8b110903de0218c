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
  clientPageSchema,
  clientSchema,
  createClientSchema,
  createdClientSchema,
  listClientsSchema,
} from './clients.dto.ts';
import type { ClientView, CreatedClientView } from './clients.dto.ts';
import { ClientsService } from './clients.service.ts';

@ApiTags('clients')
@Controller('v1/clients')
export class ClientsController {
  constructor(@Inject(ClientsService) private readonly clients: ClientsService) {}

  @ApiOperation({ summary: 'Make an API key or an OAuth client; the secret is shown once' })
  @ApiBody({ schema: openApiSchema(createClientSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(createdClientSchema, 'output') })
  @RequireScope('clients:manage')
  @Post()
  create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<CreatedClientView> {
    return this.clients.create(principal, parse(createClientSchema, body));
  }

  @ApiOperation({ summary: 'API keys and OAuth clients, newest first' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(clientPageSchema, 'output') })
  @RequireScope('clients:manage')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<ClientView>> {
    return this.clients.list(principal, parse(listClientsSchema, query));
  }

  @ApiOperation({ summary: 'Revoke a key or client, with the access tokens it bought' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ schema: openApiSchema(clientSchema, 'output') })
  @RequireScope('clients:manage')
  @Delete(':id')
  revoke(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ClientView> {
    return this.clients.revoke(principal, parse(uuidField, id));
  }
}
