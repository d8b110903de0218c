import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Readable } from 'node:stream';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, queryParameters } from '../../platform/validation/index.ts';
import { clientExportQuery } from './client-export.dto.ts';
import { ClientExportService } from './client-export.service.ts';

@ApiTags('clients')
@Controller('v1/clients')
export class ClientExportController {
  constructor(@Inject(ClientExportService) private readonly exports: ClientExportService) {}

  @ApiOperation({
    summary: 'A selection of clients as CSV or a workbook (.xlsx)',
    description:
      'People at clients stand in it only for who may see contacts, too; the column `contact` says so.',
  })
  @ApiProduces('text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  @queryParameters(clientExportQuery)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @RequireScope('files:export')
  @Get('export')
  async export(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const { name, contentType, content } = await this.exports.begin(
      principal,
      parse(clientExportQuery, query),
    );
    void reply
      .header('content-type', contentType)
      .header('content-disposition', `attachment; filename="${name}"`);
    return Readable.from(content, { objectMode: false });
  }
}
