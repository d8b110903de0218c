import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { editAccountSchema, inviteAccountSchema, listAccountsSchema } from './accounts.dto.ts';
import {
  AccountModel,
  accountModel,
  AccountPageModel,
  AccountsArgs,
  InviteAccountInput,
  InvitedAccountModel,
  invitedModel,
  UpdateAccountInput,
} from './accounts.model.ts';
import { AccountsService } from './accounts.service.ts';
import { InvitationsService } from './invitations.service.ts';

@Resolver(() => AccountModel)
export class AccountsResolver {
  constructor(
    @Inject(AccountsService) private readonly service: AccountsService,
    @Inject(InvitationsService) private readonly invitations: InvitationsService,
  ) {}

  @RequireScope('deals:read')
  @Query(() => AccountPageModel, {
    description: 'People by name. Partners and franchisees see their own company.',
  })
  async accounts(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => AccountsArgs }) args: AccountsArgs,
  ): Promise<AccountPageModel> {
    const page = await this.service.list(principal, parse(listAccountsSchema, withoutNulls(args)));
    return { items: page.items.map(accountModel), next: page.next };
  }

  @RequireScope('deals:read')
  @Query(() => AccountModel)
  async account(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<AccountModel> {
    return accountModel(await this.service.read(principal, parse(uuidField, id)));
  }

  @RequireScope('accounts:manage')
  @Mutation(() => InvitedAccountModel, { description: 'Hand over the token of the answer' })
  async inviteAccount(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => InviteAccountInput }) input: InviteAccountInput,
  ): Promise<InvitedAccountModel> {
    const request = parse(inviteAccountSchema, withoutNulls(input));
    return invitedModel(await this.invitations.invite(principal, request));
  }

  @RequireScope('accounts:manage')
  @Mutation(() => InvitedAccountModel, {
    description: 'A new invitation in place of a lost one, which ends',
  })
  async renewInvitation(
    @CurrentPrincipal() principal: Principal,
    @Args('accountId', { type: () => ID }) id: string,
  ): Promise<InvitedAccountModel> {
    return invitedModel(await this.invitations.renew(principal, parse(uuidField, id)));
  }

  @RequireScope('accounts:manage')
  @Mutation(() => AccountModel)
  async updateAccount(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input', { type: () => UpdateAccountInput }) input: UpdateAccountInput,
  ): Promise<AccountModel> {
    const edit = parse(editAccountSchema, withoutNulls(input));
    return accountModel(await this.service.edit(principal, parse(uuidField, id), edit));
  }
}
