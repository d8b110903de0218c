import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { rollupBuild } from './analytics.jobs.ts';
import { RULES } from './figures.ts';
import { RollupBuilder } from './rollup-builder.ts';

interface Place {
  readonly tenantId: string;
}

@Injectable()
@HandlesJob(rollupBuild)
export class RollupBuildHandler implements JobHandler<Place> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RollupBuilder) private readonly builder: RollupBuilder,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      `SELECT t.id AS "tenantId" FROM tenant t LEFT JOIN rollup_build b ON b.tenant_id = t.id
       WHERE b.rules IS DISTINCT FROM $1 OR b.time_zone <> t.time_zone`,
      [RULES],
    );
  }

  async handle({ tenantId }: Place): Promise<void> {
    await this.builder.build(tenantId);
  }
}
