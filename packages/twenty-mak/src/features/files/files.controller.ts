import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { openApiSchema, parse, queryParameters } from '../../platform/validation/index.ts';
import { ExportService } from './export.service.ts';
import {
  exportQuery,
  importQuery,
  importSchema,
  summaryQuery,
  summarySchema,
} from './files.dto.ts';
import type { ImportReport, LogSummary } from './files.dto.ts';
import { ImportService } from './import.service.ts';
import { SummaryService } from './summary.service.ts';

@ApiTags('files')
@Controller('v1')
export class FilesController {
  constructor(
    @Inject(ImportService) private readonly imports: ImportService,
    @Inject(ExportService) private readonly exports: ExportService,
    @Inject(SummaryService) private readonly summaries: SummaryService,
  ) {}

  @ApiOperation({
    summary: 'Take in a file of events',
    description:
      'XES, CSV or JSON Lines, plain or gzip, read while it arrives. Send it again to go on after an error: events that are in do not count twice.',
  })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiQuery({ name: 'format', required: false, schema: openApiSchema(importQuery.shape.format) })
  @ApiQuery({
    name: 'mapping',
    required: false,
    schema: { type: 'string' },
    description: 'A mapping as JSON, or `credit`.',
  })
  @ApiQuery({ name: 'encoding', required: false, schema: { type: 'string' } })
  @ApiQuery({
    name: 'deal_ids',
    required: false,
    schema: { type: 'string', enum: ['keep', 'refs'] },
  })
  @ApiOkResponse({ schema: openApiSchema(importSchema, 'output') })
  @RequireScope('events:write')
  @HttpCode(200)
  @NotIdempotent()
  @Post('imports')
  import(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<ImportReport> {
    if (!(body instanceof Readable)) {
      throw new RefusalError(
        { code: 'unsupported_media_type', reason: 'Send the file as application/octet-stream.' },
        415,
      );
    }
    return this.imports.import(principal, body, parse(importQuery, query));
  }

  @ApiOperation({ summary: 'The event log of a selection of deals as a file' })
  @ApiProduces('application/xml', 'text/csv', 'application/x-ndjson')
  @queryParameters(exportQuery)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @RequireScope('files:export')
  @Header('vary', 'accept-encoding')
  @Get('deals/export')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const { contentType, fileName, content } = await this.exports.begin(
      principal,
      parse(exportQuery, query),
    );
    void reply
      .header('content-type', contentType)
      .header('content-disposition', `attachment; filename="${fileName}"`);
    const text = Readable.from(content, { objectMode: false, encoding: 'utf8' });
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return text;
    void reply.header('content-encoding', 'gzip');
    // An error destroys both; the client then sees a file that is cut off.
    return pipeline(text, createGzip({ level: 5 }), () => undefined);
  }

  @ApiOperation({ summary: 'Counts over the whole event log of a pipeline' })
  @ApiQuery({ name: 'pipeline', schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(summarySchema, 'output') })
  @RequireScope('deals:read')
  @Get('events/summary')
  summary(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<LogSummary> {
    return this.summaries.summarize(principal, parse(summaryQuery, query).pipeline);
  }
}
