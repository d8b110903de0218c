import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { formatInstant } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { countAnswer, listOf } from '../deals/index.ts';
import { mergeClientBody } from './client-merge.dto.ts';
import { ClientMergeService } from './client-merge.service.ts';
import { ClientPageService } from './client-page.service.ts';
import {
  clientAnswer,
  clientDetailSchema,
  clientHistoryQuery,
  clientSchema,
  clientVersionBody,
  createClientBody,
  editClientBody,
  facetsSchema,
  historySchema,
  listClientsQuery,
} from './clients.dto.ts';
import type {
  ClientAnswer,
  ClientDetailAnswer,
  ClientFacets,
  ClientHistoryAnswer,
} from './clients.dto.ts';
import { ClientsService } from './clients.service.ts';

const CLIENT = { schema: openApiSchema(clientSchema, 'output') };

@ApiTags('clients')
@Controller('v1/clients')
export class ClientsController {
  constructor(
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(ClientPageService) private readonly pages: ClientPageService,
    @Inject(ClientMergeService) private readonly merges: ClientMergeService,
  ) {}

  @ApiOperation({ summary: 'Companies and people, page by page' })
  @queryParameters(listClientsQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(clientSchema), 'output') })
  @RequireScope('deals:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<ClientAnswer>> {
    const page = await this.clients.list(principal, parse(listClientsQuery, query));
    return { items: page.items.map(clientAnswer), next: page.next };
  }

  @ApiOperation({ summary: 'Words that clients are described by, for filters' })
  @ApiOkResponse({ schema: openApiSchema(facetsSchema, 'output') })
  @RequireScope('deals:read')
  @Get('facets')
  facets(@CurrentPrincipal() principal: Principal): Promise<ClientFacets> {
    return this.clients.facets(principal);
  }

  @ApiOperation({ summary: 'Make a client' })
  @ApiBody({ schema: openApiSchema(createClientBody) })
  @ApiCreatedResponse(CLIENT)
  @RequireScope('deals:write')
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<ClientAnswer> {
    return clientAnswer(await this.clients.create(principal, parse(createClientBody, body)));
  }

  @ApiOperation({ summary: 'A client with contacts, people and sums of its deals' })
  @ApiOkResponse({ schema: openApiSchema(clientDetailSchema, 'output') })
  @RequireScope('deals:read')
  @Get(':id')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ClientDetailAnswer> {
    const { row, contacts, people, sums } = await this.pages.detail(
      principal,
      parse(uuidField, id),
    );
    return {
      ...clientAnswer(row),
      contacts: [...contacts],
      people: [...people],
      sums: sums.map(countAnswer),
    };
  }

  @ApiOperation({
    summary:
      'Stage changes, notes and breaches of its deals, moves of its leads, and edits of the client, newest first',
  })
  @queryParameters(clientHistoryQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(historySchema), 'output') })
  @RequireScope('deals:read')
  @Get(':id/history')
  async history(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<Page<ClientHistoryAnswer>> {
    const request = parse(clientHistoryQuery, query);
    const page = await this.pages.history(principal, parse(uuidField, id), request);
    const items = page.items.map(({ at, key: _key, ...line }) => ({
      ...line,
      at: formatInstant(at),
    }));
    return { items, next: page.next };
  }

  @ApiOperation({ summary: 'Change fields of a client' })
  @ApiBody({ schema: openApiSchema(editClientBody) })
  @ApiOkResponse(CLIENT)
  @RequireScope('deals:write')
  @Patch(':id')
  async edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ClientAnswer> {
    const edit = parse(editClientBody, body);
    return clientAnswer(await this.clients.edit(principal, parse(uuidField, id), edit));
  }

  @ApiOperation({ summary: 'Archive a client; its deals stay' })
  @ApiBody({ schema: openApiSchema(clientVersionBody) })
  @ApiOkResponse(CLIENT)
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/archive')
  archive(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ClientAnswer> {
    return this.setArchived(principal, id, body, true);
  }

  @ApiOperation({ summary: 'Bring an archived client back' })
  @ApiBody({ schema: openApiSchema(clientVersionBody) })
  @ApiOkResponse(CLIENT)
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/restore')
  restore(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ClientAnswer> {
    return this.setArchived(principal, id, body, false);
  }

  @ApiOperation({ summary: 'Merge a client into another one, which goes on' })
  @ApiBody({ schema: openApiSchema(mergeClientBody) })
  @ApiOkResponse(CLIENT)
  @RequireScope('deals:write')
  @HttpCode(200)
  @Post(':id/merge')
  async merge(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ClientAnswer> {
    const merge = parse(mergeClientBody, body);
    return clientAnswer(await this.merges.merge(principal, parse(uuidField, id), merge));
  }

  private async setArchived(
    principal: Principal,
    id: string,
    body: unknown,
    archived: boolean,
  ): Promise<ClientAnswer> {
    const { version } = parse(clientVersionBody, body);
    const row = await this.clients.setArchived(principal, parse(uuidField, id), version, archived);
    return clientAnswer(row);
  }
}
