import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { editTenantSchema } from './tenants.dto.ts';
import { tenantModel, TenantModel, UpdateTenantInput } from './tenants.model.ts';
import { TenantsService } from './tenants.service.ts';

@Resolver(() => TenantModel)
export class TenantsResolver {
  constructor(@Inject(TenantsService) private readonly tenants: TenantsService) {}

  @SignedIn()
  @Query(() => TenantModel, { description: 'The tenant of the caller' })
  async tenant(@CurrentPrincipal() principal: Principal): Promise<TenantModel> {
    return tenantModel(await this.tenants.read(principal));
  }

  @RequireScope('tenant:manage')
  @Mutation(() => TenantModel)
  async updateTenant(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => UpdateTenantInput }) input: UpdateTenantInput,
  ): Promise<TenantModel> {
    const { timeZone, twentyUrl, workingCalendar, privacyUrl, ...named } = input;
    const { registrationOpen, companyTotp, ...rest } = named;
    const edit = parse(editTenantSchema, {
      ...withoutNulls({
        ...rest,
        time_zone: timeZone,
        registration_open: registrationOpen,
        company_totp: companyTotp,
      }),
      twenty_url: twentyUrl,
      working_calendar: workingCalendar,
      privacy_url: privacyUrl,
    });
    return tenantModel(await this.tenants.edit(principal, edit));
  }
}
