import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { jsonArray, plainArray } from '../../platform/database/array-literal.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import { DealsFolder } from './deals.folder.ts';
import type { FoldResult } from './deals.folder.ts';
import {
  readGateChanges,
  readPublishedBreaches,
  readRuns,
  readTransitions,
} from './derived-history.repository.ts';
import { EventsRepository } from './events.repository.ts';
import type { DealTask } from './fold-deal.ts';

export interface RefoldOptions {
  /** `migration`: the deals move to `pipelineVersion` and what was derived before is archived. `merge`: events joined them. */
  readonly cause: 'migration' | 'merge';
  /** Without it each deal stays with its version. */
  readonly pipelineVersion?: number;
}

/** Folds deals again from their first events. The caller holds the tenant's turn (`lockTenant`). */
@Injectable()
export class DealsRefolder {
  constructor(
    @Inject(EventsRepository) private readonly repository: EventsRepository,
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
    @Inject(DealsFolder) private readonly folder: DealsFolder,
  ) {}

  /** Safe to repeat: a deal that is there already stays as it is. After the commit ring `OUTBOX_CHANNEL` if something was announced. */
  async refold(
    tx: Transaction,
    tenantId: string,
    dealIds: readonly string[],
    options: RefoldOptions,
  ): Promise<FoldResult> {
    const rows = await this.repository.deals(tx, tenantId, dealIds);
    const versionOf = (current: number): number => options.pipelineVersion ?? current;
    const compiled = await this.pipelines.compiledMany(
      tx,
      tenantId,
      rows.map((row) => ({
        pipelineId: row.pipeline_id,
        version: versionOf(row.pipeline_version),
      })),
    );
    const tasks = rows.map((row): DealTask => {
      const pipelineVersion = versionOf(row.pipeline_version);
      return {
        dealId: row.id,
        row,
        pipelineId: row.pipeline_id,
        pipelineVersion,
        pipeline: compiled(row.pipeline_id, pipelineVersion),
        fresh: [],
        again: true,
        cause: options.cause,
      };
    });
    if (options.cause === 'migration') await this.archive(tx, tenantId, tasks);
    return this.folder.foldAndSave(
      tx,
      tenantId,
      tasks,
      await this.repository.clock(tx, tenantId),
      await readPublishedBreaches(tx, tenantId, dealIds),
    );
  }

  private async archive(
    tx: Transaction,
    tenantId: string,
    tasks: readonly DealTask[],
  ): Promise<void> {
    const moving = tasks.filter(
      ({ row, pipelineVersion }) => row?.pipeline_version !== pipelineVersion,
    );
    if (moving.length === 0) return;
    const ids = moving.map(({ dealId }) => dealId);
    const transitions = await readTransitions(tx, tenantId, ids);
    const gateChanges = await readGateChanges(tx, tenantId, ids);
    const runs = await readRuns(tx, tenantId, ids);
    await tx.execute(
      `INSERT INTO deal_archive (tenant_id, reason, id, deal_id, pipeline_id, pipeline_version, history)
       SELECT $1, 'migration', * FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::jsonb[])`,
      [
        tenantId,
        plainArray(moving.map(() => uuidv7())),
        plainArray(ids),
        plainArray(moving.map(({ pipelineId }) => pipelineId)),
        plainArray(moving.map(({ row }) => row?.pipeline_version ?? 0)),
        jsonArray(
          moving.map(({ dealId, row }) =>
            JSON.stringify({
              stage: row?.stage,
              transitions: transitions.get(dealId) ?? [],
              gateChanges: gateChanges.get(dealId) ?? [],
              runs: runs.get(dealId) ?? [],
            }),
          ),
        ),
      ],
    );
  }
}
