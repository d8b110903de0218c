import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/index.ts';
import { DealsService } from '../deals/index.ts';
import type { StageCount } from '../deals/index.ts';
import type { OverviewView } from './overview.dto.ts';

/** The first page of a cabinet: what a company has, in figures. What somebody may not see is left out. */
@Injectable()
export class OverviewService {
  constructor(@Inject(DealsService) private readonly deals: DealsService) {}

  async overview(principal: Principal): Promise<OverviewView> {
    return {
      leads: null,
      deals: principal.scopes.has('deals:read')
        ? dealsOf(await this.deals.counts(principal, {}))
        : null,
      wallet: null,
    };
  }
}

function dealsOf(counts: readonly StageCount[]): OverviewView['deals'] {
  const sums = new Map<string, number>();
  for (const { currency, amount } of counts.flatMap((one) => one.sums))
    sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return {
    total: counts.reduce((sum, { deals }) => sum + deals, 0),
    stages: counts.map(({ pipeline, stage, deals }) => ({ pipeline, stage, deals })),
    sums: [...sums].map(([currency, amount]) => ({ currency, amount })),
  };
}
