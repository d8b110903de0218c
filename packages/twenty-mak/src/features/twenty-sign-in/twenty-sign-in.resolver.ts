import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { listUsersSchema, setWorkspaceSchema } from './twenty-sign-in.dto.ts';
import {
  SetTwentyWorkspaceInput,
  TwentyUserPageModel,
  TwentyUsersArgs,
  twentyUserModel,
  twentyWorkspaceModel,
  TwentyWorkspaceModel,
} from './twenty-sign-in.model.ts';
import { TwentyWorkspaceService } from './twenty-workspace.service.ts';

@Resolver(() => TwentyWorkspaceModel)
export class TwentySignInResolver {
  constructor(@Inject(TwentyWorkspaceService) private readonly service: TwentyWorkspaceService) {}

  @RequireScope('tenant:manage')
  @Query(() => TwentyWorkspaceModel, { nullable: true, description: 'Null until it is set' })
  async twentyWorkspace(
    @CurrentPrincipal() principal: Principal,
  ): Promise<TwentyWorkspaceModel | null> {
    const view = await this.service.read(principal);
    return view === null ? null : twentyWorkspaceModel(view);
  }

  @RequireScope('tenant:manage')
  @Mutation(() => TwentyWorkspaceModel)
  async setTwentyWorkspace(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => SetTwentyWorkspaceInput }) input: SetTwentyWorkspaceInput,
  ): Promise<TwentyWorkspaceModel> {
    const { workspaceId, applicationId, newcomerRole, ...rest } = input;
    const settings = parse(setWorkspaceSchema, {
      ...rest,
      workspace_id: workspaceId,
      application_id: applicationId,
      newcomer_role: newcomerRole,
    });
    return twentyWorkspaceModel(await this.service.set(principal, settings));
  }

  @RequireScope('accounts:manage')
  @Query(() => TwentyUserPageModel, { description: 'Who has signed in from twenty, by name' })
  async twentyUsers(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => TwentyUsersArgs }) args: TwentyUsersArgs,
  ): Promise<TwentyUserPageModel> {
    const page = await this.service.users(principal, parse(listUsersSchema, withoutNulls(args)));
    return { items: page.items.map(twentyUserModel), next: page.next };
  }

  @RequireScope('accounts:manage')
  @Mutation(() => Boolean, { description: 'Frees an account for another user of twenty' })
  async releaseTwentyUser(
    @CurrentPrincipal() principal: Principal,
    @Args('accountId', { type: () => ID }) accountId: string,
  ): Promise<boolean> {
    await this.service.release(principal, parse(uuidField, accountId));
    return true;
  }
}
