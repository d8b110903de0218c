import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, queryParameters } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import type { RemoteStatus } from './connector.ts';
import {
  chosenSchema,
  connectorListSchema,
  connectorSchema,
  connectorVersionSchema,
  countSchema,
  deadLetterPageSchema,
  divergencePageSchema,
  journalPageSchema,
  listDeadSchema,
  listJournalSchema,
  resumeConnectorSchema,
  setConnectorSchema,
  statusListSchema,
} from './connectors.dto.ts';
import type {
  ConnectorView,
  DeadLetterView,
  DivergenceView,
  JournalEntryView,
} from './connectors.dto.ts';
import { ConnectorsService } from './connectors.service.ts';
import { matrixTable } from './connectors.view.ts';
import { SyncRecordsService } from './sync-records.service.ts';

const KEY = {
  name: 'key',
  schema: { type: 'string' },
  description: 'Key of the connector',
} as const;
const VIEW = { schema: openApiSchema(connectorSchema, 'output') } as const;
const VERSION = { schema: openApiSchema(connectorVersionSchema) } as const;

@ApiTags('connectors')
@RequireScope('tenant:manage')
@Controller('v1/connectors')
export class ConnectorsController {
  constructor(
    @Inject(ConnectorsService) private readonly connectors: ConnectorsService,
    @Inject(SyncRecordsService) private readonly records: SyncRecordsService,
  ) {}

  @ApiOperation({ summary: 'All connectors with their health, also those that are not set up' })
  @ApiOkResponse({ schema: openApiSchema(connectorListSchema, 'output') })
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: ConnectorView[]; next: null }> {
    return { items: await this.connectors.list(principal), next: null };
  }

  @ApiOperation({ summary: 'One connector that is set up' })
  @ApiParam(KEY)
  @ApiOkResponse(VIEW)
  @Get(':key')
  read(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<ConnectorView> {
    return this.connectors.read(principal, key);
  }

  @ApiOperation({ summary: 'The rules of all fields as a table' })
  @ApiParam(KEY)
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Header('content-type', 'text/csv; charset=utf-8')
  @Get(':key/matrix')
  async matrix(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<string> {
    return matrixTable(await this.connectors.read(principal, key));
  }

  @ApiOperation({ summary: 'Statuses there that tables of stages may name' })
  @ApiParam(KEY)
  @ApiOkResponse({ schema: openApiSchema(statusListSchema, 'output') })
  @Get(':key/statuses')
  async statuses(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<{ items: readonly RemoteStatus[]; next: null }> {
    return { items: await this.connectors.statuses(principal, key), next: null };
  }

  @ApiOperation({ summary: 'Set a connector up, or change how it works' })
  @ApiParam(KEY)
  @ApiBody({ schema: openApiSchema(setConnectorSchema) })
  @ApiOkResponse(VIEW)
  @Put(':key')
  set(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<ConnectorView> {
    return this.connectors.set(principal, key, body);
  }

  @ApiOperation({ summary: 'Forget a connector; the records of both sides stay' })
  @ApiParam(KEY)
  @ApiNoContentResponse()
  @HttpCode(204)
  @Delete(':key')
  disconnect(@CurrentPrincipal() principal: Principal, @Param('key') key: string): Promise<void> {
    return this.connectors.disconnect(principal, key);
  }

  @ApiOperation({ summary: 'Let a connector rest; changes wait' })
  @ApiParam(KEY)
  @ApiBody(VERSION)
  @ApiOkResponse(VIEW)
  @HttpCode(200)
  @Post(':key/pause')
  pause(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<ConnectorView> {
    return this.connectors.pause(principal, key, parse(connectorVersionSchema, body).version);
  }

  @ApiOperation({ summary: 'Let a connector go on that was paused or stopped' })
  @ApiParam(KEY)
  @ApiBody({ schema: openApiSchema(resumeConnectorSchema) })
  @ApiOkResponse(VIEW)
  @HttpCode(200)
  @Post(':key/resume')
  resume(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<ConnectorView> {
    const { version, same_account } = parse(resumeConnectorSchema, body);
    return this.connectors.resume(principal, key, version, same_account);
  }

  @ApiOperation({ summary: 'Compare all records of both sides anew' })
  @ApiParam(KEY)
  @ApiOkResponse(VIEW)
  @HttpCode(200)
  @Post(':key/resync')
  resync(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<ConnectorView> {
    return this.connectors.resync(principal, key);
  }

  @ApiOperation({ summary: 'Records that could not be made on the other side' })
  @ApiParam(KEY)
  @queryParameters(listDeadSchema)
  @ApiOkResponse({ schema: openApiSchema(deadLetterPageSchema, 'output') })
  @Get(':key/dead-letters')
  deadLetters(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Query() query: unknown,
  ): Promise<Page<DeadLetterView>> {
    return this.records.deadLetters(principal, key, parse(listDeadSchema, query));
  }

  @ApiOperation({ summary: 'Try dead letters again, the chosen ones or all' })
  @ApiParam(KEY)
  @ApiBody({ schema: openApiSchema(chosenSchema) })
  @ApiOkResponse({ schema: openApiSchema(countSchema, 'output') })
  @HttpCode(200)
  @Post(':key/dead-letters/replay')
  async replay(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<{ records: number }> {
    return { records: await this.records.replay(principal, key, parse(chosenSchema, body ?? {})) };
  }

  @ApiOperation({ summary: 'Forget dead letters until their records change' })
  @ApiParam(KEY)
  @ApiBody({ schema: openApiSchema(chosenSchema) })
  @ApiOkResponse({ schema: openApiSchema(countSchema, 'output') })
  @HttpCode(200)
  @Post(':key/dead-letters/drop')
  async drop(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<{ records: number }> {
    return { records: await this.records.drop(principal, key, parse(chosenSchema, body ?? {})) };
  }

  @ApiOperation({
    summary: 'What was done, newest first; of one record with `entity` and `local_id`',
  })
  @ApiParam(KEY)
  @queryParameters(listJournalSchema)
  @ApiOkResponse({ schema: openApiSchema(journalPageSchema, 'output') })
  @Get(':key/journal')
  journal(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Query() query: unknown,
  ): Promise<Page<JournalEntryView>> {
    return this.records.journal(principal, key, parse(listJournalSchema, query));
  }

  @ApiOperation({
    summary: 'Linked records with a difference that stays, because a side refused a value',
  })
  @ApiParam(KEY)
  @queryParameters(listDeadSchema)
  @ApiOkResponse({ schema: openApiSchema(divergencePageSchema, 'output') })
  @Get(':key/divergences')
  divergences(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Query() query: unknown,
  ): Promise<Page<DivergenceView>> {
    return this.records.divergences(principal, key, parse(listDeadSchema, query));
  }
}
