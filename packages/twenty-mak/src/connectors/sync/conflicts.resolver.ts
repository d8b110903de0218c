import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Side } from 'twenty-mak-domain';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { listConflictsSchema } from './conflicts.dto.ts';
import {
  conflictModel,
  SyncConflictModel,
  SyncConflictPageModel,
  SyncConflictsArgs,
  SyncSideEnum,
} from './conflicts.model.ts';
import { ConflictsService } from './conflicts.service.ts';

@RequireScope('tenant:manage')
@Resolver(() => SyncConflictModel)
export class ConflictsResolver {
  constructor(@Inject(ConflictsService) private readonly conflicts: ConflictsService) {}

  @Query(() => SyncConflictPageModel, { description: 'On critical fields, newest first' })
  async connectorConflicts(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args({ type: () => SyncConflictsArgs }) { limit, cursor, open }: SyncConflictsArgs,
  ): Promise<SyncConflictPageModel> {
    const query = withoutNulls({ limit, cursor, open: open === true ? 'true' : null });
    const page = await this.conflicts.list(principal, key, parse(listConflictsSchema, query));
    return { items: page.items.map(conflictModel), next: page.next };
  }

  @Mutation(() => SyncConflictModel, {
    description: 'Lets the choice of the rule stand, or gives both sides the other version',
  })
  async decideConnectorConflict(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('id', { type: () => ID }) id: string,
    @Args('winner', { type: () => SyncSideEnum }) winner: Side,
  ): Promise<SyncConflictModel> {
    return conflictModel(await this.conflicts.decide(principal, key, parse(uuidField, id), winner));
  }
}
