import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { dealRefold } from './deals.jobs.ts';
import { PipelineMigrationsService } from './pipeline-migrations.service.ts';

interface Place {
  readonly tenantId: string;
  readonly migrationId: string;
}

@Injectable()
@HandlesJob(dealRefold)
export class DealRefoldHandler implements JobHandler<Place> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelineMigrationsService) private readonly migrations: PipelineMigrationsService,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      `SELECT tenant_id AS "tenantId", id AS "migrationId" FROM pipeline_migration WHERE status = 'running'`,
    );
  }

  async handle({ tenantId, migrationId }: Place, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.migrations.step(tenantId, migrationId)));
  }
}
