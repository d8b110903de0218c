import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import {
  archiveBody,
  createPipelineBody,
  createPipelineQuery,
  draftBody,
  listOf,
  pipelineAnswer,
  pipelineDetailAnswer,
  pipelineDetailSchema,
  pipelineSchema,
  publishBody,
  versionAnswer,
  versionBody,
  versionDetailSchema,
  versionSchema,
} from './pipelines.dto.ts';
import type { PipelineAnswer, PipelineDetailAnswer, VersionAnswer } from './pipelines.dto.ts';
import { requestedDefinition, withBareDefinition } from './requested-definition.ts';
import { PipelineSettingsService } from './pipeline-settings.service.ts';
import { PipelineService } from './pipelines.service.ts';

const DETAIL = { schema: openApiSchema(pipelineDetailSchema, 'output') };

@ApiTags('pipelines')
@Controller('v1/pipelines')
export class PipelinesController {
  constructor(
    @Inject(PipelineService) private readonly pipelines: PipelineService,
    @Inject(PipelineSettingsService) private readonly settings: PipelineSettingsService,
  ) {}

  @ApiOperation({
    summary: 'Make a pipeline from a definition or a preset',
    description:
      'The body may also be a bare definition, in JSON or YAML; the options are then query parameters.',
  })
  @ApiConsumes('application/json', 'application/yaml')
  @ApiBody({ schema: openApiSchema(createPipelineBody) })
  @ApiQuery({ name: 'publish', required: false, schema: { type: 'boolean' } })
  @ApiQuery({ name: 'is_default', required: false, schema: { type: 'boolean' } })
  @ApiQuery({ name: 'declare_types', required: false, schema: { type: 'boolean' } })
  @ApiCreatedResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
    @Query() query: unknown,
  ): Promise<PipelineDetailAnswer> {
    const request = parse(
      createPipelineBody,
      withBareDefinition(body, parse(createPipelineQuery, query)),
    );
    const { publish, is_default: isDefault, declare_types: declareTypes } = request;
    const options = { actor: principal, publish, isDefault, declareTypes };
    return pipelineDetailAnswer(
      await this.pipelines.createFromDefinition(
        principal.tenantId,
        requestedDefinition(request),
        options,
      ),
    );
  }

  @ApiOperation({ summary: 'All pipelines, also archived ones' })
  @ApiOkResponse({ schema: openApiSchema(listOf(pipelineSchema), 'output') })
  @RequireScope('pipelines:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: PipelineAnswer[]; next: null }> {
    const rows = await this.pipelines.list(principal.tenantId);
    return { items: rows.map(pipelineAnswer), next: null };
  }

  @ApiOperation({ summary: 'A pipeline with its current definition and its draft' })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:read')
  @Get(':key')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<PipelineDetailAnswer> {
    return pipelineDetailAnswer(await this.pipelines.one(principal.tenantId, key));
  }

  @ApiOperation({ summary: 'Published versions, newest first' })
  @ApiOkResponse({ schema: openApiSchema(listOf(versionSchema), 'output') })
  @RequireScope('pipelines:read')
  @Get(':key/versions')
  async versions(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<{ items: VersionAnswer[]; next: null }> {
    const rows = await this.pipelines.versions(principal.tenantId, key);
    return { items: rows.map(versionAnswer), next: null };
  }

  @ApiOperation({ summary: 'A published version with its definition' })
  @ApiOkResponse({ schema: openApiSchema(versionDetailSchema, 'output') })
  @RequireScope('pipelines:read')
  @Get(':key/versions/:version')
  async version(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Param('version') number: string,
  ): Promise<VersionAnswer & { definition: object }> {
    const found = await this.pipelines.version(
      principal.tenantId,
      key,
      parse(versionNumber, number),
    );
    return { ...versionAnswer(found), definition: found.definition };
  }

  @ApiOperation({ summary: 'Save a draft' })
  @ApiConsumes('application/json', 'application/yaml')
  @ApiBody({ schema: openApiSchema(draftBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Put(':key/draft')
  async saveDraft(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const { version, definition } = parse(draftBody, body);
    return pipelineDetailAnswer(
      await this.pipelines.saveDraft(principal.tenantId, key, version, definition, principal),
    );
  }

  @ApiOperation({ summary: 'Drop the draft' })
  @ApiQuery({ name: 'version', schema: { type: 'integer' } })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Delete(':key/draft')
  async dropDraft(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Query('version') sent: unknown,
  ): Promise<PipelineDetailAnswer> {
    const version = parse(versionNumber, sent);
    return pipelineDetailAnswer(
      await this.pipelines.dropDraft(principal.tenantId, key, version, principal),
    );
  }

  @ApiOperation({ summary: 'Publish the draft as the next version' })
  @ApiBody({ schema: openApiSchema(publishBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @HttpCode(200)
  @Post(':key/publish')
  async publish(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const command = parse(publishBody, body);
    return pipelineDetailAnswer(
      await this.pipelines.publish(principal.tenantId, key, command, principal),
    );
  }

  @ApiOperation({ summary: 'Make it the pipeline that deals get when nothing names another' })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @Put(':key/default')
  async setDefault(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<PipelineDetailAnswer> {
    return pipelineDetailAnswer(await this.settings.setDefault(principal.tenantId, key, principal));
  }

  @ApiOperation({ summary: 'Archive a pipeline, or restore it' })
  @ApiBody({ schema: openApiSchema(archiveBody) })
  @ApiOkResponse(DETAIL)
  @RequireScope('pipelines:write')
  @HttpCode(200)
  @Post(':key/archive')
  async archive(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
  ): Promise<PipelineDetailAnswer> {
    const { version, archived } = parse(archiveBody, body);
    return pipelineDetailAnswer(
      await this.settings.setArchived(principal.tenantId, key, version, archived, principal),
    );
  }
}

const versionNumber = z.coerce.number().pipe(versionBody.shape.version);
