import { Inject } from '@nestjs/common';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { CatalogueKind, RecordSyncModel, recordSyncModel } from './record-sync.model.ts';
import { clientSyncQuery, recordSyncQuery, RecordSyncService } from './record-sync.service.ts';

@Resolver(() => RecordSyncModel)
export class RecordSyncResolver {
  constructor(@Inject(RecordSyncService) private readonly service: RecordSyncService) {}

  @RequireScope('catalogue:read')
  @Query(() => [RecordSyncModel], {
    description:
      'How up to 200 records of the catalogue are in each system that they are kept equal with',
  })
  async catalogueSync(
    @CurrentPrincipal() principal: Principal,
    @Args('kind', { type: () => CatalogueKind }) kind: CatalogueKind,
    @Args('ids', { type: () => [ID] }) ids: string[],
  ): Promise<RecordSyncModel[]> {
    const rows = await this.service.list(principal, parse(recordSyncQuery, { kind, ids }));
    return rows.map(recordSyncModel);
  }

  @RequireScope('deals:read')
  @Query(() => [RecordSyncModel], {
    description:
      'How up to 200 clients are in each system that their companies or contacts are kept equal with; nothing for partners and franchisees',
  })
  async clientSync(
    @CurrentPrincipal() principal: Principal,
    @Args('ids', { type: () => [ID] }) ids: string[],
  ): Promise<RecordSyncModel[]> {
    const rows = await this.service.ofClients(principal, parse(clientSyncQuery, { ids }));
    return rows.map(recordSyncModel);
  }
}
