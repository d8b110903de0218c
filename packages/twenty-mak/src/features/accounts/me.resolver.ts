import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Authenticator, CurrentPrincipal, SCOPES, SignedIn } from '../../platform/auth/index.ts';
import type { GraphqlContext, Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { TenantModel, tenantModel, TenantsService } from '../tenants/index.ts';
import { editMeSchema } from './accounts.dto.ts';
import { AccountModel, accountModel, MeModel } from './accounts.model.ts';
import { AccountsService } from './accounts.service.ts';

type MeAlone = Pick<MeModel, 'permissions'>;

/** Who asks. Each part is loaded only when it is asked for. */
@SignedIn()
@Resolver(() => MeModel)
export class MeResolver {
  constructor(
    @Inject(AccountsService) private readonly accounts: AccountsService,
    @Inject(TenantsService) private readonly tenants: TenantsService,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  @Query(() => MeModel, { description: 'Who asks, and what that one may do' })
  me(@CurrentPrincipal() { scopes }: Principal): MeAlone {
    return { permissions: SCOPES.filter((scope) => scopes.has(scope)) };
  }

  @ResolveField(() => AccountModel, { nullable: true })
  async account(@CurrentPrincipal() principal: Principal): Promise<AccountModel | null> {
    const own = await this.accounts.own(principal);
    return own === null ? null : accountModel(own);
  }

  @ResolveField(() => TenantModel)
  async tenant(@CurrentPrincipal() principal: Principal): Promise<TenantModel> {
    return tenantModel(await this.tenants.read(principal));
  }

  @ResolveField(() => Boolean)
  async totp(@Parent() _me: MeAlone, @Context() { request }: GraphqlContext): Promise<boolean> {
    return (await this.authenticator.whoIs(request))?.user.totp === true;
  }

  @Mutation(() => AccountModel, {
    description: 'Own name and language. Of two changes at once the last one holds.',
  })
  async updateMe(
    @CurrentPrincipal() principal: Principal,
    @Args('locale', { type: () => String, nullable: true }) locale?: string,
    @Args('name', { type: () => String, nullable: true }) name?: string,
  ): Promise<AccountModel> {
    const edit = parse(editMeSchema, withoutNulls({ locale, name }));
    return accountModel(await this.accounts.editOwn(principal, edit));
  }
}
