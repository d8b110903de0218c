import { Body, Controller, Get, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { accountSchema } from '../accounts/index.ts';
import type { AccountView, InvitedAccount } from '../accounts/index.ts';
import {
  companyPageSchema,
  companyQuery,
  companySchema,
  editCompanySchema,
  editStaffSchema,
  invitedAccountSchema,
  inviteStaffSchema,
  listCompaniesSchema,
  staffSchema,
} from './cabinets.dto.ts';
import type { CompanyLine, CompanyView, StaffList } from './cabinets.dto.ts';
import { CompanyService } from './company.service.ts';
import { overviewSchema } from './overview.dto.ts';
import type { OverviewView } from './overview.dto.ts';
import { OverviewService } from './overview.service.ts';
import { StaffService } from './staff.service.ts';

const ID = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

@ApiTags('cabinets')
@Controller('v1')
export class CabinetsController {
  constructor(
    @Inject(CompanyService) private readonly companies: CompanyService,
    @Inject(StaffService) private readonly people: StaffService,
    @Inject(OverviewService) private readonly overviews: OverviewService,
  ) {}

  @ApiOperation({ summary: 'Leads, deals and the wallet of a company in figures' })
  @ApiOkResponse({ schema: openApiSchema(overviewSchema, 'output') })
  @SignedIn()
  @Get('cabinet')
  overview(@CurrentPrincipal() principal: Principal): Promise<OverviewView> {
    return this.overviews.overview(principal);
  }

  @ApiOperation({
    summary: 'Partners and franchisees by name; their own people see their own company',
  })
  @queryParameters(listCompaniesSchema)
  @ApiOkResponse({ schema: openApiSchema(companyPageSchema, 'output') })
  @RequireScope('deals:read')
  @Get('companies')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<CompanyLine>> {
    return this.companies.list(principal, parse(listCompaniesSchema, query));
  }

  @ApiOperation({ summary: 'Profile of a company' })
  @queryParameters(companyQuery)
  @ApiOkResponse({ schema: openApiSchema(companySchema, 'output') })
  @RequireScope('company:manage')
  @Get('company')
  read(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<CompanyView> {
    return this.companies.read(principal, parse(companyQuery, query).company_id);
  }

  @ApiOperation({ summary: 'Change the profile of a company' })
  @queryParameters(companyQuery)
  @ApiBody({ schema: openApiSchema(editCompanySchema) })
  @ApiOkResponse({ schema: openApiSchema(companySchema, 'output') })
  @RequireScope('company:manage')
  @Patch('company')
  edit(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<CompanyView> {
    const { company_id: id } = parse(companyQuery, query);
    return this.companies.edit(principal, id, parse(editCompanySchema, body));
  }

  @ApiOperation({ summary: 'People of a company, its head first' })
  @queryParameters(companyQuery)
  @ApiOkResponse({ schema: openApiSchema(staffSchema, 'output') })
  @RequireScope('company:manage')
  @Get('staff')
  async staff(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<StaffList> {
    const { company_id: id } = parse(companyQuery, query);
    return { items: await this.people.list(principal, id), next: null };
  }

  @ApiOperation({ summary: 'Invite somebody into a company; hand over the token of the answer' })
  @ApiBody({ schema: openApiSchema(inviteStaffSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(invitedAccountSchema, 'output') })
  @RequireScope('company:manage')
  @Post('staff')
  invite(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<InvitedAccount> {
    return this.people.invite(principal, parse(inviteStaffSchema, body));
  }

  @ApiOperation({ summary: 'A new invitation in place of a lost one' })
  @ApiParam(ID)
  @queryParameters(companyQuery)
  @ApiCreatedResponse({ schema: openApiSchema(invitedAccountSchema, 'output') })
  @RequireScope('company:manage')
  @Post('staff/:id/invitation')
  renew(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<InvitedAccount> {
    const { company_id: company } = parse(companyQuery, query);
    return this.people.renew(principal, company, parse(uuidField, id));
  }

  @ApiOperation({ summary: 'Rename somebody of a company, or let that one in or out' })
  @ApiParam(ID)
  @ApiBody({ schema: openApiSchema(editStaffSchema) })
  @ApiOkResponse({ schema: openApiSchema(accountSchema, 'output') })
  @RequireScope('company:manage')
  @Patch('staff/:id')
  editStaff(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<AccountView> {
    return this.people.edit(principal, parse(uuidField, id), parse(editStaffSchema, body));
  }
}
