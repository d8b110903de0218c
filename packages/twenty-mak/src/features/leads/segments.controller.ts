import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Patch,
  Post,
} from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listOf } from '../deals/index.ts';
import { createSegmentBody, editSegmentBody, segmentSchema } from './segments.dto.ts';
import type { SegmentAnswer } from './segments.dto.ts';
import { SegmentsService } from './segments.service.ts';

const SEGMENT = { schema: openApiSchema(segmentSchema, 'output') };

@ApiTags('leads')
@Controller('v1/leads/segments')
export class SegmentsController {
  constructor(@Inject(SegmentsService) private readonly segments: SegmentsService) {}

  @ApiOperation({ summary: 'Own and shared segments' })
  @ApiOkResponse({ schema: openApiSchema(listOf(segmentSchema), 'output') })
  @RequireScope('leads:read')
  @Get()
  async list(@CurrentPrincipal() principal: Principal): Promise<Page<SegmentAnswer>> {
    return { items: await this.segments.list(principal), next: null };
  }

  @ApiOperation({ summary: 'Save a filter of leads' })
  @ApiBody({ schema: openApiSchema(createSegmentBody) })
  @ApiCreatedResponse(SEGMENT)
  @RequireScope('leads:read')
  @Post()
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<SegmentAnswer> {
    return this.segments.create(principal, parse(createSegmentBody, body));
  }

  @ApiOperation({ summary: 'Change a segment' })
  @ApiBody({ schema: openApiSchema(editSegmentBody) })
  @ApiOkResponse(SEGMENT)
  @RequireScope('leads:read')
  @Patch(':id')
  async edit(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<SegmentAnswer> {
    return this.segments.edit(principal, parse(uuidField, id), parse(editSegmentBody, body));
  }

  @ApiOperation({ summary: 'Delete a segment; its leads stay' })
  @RequireScope('leads:read')
  @HttpCode(204)
  @Delete(':id')
  async delete(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
    await this.segments.delete(principal, parse(uuidField, id));
  }
}
