import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, OperatorOnly, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { openApiSchema, parse, uuidField } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  acknowledgeSchema,
  identityOf,
  listRunsSchema,
  runPageSchema,
  runSchema,
  summarySchema,
  summaryViewSchema,
  sweepResultSchema,
} from './sla.dto.ts';
import type { RunView, SummaryView, SweepResult } from './sla.dto.ts';
import { RUN_STATUSES } from './sla.repository.ts';
import { SlaService } from './sla.service.ts';

@ApiTags('sla')
@Controller('v1')
export class SlaController {
  constructor(@Inject(SlaService) private readonly sla: SlaService) {}

  @ApiOperation({ summary: 'SLA runs, the nearest due time first' })
  @ApiQuery({ name: 'status', required: false, enum: RUN_STATUSES })
  @ApiQuery({ name: 'timer', required: false, schema: { type: 'string' } })
  @ApiQuery({
    name: 'overdue',
    required: false,
    schema: { type: 'boolean' },
    description: 'Open although its time has passed',
  })
  @ApiQuery({
    name: 'due_before',
    required: false,
    schema: { type: 'string', format: 'date-time' },
  })
  @ApiQuery({ name: 'deal_id', required: false, schema: { type: 'string', format: 'uuid' } })
  @ApiQuery({ name: 'pipeline', required: false, schema: { type: 'string' } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(runPageSchema, 'output') })
  @RequireScope('deals:read')
  @Get('sla/runs')
  list(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<Page<RunView>> {
    return this.sla.list(principal, parse(listRunsSchema, query));
  }

  @ApiOperation({ summary: "Runs by timer and status, judged at the tenant's present" })
  @ApiQuery({ name: 'pipeline', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(summaryViewSchema, 'output') })
  @RequireScope('deals:read')
  @Get('sla/summary')
  summary(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<SummaryView> {
    return this.sla.summary(principal, parse(summarySchema, query).pipeline);
  }

  @ApiOperation({ summary: 'Say that a breach has been seen, or take that back' })
  @ApiBody({ schema: openApiSchema(acknowledgeSchema) })
  @ApiOkResponse({ schema: openApiSchema(runSchema, 'output') })
  @RequireScope('sla:write')
  @HttpCode(200)
  @Post('sla/runs/acknowledge')
  acknowledge(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<RunView> {
    const { acknowledged, ...run } = parse(acknowledgeSchema, body);
    return this.sla[acknowledged ? 'acknowledge' : 'withdraw'](principal, identityOf(run));
  }

  @ApiOperation({
    summary: 'Publish all breaches of a tenant up to its present; gives their number',
  })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ schema: openApiSchema(sweepResultSchema, 'output') })
  @OperatorOnly()
  @NotIdempotent()
  @HttpCode(200)
  @Post('tenants/:id/sweep')
  async sweep(@Param('id') id: string): Promise<SweepResult> {
    return { breached: await this.sla.sweepTenant(parse(uuidField, id)) };
  }
}
