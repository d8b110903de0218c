import { Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { OperatorOnly } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { openApiSchema } from '../../platform/validation/index.ts';
import { findTenant } from '../tenants/index.ts';
import { RollupBuilder } from './rollup-builder.ts';
import type { Built } from './rollup-builder.ts';

const builtSchema = z.object({
  rows: z.int().describe('Rows of the rollups.'),
  differing: z.int().describe('Rows that were not what the facts give.'),
});

@ApiTags('operator')
@OperatorOnly()
@Controller('v1/tenants/:tenant/rollups')
export class AnalyticsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RollupBuilder) private readonly builder: RollupBuilder,
  ) {}

  @ApiOperation({ summary: 'Build the analytic tables of a tenant anew, and say what differed' })
  @ApiOkResponse({ schema: openApiSchema(builtSchema, 'output') })
  @NotIdempotent()
  @HttpCode(200)
  @Post('build')
  async build(@Param('tenant') idOrKey: string): Promise<Built> {
    const tenant = await this.database.within({ operator: true }, (tx) => findTenant(tx, idOrKey));
    if (tenant === undefined) throw notFound('tenant');
    return this.builder.build(tenant.id);
  }
}
