import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import { listOf, sourceDefaultBody, sourceDefaultSchema, sourceField } from './pipelines.dto.ts';
import { PipelineSettingsService } from './pipeline-settings.service.ts';

/** Which pipeline the deals of a source get when their events name none. */
@ApiTags('pipelines')
@Controller('v1/source-defaults')
export class SourceDefaultsController {
  constructor(
    @Inject(PipelineSettingsService) private readonly pipelines: PipelineSettingsService,
  ) {}

  @ApiOperation({ summary: 'Default pipelines of sources' })
  @ApiOkResponse({ schema: openApiSchema(listOf(sourceDefaultSchema), 'output') })
  @RequireScope('pipelines:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: { source: string; pipeline: string }[]; next: null }> {
    return { items: await this.pipelines.sourceDefaults(principal.tenantId), next: null };
  }

  @ApiOperation({ summary: 'Set the default pipeline of a source' })
  @ApiBody({ schema: openApiSchema(sourceDefaultBody) })
  @ApiOkResponse({ schema: openApiSchema(sourceDefaultSchema, 'output') })
  @RequireScope('pipelines:write')
  @Put(':source')
  async set(
    @CurrentPrincipal() principal: Principal,
    @Param('source') sent: string,
    @Body() body: unknown,
  ): Promise<{ source: string; pipeline: string }> {
    const source = parse(sourceField, sent);
    const { pipeline } = parse(sourceDefaultBody, body);
    await this.pipelines.setSourceDefault(principal.tenantId, source, pipeline, principal);
    return { source, pipeline };
  }

  @ApiOperation({ summary: "Let the source use the tenant's default again" })
  @ApiNoContentResponse()
  @RequireScope('pipelines:write')
  @HttpCode(204)
  @Delete(':source')
  async remove(
    @CurrentPrincipal() principal: Principal,
    @Param('source') source: string,
  ): Promise<void> {
    await this.pipelines.setSourceDefault(
      principal.tenantId,
      parse(sourceField, source),
      null,
      principal,
    );
  }
}
