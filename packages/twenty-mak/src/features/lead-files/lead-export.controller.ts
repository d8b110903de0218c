import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, queryParameters } from '../../platform/validation/index.ts';
import { leadExportQuery } from './lead-export.dto.ts';
import { LeadExportService } from './lead-export.service.ts';

@ApiTags('leads')
@Controller('v1/leads')
export class LeadExportController {
  constructor(@Inject(LeadExportService) private readonly exports: LeadExportService) {}

  @ApiOperation({
    summary: 'A selection of leads as CSV or a workbook (.xlsx)',
    description:
      'Who leads are stands in it only for who may see contacts, and only of leads that may be shared; the column `contact` says so.',
  })
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @queryParameters(leadExportQuery)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @RequireScope('leads:read')
  @Get('export')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const { name, contentType, content } = await this.exports.begin(
      principal,
      parse(leadExportQuery, query),
    );
    void reply
      .header('content-type', contentType)
      .header('content-disposition', `attachment; filename="${name}"`);
    return Readable.from(content, { objectMode: false });
  }
}
