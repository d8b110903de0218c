import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal, Role } from '../../platform/auth/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { editRoleSchema } from './roles.dto.ts';
import { RoleEnum, RolePermissionsModel } from './roles.model.ts';
import { RolesService } from './roles.service.ts';

@RequireScope('accounts:manage')
@Resolver(() => RolePermissionsModel)
export class RolesResolver {
  constructor(@Inject(RolesService) private readonly service: RolesService) {}

  @Query(() => [RolePermissionsModel], { description: 'The permission matrix' })
  roles(@CurrentPrincipal() principal: Principal): Promise<RolePermissionsModel[]> {
    return this.service.list(principal);
  }

  @Mutation(() => RolePermissionsModel, {
    description: 'All that the role may do from now on; it holds at once',
  })
  updateRole(
    @CurrentPrincipal() principal: Principal,
    @Args('role', { type: () => RoleEnum }) role: Role,
    @Args('permissions', { type: () => [String] }) permissions: string[],
    @Args('version', { type: () => Int }) version: number,
  ): Promise<RolePermissionsModel> {
    return this.service.edit(principal, role, parse(editRoleSchema, { permissions, version }));
  }
}
