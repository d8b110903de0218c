import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { notFound } from '../../platform/errors/index.ts';
import { FIGURES } from '../analytics/index.ts';
import { clientFilterOf, ownerOf, visible } from '../deals/index.ts';
import { converterOf } from '../exchange-rates/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import type { DashboardRequest } from './dashboard.dto.ts';
import type { Dashboard } from './dashboard.model.ts';
import { dashboardOf } from './dashboard.report.ts';
import { DashboardRepository } from './dashboard.repository.ts';
import type { Selection } from './dashboard.repository.ts';
import type { Period } from './period.ts';

@Injectable()
export class DashboardService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PipelineRegistry) private readonly registry: PipelineRegistry,
    @Inject(DashboardRepository) private readonly repository: DashboardRepository,
  ) {}

  /** Refuses with `not_found` when there is no such published pipeline, or no default one. */
  async dashboard(principal: Principal, request: DashboardRequest): Promise<Dashboard> {
    return this.database.within(scopeOf(principal), (tx) => this.within(tx, principal, request));
  }

  /** The rollups hold whole tenants; whoever sees or asks for a part has its deals looked at. */
  private async within(
    tx: Transaction,
    principal: Principal,
    request: DashboardRequest,
  ): Promise<Dashboard> {
    const { tenantId, restrictedTo } = principal;
    const period: Period = { from: request.from ?? null, to: request.to ?? null };
    const [known, { built, ...setting }] = await Promise.all([
      this.registry.load(tx, tenantId),
      this.repository.setting(tx, tenantId, period),
    ]);
    const named = request.pipeline;
    const pipeline = named === undefined ? known.default : (known.byKey.get(named) ?? null);
    if (pipeline === null) throw notFound('pipeline');
    const filter = visible(principal, {
      ownerId: ownerOf(request.owner),
      client: clientFilterOf(request),
    });
    const whole =
      restrictedTo === undefined && Object.values(filter).every((value) => value === undefined);
    const { present } = setting;
    const selection: Selection = { tenantId, pipelineId: pipeline.id, period, present, filter };
    const [rows, comments] = await Promise.all([
      this.repository.figures(tx, selection, whole && built ? 'rollup' : 'scan'),
      this.repository.comments(tx, selection),
    ]);
    const open = new Map(
      rows.filter(({ figure }) => figure === FIGURES.wait).map(({ subject, n }) => [subject, n]),
    );
    const currencies = rows
      .filter(({ figure }) => figure === FIGURES.deal)
      .map(({ currency }) => currency);
    const [waiting, convert] = await Promise.all([
      this.repository.waiting(tx, selection, open),
      converterOf(tx, tenantId, currencies),
    ]);
    const { definition } = pipeline.compiled;
    const facts = { rows, waiting, comments, convert };
    return dashboardOf({ ...setting, ...facts, pipeline: pipeline.key, definition });
  }
}
