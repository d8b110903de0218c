import { ArgsType, Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Role } from '../../platform/auth/index.ts';
import { RoleEnum } from '../roles/index.ts';
import type { BoundUserView, WorkspaceView } from './twenty-sign-in.dto.ts';

@ObjectType('TwentyWorkspace', { description: 'The twenty that people may sign in from.' })
export class TwentyWorkspaceModel {
  @Field(() => String, { description: 'Origin, e.g. https://crm.example.com' }) address: string;
  @Field(() => ID) workspaceId: string;
  @Field(() => ID, { description: 'Our application as that workspace has installed it' })
  applicationId: string;
  @Field(() => RoleEnum, { description: 'Of people who were not known here before; never admin' })
  newcomerRole: Role;
  @Field(() => Boolean) enabled: boolean;
  @Field(() => Int) version: number;
}

@InputType()
export class SetTwentyWorkspaceInput {
  @Field(() => Int, { description: 'The version that was read; 0 when nothing was set before' })
  version: number;
  @Field(() => String) address: string;
  @Field(() => ID) workspaceId: string;
  @Field(() => ID) applicationId: string;
  @Field(() => RoleEnum) newcomerRole: Role;
  @Field(() => Boolean) enabled: boolean;
}

@ObjectType('TwentyUser', { description: 'A user of twenty who has signed in here.' })
export class TwentyUserModel {
  @Field(() => ID) accountId: string;
  @Field(() => String) name: string;
  @Field(() => RoleEnum) role: Role;
  @Field(() => ID) twentyUserId: string;
  @Field(() => String, { description: 'RFC 3339; the first sign-in' }) boundAt: string;
}

@ObjectType('TwentyUserPage')
export class TwentyUserPageModel {
  @Field(() => [TwentyUserModel]) items: TwentyUserModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ArgsType()
export class TwentyUsersArgs {
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

export function twentyWorkspaceModel(view: WorkspaceView): TwentyWorkspaceModel {
  return {
    address: view.address,
    workspaceId: view.workspace_id,
    applicationId: view.application_id,
    newcomerRole: view.newcomer_role,
    enabled: view.enabled,
    version: view.version,
  };
}

export function twentyUserModel(view: BoundUserView): TwentyUserModel {
  return {
    accountId: view.account_id,
    name: view.name,
    role: view.role,
    twentyUserId: view.twenty_user_id,
    boundAt: view.bound_at,
  };
}
