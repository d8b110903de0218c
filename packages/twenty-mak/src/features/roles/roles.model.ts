import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ROLES } from '../../platform/auth/index.ts';
import type { Role } from '../../platform/auth/index.ts';

export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role])) as Record<Role, Role>;
registerEnumType(RoleEnum, { name: 'Role' });

@ObjectType('RolePermission')
export class RolePermissionModel {
  @Field(() => String, { description: 'A scope, e.g. `deals:write`' }) key: string;
  @Field(() => Boolean) allowed: boolean;
  @Field(() => Boolean, { description: 'It cannot be changed' }) locked: boolean;
  @Field(() => Boolean, { description: 'What holds unless the tenant says otherwise' })
  default: boolean;
}

@ObjectType('RolePermissions', { description: 'What people of a role may do in this tenant.' })
export class RolePermissionsModel {
  @Field(() => RoleEnum) role: Role;
  @Field(() => [RolePermissionModel]) permissions: RolePermissionModel[];
  @Field(() => Int) version: number;
}
