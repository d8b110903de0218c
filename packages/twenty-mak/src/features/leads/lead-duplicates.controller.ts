import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, queryParameters } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listOf } from '../deals/index.ts';
import {
  checkLeadBody,
  countDuplicatesQuery,
  decidePairBody,
  listDuplicatesQuery,
  mergedSchema,
  mergeLeadsBody,
  noticeSchema,
  pairAnswer,
  pairCountsSchema,
  pairSchema,
} from './lead-duplicates.dto.ts';
import type { MergedAnswer, PairAnswer, PairCounts } from './lead-duplicates.dto.ts';
import { LeadDuplicatesService } from './lead-duplicates.service.ts';
import { LeadEntryService } from './lead-entry.service.ts';
import { LeadMergeService } from './lead-merge.service.ts';
import { noticeAnswer } from './lead-views.ts';

@ApiTags('leads')
@Controller('v1/leads')
export class LeadDuplicatesController {
  constructor(
    @Inject(LeadEntryService) private readonly entries: LeadEntryService,
    @Inject(LeadDuplicatesService) private readonly duplicates: LeadDuplicatesService,
    @Inject(LeadMergeService) private readonly merges: LeadMergeService,
  ) {}

  @ApiOperation({
    summary: 'Whether there is such a lead; companies learn no more, and not often',
  })
  @ApiBody({ schema: openApiSchema(checkLeadBody) })
  @ApiOkResponse({ schema: openApiSchema(noticeSchema, 'output') })
  @RequireScope('leads:write')
  @HttpCode(200)
  @Post('check')
  async check(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<z.output<typeof noticeSchema>> {
    return noticeAnswer(await this.entries.check(principal, parse(checkLeadBody, body)));
  }

  @ApiOperation({ summary: 'Pairs of leads that may be one, newest first' })
  @queryParameters(listDuplicatesQuery)
  @ApiOkResponse({ schema: openApiSchema(listOf(pairSchema), 'output') })
  @RequireScope('leads:manage')
  @Get('duplicates')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<PairAnswer>> {
    const page = await this.duplicates.list(principal, parse(listDuplicatesQuery, query));
    return { items: page.items.map(pairAnswer), next: page.next };
  }

  @ApiOperation({ summary: 'How many pairs wait, were put off and are decided' })
  @queryParameters(countDuplicatesQuery)
  @ApiOkResponse({ schema: openApiSchema(pairCountsSchema, 'output') })
  @RequireScope('leads:manage')
  @Get('duplicates/counts')
  async counts(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<PairCounts> {
    return this.duplicates.counts(principal, parse(countDuplicatesQuery, query));
  }

  @ApiOperation({ summary: 'Say that two leads are two, put it off, or take either back' })
  @ApiBody({ schema: openApiSchema(decidePairBody) })
  @ApiOkResponse({ schema: openApiSchema(pairSchema, 'output') })
  @RequireScope('leads:manage')
  @HttpCode(200)
  @Post('duplicates/decide')
  async decide(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<PairAnswer> {
    return pairAnswer(await this.duplicates.decide(principal, parse(decidePairBody, body)));
  }

  @ApiOperation({ summary: 'Make one lead of two, or only look what would become of them' })
  @ApiBody({ schema: openApiSchema(mergeLeadsBody) })
  @ApiOkResponse({ schema: openApiSchema(mergedSchema, 'output') })
  @RequireScope('leads:manage')
  @HttpCode(200)
  @Post('merge')
  async merge(
    @CurrentPrincipal() principal: Principal,
    @Body() body: unknown,
  ): Promise<MergedAnswer> {
    return this.merges.merge(principal, parse(mergeLeadsBody, body));
  }
}
