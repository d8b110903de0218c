import { Body, Controller, Get, Inject, Param, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import { listOf } from './deals.dto.ts';
import {
  migrateBody,
  migrationAnswer,
  migrationSchema,
  previewAnswer,
  previewSchema,
} from './pipeline-migrations.dto.ts';
import type { MigrationAnswer, PreviewAnswer } from './pipeline-migrations.dto.ts';
import { PipelineMigrationsService } from './pipeline-migrations.service.ts';

@ApiTags('pipelines')
@Controller('v1/pipelines/:key/migrations')
export class PipelineMigrationsController {
  constructor(
    @Inject(PipelineMigrationsService) private readonly migrations: PipelineMigrationsService,
  ) {}

  @ApiOperation({
    summary: 'Show what a migration to the current version would change, or begin it',
  })
  @ApiBody({ schema: openApiSchema(migrateBody) })
  @ApiOkResponse({ schema: openApiSchema(previewSchema, 'output'), description: 'A dry run.' })
  @ApiAcceptedResponse({ schema: openApiSchema(migrationSchema, 'output') })
  @RequireScope('pipelines:write')
  @Post()
  async migrate(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PreviewAnswer | MigrationAnswer> {
    const { from_version: from = null, dry_run: dryRun } = parse(migrateBody, body ?? {});
    void reply.status(dryRun ? 200 : 202);
    return dryRun
      ? previewAnswer(await this.migrations.preview(principal, key, from))
      : migrationAnswer(await this.migrations.start(principal, key, from));
  }

  @ApiOperation({ summary: 'The last hundred migrations' })
  @ApiOkResponse({ schema: openApiSchema(listOf(migrationSchema), 'output') })
  @RequireScope('pipelines:read')
  @Get()
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
  ): Promise<{ items: MigrationAnswer[]; next: null }> {
    const rows = await this.migrations.list(principal, key);
    return { items: rows.map(migrationAnswer), next: null };
  }

  @ApiOperation({ summary: 'A migration and how far it came' })
  @ApiOkResponse({ schema: openApiSchema(migrationSchema, 'output') })
  @RequireScope('pipelines:read')
  @Get(':id')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Param('id') id: string,
  ): Promise<MigrationAnswer> {
    return migrationAnswer(await this.migrations.one(principal, key, parse(uuidField, id)));
  }
}
