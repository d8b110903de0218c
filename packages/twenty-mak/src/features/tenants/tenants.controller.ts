import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import { editTenantSchema, tenantSchema } from './tenants.dto.ts';
import type { TenantView } from './tenants.dto.ts';
import { TenantsService } from './tenants.service.ts';

@ApiTags('tenant')
@Controller('v1/tenant')
export class TenantsController {
  constructor(@Inject(TenantsService) private readonly tenants: TenantsService) {}

  @ApiOperation({ summary: 'The tenant of the caller' })
  @ApiOkResponse({ schema: openApiSchema(tenantSchema, 'output') })
  @SignedIn()
  @Get()
  read(@CurrentPrincipal() principal: Principal): Promise<TenantView> {
    return this.tenants.read(principal);
  }

  @ApiOperation({ summary: 'Change settings of the tenant' })
  @ApiBody({ schema: openApiSchema(editTenantSchema) })
  @ApiOkResponse({ schema: openApiSchema(tenantSchema, 'output') })
  @RequireScope('tenant:manage')
  @Patch()
  edit(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<TenantView> {
    return this.tenants.edit(principal, parse(editTenantSchema, body));
  }
}
