import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { DealsService } from '../deals/index.ts';
import type { StageCount } from '../deals/index.ts';
import { countLeads, findLeadSettings } from '../leads/index.ts';
import { PipelineRegistry } from '../pipelines/index.ts';
import type { TenantPipelines } from '../pipelines/index.ts';
import { WalletService } from '../wallet/index.ts';
import { leadFigures } from './lead-figures.ts';
import type { OverviewView } from './overview.dto.ts';

type Deals = NonNullable<OverviewView['deals']>;

/** The first page of a cabinet: what a company has, in figures. What somebody may not see is left out. */
@Injectable()
export class OverviewService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealsService) private readonly deals: DealsService,
    @Inject(PipelineRegistry) private readonly pipelines: PipelineRegistry,
    @Inject(WalletService) private readonly wallets: WalletService,
  ) {}

  async overview(principal: Principal): Promise<OverviewView> {
    return {
      leads: principal.scopes.has('leads:read') ? await this.leadsOf(principal) : null,
      deals: principal.scopes.has('deals:read') ? await this.dealsOf(principal) : null,
      wallet: principal.scopes.has('wallet:read') ? await this.walletOf(principal) : null,
    };
  }

  private async leadsOf(principal: Principal): Promise<OverviewView['leads']> {
    const { tenantId } = principal;
    return this.database.within(scopeOf(principal), async (tx) =>
      leadFigures((await findLeadSettings(tx, tenantId)).statuses, await countLeads(tx, tenantId)),
    );
  }

  private async walletOf(principal: Principal): Promise<OverviewView['wallet']> {
    const { currency, available, held } = await this.wallets.find(principal, {});
    return { currency, available, held };
  }

  private async dealsOf(principal: Principal): Promise<Deals> {
    const counts = await this.deals.counts(principal, {});
    const published = await this.database.within(scopeOf(principal), (tx) =>
      this.pipelines.load(tx, principal.tenantId),
    );
    const sums = new Map<string, number>();
    for (const { currency, amount } of counts.flatMap((one) => one.sums))
      sums.set(currency, (sums.get(currency) ?? 0) + amount);
    return {
      total: counts.reduce((sum, { deals }) => sum + deals, 0),
      stages: stagesOf(counts, published),
      sums: [...sums].map(([currency, amount]) => ({ currency, amount })),
    };
  }
}

/** All stages of the pipelines that have deals, in their order; stages that are no more come last. */
function stagesOf(counts: readonly StageCount[], { byKey }: TenantPipelines): Deals['stages'] {
  return [...Map.groupBy(counts, ({ pipeline }) => pipeline)].flatMap(([pipeline, own]) => {
    const definition = byKey.get(pipeline)?.compiled.definition;
    const known = [...(definition?.stages ?? []), ...(definition?.endings ?? [])];
    const titles = new Map(known.map(({ key, title }) => [key, title]));
    const deals = new Map(own.map((one) => [one.stage, one.deals]));
    return [...new Set([...titles.keys(), ...deals.keys()])].map((stage) => ({
      pipeline,
      stage,
      title: titles.get(stage) ?? stage,
      deals: deals.get(stage) ?? 0,
    }));
  });
}
