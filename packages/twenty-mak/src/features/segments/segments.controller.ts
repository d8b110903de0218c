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
import type { Type } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal, Scope } from '../../platform/auth/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listOf } from '../deals/index.ts';
import type { SegmentEntityName } from './segment-targets.ts';
import {
  createSegmentBody,
  editSegmentBody,
  segmentSchema,
  sizedSegmentSchema,
} from './segments.dto.ts';
import type { SegmentAnswer, SizedSegmentAnswer } from './segments.dto.ts';
import { SegmentsService } from './segments.service.ts';

const SEGMENT = { schema: openApiSchema(segmentSchema, 'output') };

interface SegmentsRoutes {
  /** Operations of OpenAPI begin with it. */
  readonly name: string;
  readonly entity: SegmentEntityName;
  /** Who may read the records may save filters of them. */
  readonly scope: Scope;
  readonly tag: string;
  readonly path: string;
}

/** Routes of the segments of one kind of records. */
export function segmentsController({ name, entity, scope, tag, path }: SegmentsRoutes): Type {
  @ApiTags(tag)
  @RequireScope(scope)
  @Controller(path)
  class SegmentsController {
    constructor(@Inject(SegmentsService) private readonly segments: SegmentsService) {}

    @ApiOperation({ summary: 'Own and shared segments' })
    @ApiOkResponse({ schema: openApiSchema(listOf(segmentSchema), 'output') })
    @Get()
    async list(@CurrentPrincipal() principal: Principal): Promise<Page<SegmentAnswer>> {
      return { items: await this.segments.list(principal, entity), next: null };
    }

    @ApiOperation({ summary: 'A segment with its size' })
    @ApiOkResponse({ schema: openApiSchema(sizedSegmentSchema, 'output') })
    @Get(':id')
    async one(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
    ): Promise<SizedSegmentAnswer> {
      return this.segments.one(principal, entity, parse(uuidField, id));
    }

    @ApiOperation({ summary: 'Save a filter' })
    @ApiBody({ schema: openApiSchema(createSegmentBody) })
    @ApiCreatedResponse(SEGMENT)
    @Post()
    async create(
      @CurrentPrincipal() principal: Principal,
      @Body() body: unknown,
    ): Promise<SegmentAnswer> {
      return this.segments.create(principal, entity, parse(createSegmentBody, body));
    }

    @ApiOperation({ summary: 'Change a segment' })
    @ApiBody({ schema: openApiSchema(editSegmentBody) })
    @ApiOkResponse(SEGMENT)
    @Patch(':id')
    async edit(
      @CurrentPrincipal() principal: Principal,
      @Param('id') id: string,
      @Body() body: unknown,
    ): Promise<SegmentAnswer> {
      const edit = parse(editSegmentBody, body);
      return this.segments.edit(principal, entity, parse(uuidField, id), edit);
    }

    @ApiOperation({ summary: 'Delete a segment; its records stay' })
    @HttpCode(204)
    @Delete(':id')
    async delete(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<void> {
      await this.segments.delete(principal, entity, parse(uuidField, id));
    }
  }
  Object.defineProperty(SegmentsController, 'name', { value: name });
  return SegmentsController;
}
