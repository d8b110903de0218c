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
import type { Type } from '@nestjs/common';
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
import type { Principal, Scope } from '../../platform/auth/index.ts';
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
import { ImportProfilesService } from './import-profiles.service.ts';
import type { ImportTargetName } from './import-targets.ts';
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
} from './imports.dto.ts';
import type {
  ImportAnswer,
  ImportDetailAnswer,
  PreviewAnswer,
  SavedProfileAnswer,
} from './imports.dto.ts';
import { ImportsService } from './imports.service.ts';
import { RejectedFileService } from './rejected-file.service.ts';

const IMPORT = { schema: openApiSchema(importSchema, 'output') };
const PROFILE = { schema: openApiSchema(savedProfileSchema, 'output') };

interface ImportsRoutes {
  /** Operations of OpenAPI begin with it. */
  readonly name: string;
  readonly target: ImportTargetName;
  readonly scope: Scope;
  readonly tag: string;
  readonly path: string;
}

/** Routes of the imports of one kind of records. */
export function importsController({ name, target, scope, tag, path }: ImportsRoutes): Type {
  @ApiTags(tag)
  @RequireScope(scope)
  @Controller(path)
  class ImportsController {
    constructor(
      @Inject(ImportsService) private readonly imports: ImportsService,
      @Inject(ImportProfilesService) private readonly profiles: ImportProfilesService,
      @Inject(RejectedFileService) private readonly rejected: RejectedFileService,
    ) {}

    @ApiOperation({
      summary: `Upload a file of ${tag}`,
      description:
        'CSV or a workbook (.xlsx), stored while it arrives. Nothing is entered before the import is started.',
    })
    @ApiConsumes('application/octet-stream')
    @ApiBody({ schema: { type: 'string', format: 'binary' } })
    @queryParameters(uploadQuery)
    @ApiCreatedResponse(IMPORT)
    @NotIdempotent()
    @Post('imports')
    async upload(
      @CurrentPrincipal() principal: Principal,
      @Query() query: unknown,
      @Body() body: unknown,
    ): Promise<ImportAnswer> {
      const { name: fileName } = parse(uploadQuery, query);
      if (!(body instanceof Readable))
        throw new RefusalError(
          { code: 'unsupported_media_type', reason: 'Send the file as application/octet-stream.' },
          415,
        );
      return importAnswer(await this.imports.upload(principal, target, fileName, body));
    }

    @ApiOperation({ summary: `Imports of ${tag}, newest first` })
    @queryParameters(listImportsQuery)
    @ApiOkResponse({ schema: openApiSchema(listOf(importSchema), 'output') })
    @Get('imports')
    async list(
      @CurrentPrincipal() principal: Principal,
      @Query() query: unknown,
    ): Promise<Page<ImportAnswer>> {
      const page = await this.imports.list(principal, target, parse(listImportsQuery, query));
      return { items: page.items.map(importAnswer), next: page.next };
    }

    @ApiOperation({ summary: 'An import: how far it is and what became of its rows' })
    @ApiOkResponse({ schema: openApiSchema(importDetailSchema, 'output') })
    @Get('imports/:id')
    async one(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
    ): Promise<ImportDetailAnswer> {
      return importDetailAnswer(await this.imports.detail(principal, target, parse(uuidField, id)));
    }

    @ApiOperation({ summary: 'The first rows of an uploaded file, and what its columns may mean' })
    @queryParameters(previewQuery)
    @ApiOkResponse({ schema: openApiSchema(previewSchema, 'output') })
    @Get('imports/:id/preview')
    async preview(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Query() query: unknown,
    ): Promise<PreviewAnswer> {
      return previewAnswer(
        await this.imports.preview(
          principal,
          target,
          parse(uuidField, id),
          parse(previewQuery, query),
        ),
      );
    }

    @ApiOperation({
      summary: 'Begin a dry run: what would happen, row by row, without entering anything',
    })
    @ApiBody({ schema: openApiSchema(beginImportBody) })
    @ApiOkResponse(IMPORT)
    @HttpCode(200)
    @Post('imports/:id/check')
    async check(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Body() body: unknown,
    ): Promise<ImportAnswer> {
      return importAnswer(
        await this.imports.check(
          principal,
          target,
          parse(uuidField, id),
          parse(beginImportBody, body),
        ),
      );
    }

    @ApiOperation({ summary: 'Begin the import; without a profile with that of the last check' })
    @ApiBody({ schema: openApiSchema(beginImportBody) })
    @ApiOkResponse(IMPORT)
    @HttpCode(200)
    @Post('imports/:id/start')
    async start(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Body() body: unknown,
    ): Promise<ImportAnswer> {
      return importAnswer(
        await this.imports.start(
          principal,
          target,
          parse(uuidField, id),
          parse(beginImportBody, body),
        ),
      );
    }

    @ApiOperation({ summary: 'Stop an import; what came in stays' })
    @ApiOkResponse(IMPORT)
    @HttpCode(200)
    @Post('imports/:id/cancel')
    async cancel(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
    ): Promise<ImportAnswer> {
      return importAnswer(await this.imports.cancel(principal, target, parse(uuidField, id)));
    }

    @ApiOperation({ summary: 'The rows that were not taken in, with the reasons, as CSV' })
    @ApiProduces('text/csv')
    @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
    @Get('imports/:id/rejected')
    async rejectedRows(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<Readable> {
      const {
        name: fileName,
        contentType,
        content,
      } = await this.rejected.make(principal, target, parse(uuidField, id));
      void reply
        .header('content-type', contentType)
        .header('content-disposition', `attachment; filename="${fileName}"`);
      return Readable.from(content, { objectMode: false });
    }

    @ApiOperation({ summary: 'Saved mappings of columns' })
    @ApiOkResponse({ schema: openApiSchema(listOf(savedProfileSchema), 'output') })
    @Get('import-profiles')
    async listProfiles(
      @CurrentPrincipal() principal: Principal,
    ): Promise<{ items: SavedProfileAnswer[]; next: null }> {
      const rows = await this.profiles.list(principal, target);
      return { items: rows.map(savedProfileAnswer), next: null };
    }

    @ApiOperation({ summary: 'Save a mapping of columns for the next file of its kind' })
    @ApiBody({ schema: openApiSchema(createProfileBody) })
    @ApiCreatedResponse(PROFILE)
    @Post('import-profiles')
    async createProfile(
      @CurrentPrincipal() principal: Principal,
      @Body() body: unknown,
    ): Promise<SavedProfileAnswer> {
      return savedProfileAnswer(
        await this.profiles.create(principal, target, parse(createProfileBody, body)),
      );
    }

    @ApiOperation({ summary: 'Change a saved mapping' })
    @ApiBody({ schema: openApiSchema(replaceProfileBody) })
    @ApiOkResponse(PROFILE)
    @Put('import-profiles/:id')
    async replaceProfile(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Body() body: unknown,
    ): Promise<SavedProfileAnswer> {
      return savedProfileAnswer(
        await this.profiles.replace(
          principal,
          target,
          parse(uuidField, id),
          parse(replaceProfileBody, body),
        ),
      );
    }

    @ApiOperation({ summary: 'Delete a saved mapping' })
    @ApiNoContentResponse()
    @HttpCode(204)
    @Delete('import-profiles/:id')
    deleteProfile(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
    ): Promise<void> {
      return this.profiles.delete(principal, target, parse(uuidField, id));
    }
  }
  Object.defineProperty(ImportsController, 'name', { value: name });
  return ImportsController;
}
