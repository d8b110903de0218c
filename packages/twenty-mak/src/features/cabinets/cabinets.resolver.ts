import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import {
  AccountModel,
  accountModel,
  InvitedAccountModel,
  invitedModel,
} from '../accounts/index.ts';
import {
  companyQuery,
  editCompanySchema,
  editStaffSchema,
  inviteStaffSchema,
  listCompaniesSchema,
} from './cabinets.dto.ts';
import {
  CabinetOverviewModel,
  CompaniesArgs,
  CompanyPageModel,
  companyModel,
  CompanyProfileModel,
  EditCompanyProfileInput,
  EditStaffInput,
  InviteStaffInput,
  profileModel,
  StaffMemberModel,
  staffMemberModel,
} from './cabinets.model.ts';
import { CompanyService } from './company.service.ts';
import { OverviewService } from './overview.service.ts';
import { StaffService } from './staff.service.ts';

const COMPANY = {
  type: () => ID,
  nullable: true,
  description: 'Head account, for the office; your own company without it',
} as const;

@Resolver(() => CompanyProfileModel)
export class CabinetsResolver {
  constructor(
    @Inject(CompanyService) private readonly service: CompanyService,
    @Inject(StaffService) private readonly people: StaffService,
    @Inject(OverviewService) private readonly overviews: OverviewService,
  ) {}

  @SignedIn()
  @Query(() => CabinetOverviewModel, { description: 'Leads, deals and the wallet in figures' })
  cabinetOverview(@CurrentPrincipal() principal: Principal): Promise<CabinetOverviewModel> {
    return this.overviews.overview(principal);
  }

  @RequireScope('deals:read')
  @Query(() => CompanyPageModel, {
    description: 'Partners and franchisees by name; their own people see their own company',
  })
  async companies(
    @CurrentPrincipal() principal: Principal,
    @Args({ type: () => CompaniesArgs }) args: CompaniesArgs,
  ): Promise<CompanyPageModel> {
    const query = parse(listCompaniesSchema, withoutNulls(args));
    const { items, next } = await this.service.list(principal, query);
    return { items: items.map(companyModel), next };
  }

  @RequireScope('company:manage')
  @Query(() => CompanyProfileModel)
  async companyProfile(
    @CurrentPrincipal() principal: Principal,
    @Args('companyId', COMPANY) companyId?: string,
  ): Promise<CompanyProfileModel> {
    return profileModel(await this.service.read(principal, companyOf(companyId)));
  }

  @RequireScope('company:manage')
  @Mutation(() => CompanyProfileModel)
  async editCompanyProfile(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => EditCompanyProfileInput }) input: EditCompanyProfileInput,
    @Args('companyId', COMPANY) companyId?: string,
  ): Promise<CompanyProfileModel> {
    const { companyName, legalForm, taxNumber, grade, leadCapacity, ...rest } = input;
    const named = { company_name: companyName, legal_form: legalForm, tax_number: taxNumber };
    const edit = parse(editCompanySchema, {
      ...withoutNulls({ ...rest, ...named }),
      // Null takes these away.
      ...(grade === undefined ? {} : { grade }),
      ...(leadCapacity === undefined ? {} : { lead_capacity: leadCapacity }),
    });
    return profileModel(await this.service.edit(principal, companyOf(companyId), edit));
  }

  @RequireScope('company:manage')
  @Query(() => [StaffMemberModel], { description: 'People of a company, its head first' })
  async staff(
    @CurrentPrincipal() principal: Principal,
    @Args('companyId', COMPANY) companyId?: string,
  ): Promise<StaffMemberModel[]> {
    const members = await this.people.list(principal, companyOf(companyId));
    return members.map(staffMemberModel);
  }

  @RequireScope('company:manage')
  @Mutation(() => InvitedAccountModel, { description: 'Hand over the token of the answer' })
  async inviteStaff(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => InviteStaffInput }) input: InviteStaffInput,
  ): Promise<InvitedAccountModel> {
    const { companyId, ...person } = input;
    const request = parse(inviteStaffSchema, withoutNulls({ ...person, company_id: companyId }));
    return invitedModel(await this.people.invite(principal, request));
  }

  @RequireScope('company:manage')
  @Mutation(() => InvitedAccountModel, {
    description: 'A new invitation in place of a lost one, which ends',
  })
  async renewStaffInvitation(
    @CurrentPrincipal() principal: Principal,
    @Args('accountId', { type: () => ID }) id: string,
    @Args('companyId', COMPANY) companyId?: string,
  ): Promise<InvitedAccountModel> {
    const company = companyOf(companyId);
    return invitedModel(await this.people.renew(principal, company, parse(uuidField, id)));
  }

  @RequireScope('company:manage')
  @Mutation(() => AccountModel)
  async editStaff(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input', { type: () => EditStaffInput }) input: EditStaffInput,
  ): Promise<AccountModel> {
    const { companyId, ...rest } = input;
    const edit = parse(editStaffSchema, withoutNulls({ ...rest, company_id: companyId }));
    return accountModel(await this.people.edit(principal, parse(uuidField, id), edit));
  }
}

function companyOf(id: string | null | undefined): string | undefined {
  return parse(companyQuery, { company_id: id ?? undefined }).company_id;
}
