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
  Res,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listOf } from '../deals/index.ts';
import { LeadImportProfilesService } from './lead-import-profiles.service.ts';
import {
  beginImportBody,
  createProfileBody,
  importAnswer,
  importDetailAnswer,
  importDetailSchema,
  importSchema,
  listImportsQuery,
  previewAnswer,
  previewQuery,
  previewSchema,
  replaceProfileBody,
  savedProfileAnswer,
  savedProfileSchema,
  uploadQuery,
} from './lead-imports.dto.ts';
import type {
  ImportAnswer,
  ImportDetailAnswer,
  PreviewAnswer,
  SavedProfileAnswer,
} from './lead-imports.dto.ts';
import { LeadImportsService } from './lead-imports.service.ts';
import { RejectedFileService } from './rejected-file.service.ts';

const IMPORT = { schema: openApiSchema(importSchema, 'output') };
const PROFILE = { schema: openApiSchema(savedProfileSchema, 'output') };

@ApiTags('leads')
@Controller('v1/leads')
export class LeadImportsController {
  constructor(
    @Inject(LeadImportsService) private readonly imports: LeadImportsService,
    @Inject(LeadImportProfilesService) private readonly profiles: LeadImportProfilesService,
    @Inject(RejectedFileService) private readonly rejected: RejectedFileService,
  ) {}

  @ApiOperation({
    summary: 'Upload a file of leads',
    description:
      'CSV or a workbook (.xlsx), stored while it arrives. Nothing is entered before the import is started.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @queryParameters(uploadQuery)
  @ApiCreatedResponse(IMPORT)
  @RequireScope('leads:import')
  @NotIdempotent()
  @Post('imports')
  async upload(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<ImportAnswer> {
    const { name } = parse(uploadQuery, query);
    if (!(body instanceof Readable))
      throw new RefusalError(
        { code: 'unsupported_media_type', reason: 'Send the file as application/octet-stream.' },
        415,
      );
    return importAnswer(await this.imports.upload(principal, name, body));
  }

  @ApiOperation({ summary: 'Imports of leads, newest first' })
  @queryParameters(listImportsQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(importSchema), 'output') })
  @RequireScope('leads:import')
  @Get('imports')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<ImportAnswer>> {
    const page = await this.imports.list(principal, parse(listImportsQuery, query));
    return { items: page.items.map(importAnswer), next: page.next };
  }

  @ApiOperation({ summary: 'An import: how far it is and what became of its rows' })
  @ApiOkResponse({ schema: openApiSchema(importDetailSchema, 'output') })
  @RequireScope('leads:import')
  @Get('imports/:id')
  async one(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ImportDetailAnswer> {
    return importDetailAnswer(await this.imports.detail(principal, parse(uuidField, id)));
  }

  @ApiOperation({ summary: 'The first rows of an uploaded file, and what its columns may mean' })
  @queryParameters(previewQuery)
  @ApiOkResponse({ schema: openApiSchema(previewSchema, 'output') })
  @RequireScope('leads:import')
  @Get('imports/:id/preview')
  async preview(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<PreviewAnswer> {
    return previewAnswer(
      await this.imports.preview(principal, parse(uuidField, id), parse(previewQuery, query)),
    );
  }

  @ApiOperation({
    summary: 'Begin a dry run: what would happen, row by row, without entering anything',
  })
  @ApiBody({ schema: openApiSchema(beginImportBody) })
  @ApiOkResponse(IMPORT)
  @RequireScope('leads:import')
  @HttpCode(200)
  @Post('imports/:id/check')
  async check(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ImportAnswer> {
    return importAnswer(
      await this.imports.check(principal, parse(uuidField, id), parse(beginImportBody, body)),
    );
  }

  @ApiOperation({ summary: 'Begin the import; without a profile with that of the last check' })
  @ApiBody({ schema: openApiSchema(beginImportBody) })
  @ApiOkResponse(IMPORT)
  @RequireScope('leads:import')
  @HttpCode(200)
  @Post('imports/:id/start')
  async start(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ImportAnswer> {
    return importAnswer(
      await this.imports.start(principal, parse(uuidField, id), parse(beginImportBody, body)),
    );
  }

  @ApiOperation({ summary: 'Stop an import; the leads that came in stay' })
  @ApiOkResponse(IMPORT)
  @RequireScope('leads:import')
  @HttpCode(200)
  @Post('imports/:id/cancel')
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ): Promise<ImportAnswer> {
    return importAnswer(await this.imports.cancel(principal, parse(uuidField, id)));
  }

  @ApiOperation({ summary: 'The rows that were not taken in, with the reasons, as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @RequireScope('leads:import')
  @Get('imports/:id/rejected')
  async rejectedRows(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const { name, contentType, content } = await this.rejected.make(
      principal,
      parse(uuidField, id),
    );
    void reply
      .header('content-type', contentType)
      .header('content-disposition', `attachment; filename="${name}"`);
    return Readable.from(content, { objectMode: false });
  }

  @ApiOperation({ summary: 'Saved mappings of columns' })
  @ApiOkResponse({ schema: openApiSchema(listOf(savedProfileSchema), 'output') })
  @RequireScope('leads:import')
  @Get('import-profiles')
  async listProfiles(
    @CurrentPrincipal() principal: Principal,
  ): Promise<{ items: SavedProfileAnswer[]; next: null }> {
    const rows = await this.profiles.list(principal);
    return { items: rows.map(savedProfileAnswer), next: null };
  }

  @ApiOperation({ summary: 'Save a mapping of columns for the next file of its kind' })
  @ApiBody({ schema: openApiSchema(createProfileBody) })
  @ApiCreatedResponse(PROFILE)
  @RequireScope('leads:import')
  @Post('import-profiles')
  async createProfile(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<SavedProfileAnswer> {
    return savedProfileAnswer(
      await this.profiles.create(principal, parse(createProfileBody, body)),
    );
  }

  @ApiOperation({ summary: 'Change a saved mapping' })
  @ApiBody({ schema: openApiSchema(replaceProfileBody) })
  @ApiOkResponse(PROFILE)
  @RequireScope('leads:import')
  @Put('import-profiles/:id')
  async replaceProfile(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SavedProfileAnswer> {
    return savedProfileAnswer(
      await this.profiles.replace(principal, parse(uuidField, id), parse(replaceProfileBody, body)),
    );
  }

  @ApiOperation({ summary: 'Delete a saved mapping' })
  @ApiNoContentResponse()
  @RequireScope('leads:import')
  @HttpCode(204)
  @Delete('import-profiles/:id')
  deleteProfile(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    return this.profiles.delete(principal, parse(uuidField, id));
  }
}
