import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/index.ts';
import { HandlesJob } from '../../platform/jobs/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import { LeadComparison } from './lead-comparison.service.ts';
import { leadCompare } from './leads.jobs.ts';

interface Place {
  readonly tenantId: string;
}

@Injectable()
@HandlesJob(leadCompare)
export class LeadCompareHandler implements JobHandler<Place> {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LeadComparison) private readonly comparison: LeadComparison,
  ) {}

  async find(): Promise<readonly Place[]> {
    return this.database.scan<Place>(
      `SELECT t.id AS "tenantId" FROM tenant t
       WHERE EXISTS (SELECT FROM lead l WHERE l.tenant_id = t.id AND l.compare_at IS NOT NULL)`,
    );
  }

  async handle({ tenantId }: Place, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (await this.comparison.step(tenantId)));
  }
}
