import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Role } from '../../platform/auth/index.ts';
import { RoleEnum } from '../roles/index.ts';
import { TenantModel } from '../tenants/index.ts';
import { STATUSES } from './accounts.dto.ts';
import type { AccountView, InvitedAccount } from './accounts.dto.ts';

type AccountStatus = AccountView['status'];
export const AccountStatusEnum = Object.fromEntries(
  STATUSES.map((status) => [status, status]),
) as Record<AccountStatus, AccountStatus>;
registerEnumType(AccountStatusEnum, { name: 'AccountStatus' });

@ObjectType('Person', {
  description: 'Who somebody is; the least that a page shows of an account.',
})
export class PersonModel {
  @Field(() => ID, { description: 'Id of the account' }) id: string;
  @Field(() => String) name: string;
}

@ObjectType('Account', { description: 'A person in a tenant.' })
export class AccountModel {
  @Field(() => ID) id: string;
  @Field(() => String) name: string;
  @Field(() => String, {
    nullable: true,
    description: 'Only for those who manage accounts, and of oneself',
  })
  email: string | null;
  @Field(() => RoleEnum) role: Role;
  @Field(() => ID, {
    nullable: true,
    description: 'Head account of the company that this one is of the staff of',
  })
  memberOf: string | null;
  @Field(() => AccountStatusEnum) status: AccountStatus;
  @Field(() => String) locale: string;
  @Field(() => Int) version: number;
  @Field(() => String, { description: 'RFC 3339' }) createdAt: string;
}

@ObjectType('AccountPage')
export class AccountPageModel {
  @Field(() => [AccountModel]) items: AccountModel[];
  @Field(() => String, { nullable: true, description: 'Cursor of the next page' })
  next: string | null;
}

@ObjectType('Invitation')
export class InvitationModel {
  @Field(() => String, { description: 'Shown this once; whoever has it may accept' }) token: string;
  @Field(() => String, { description: 'RFC 3339' }) expiresAt: string;
}

@ObjectType('InvitedAccount')
export class InvitedAccountModel {
  @Field(() => AccountModel) account: AccountModel;
  @Field(() => InvitationModel, { nullable: true, description: 'Null for an active account' })
  invitation: InvitationModel | null;
}

@ObjectType('Me', { description: 'Who asks, and what that one may do.' })
export class MeModel {
  @Field(() => AccountModel, { nullable: true, description: 'Null for an API client' })
  account: AccountModel | null;
  @Field(() => TenantModel) tenant: TenantModel;
  @Field(() => [String], { description: 'Scopes, in the order of the permission matrix' })
  permissions: string[];
  @Field(() => Boolean, { description: 'Whether a second factor is set up' }) totp: boolean;
}

@ArgsType()
export class AccountsArgs {
  @Field(() => RoleEnum, { nullable: true }) role?: Role;
  @Field(() => AccountStatusEnum, { nullable: true }) status?: AccountStatus;
  @Field(() => String, {
    nullable: true,
    description: 'Part of the name; of the e-mail address too for those who manage accounts',
  })
  text?: string;
  @Field(() => Int, { nullable: true }) limit?: number;
  @Field(() => String, { nullable: true }) cursor?: string;
}

@InputType()
export class InviteAccountInput {
  @Field(() => String) email: string;
  @Field(() => String) name: string;
  @Field(() => RoleEnum) role: Role;
  @Field(() => String, { nullable: true }) locale?: string;
}

@InputType()
export class UpdateAccountInput {
  @Field(() => Int, { description: 'The version that was read' }) version: number;
  @Field(() => String, { nullable: true }) name?: string;
  @Field(() => RoleEnum, { nullable: true }) role?: Role;
  @Field(() => String, { nullable: true }) locale?: string;
  @Field(() => AccountStatusEnum, { nullable: true, description: 'active or deactivated' })
  status?: AccountStatus;
}

export function accountModel(view: AccountView): AccountModel {
  const { created_at: createdAt, member_of: memberOf, email = null, ...rest } = view;
  return { ...rest, memberOf, email, createdAt };
}

export function invitedModel({ account, invitation }: InvitedAccount): InvitedAccountModel {
  return {
    account: accountModel(account),
    invitation:
      invitation === null ? null : { token: invitation.token, expiresAt: invitation.expires_at },
  };
}
