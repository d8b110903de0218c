import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { BatchLoader } from '../../platform/graphql/batch-loader.ts';
import { accountNames } from '../accounts/index.ts';
import type { PersonModel } from '../accounts/index.ts';
import { DealHistoryRepository } from './deal-history.repository.ts';
import type { RefRow } from './deal-history.repository.ts';
import { DealHistoryService } from './deal-history.service.ts';
import type { GateView, RunView } from './deal-history.service.ts';
import type { DealView } from './deals.service.ts';

/** What one GraphQL request asks about many deals; each kind costs one transaction, however many deals there are. */
interface Loaders {
  readonly gates: BatchLoader<DealView, readonly GateView[]>;
  readonly runs: BatchLoader<DealView, readonly RunView[]>;
  readonly refs: BatchLoader<DealView, readonly RefRow[]>;
  /** People by the id of the account, as far as the callers' deals name them. */
  readonly people: BatchLoader<string, PersonModel | null>;
}

@Injectable()
export class DealLoaders {
  /** Lives as long as the context of the GraphQL request. */
  private readonly loaders = new WeakMap<object, Loaders>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DealHistoryService) private readonly history: DealHistoryService,
    @Inject(DealHistoryRepository) private readonly repository: DealHistoryRepository,
  ) {}

  of(context: object, principal: Principal): Loaders {
    const known = this.loaders.get(context);
    if (known !== undefined) return known;
    const made = this.make(principal);
    this.loaders.set(context, made);
    return made;
  }

  private make(principal: Principal): Loaders {
    const { tenantId } = principal;
    const scope = scopeOf(principal);
    return {
      gates: new BatchLoader(async (views) => {
        const rows = views.map(({ row }) => row);
        const gates = await this.database.within(scope, (tx) =>
          this.history.gatesOf(tx, tenantId, rows),
        );
        return ({ row }) => gates.get(row.id) ?? [];
      }),
      runs: new BatchLoader(async (views) => {
        const rows = views.map(({ row }) => row);
        const present = views[0]?.present ?? 0;
        const runs = await this.database.within(scope, (tx) =>
          this.history.runsOf(tx, tenantId, rows, present),
        );
        return ({ row }) => runs.get(row.id) ?? [];
      }),
      refs: new BatchLoader(async (views) => {
        const ids = views.map(({ row }) => row.id);
        const refs = await this.database.within(scope, (tx) =>
          this.repository.refs(tx, tenantId, ids),
        );
        const byDeal = Map.groupBy(refs, (ref) => ref.deal_id);
        return ({ row }) => byDeal.get(row.id) ?? [];
      }),
      people: new BatchLoader(async (ids) => {
        const names = await this.database.within(scope, (tx) => accountNames(tx, tenantId, ids));
        return (id) => {
          const name = names.get(id);
          return name === undefined ? null : { id, name };
        };
      }),
    };
  }
}
