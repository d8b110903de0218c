import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentPrincipal, OperatorOnly } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { NotIdempotent } from '../../platform/idempotency/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { tenantSchema } from '../tenants/index.ts';
import type { TenantView } from '../tenants/index.ts';
import {
  clockSchema,
  createdTenantSchema,
  createTenantSchema,
  deleteTenantSchema,
  listTenantsSchema,
  tenantPageDocument,
} from './provisioning.dto.ts';
import type { CreatedTenant } from './provisioning.dto.ts';
import { ProvisioningService } from './provisioning.service.ts';

@ApiTags('operator')
@OperatorOnly()
@Controller('v1/tenants')
export class ProvisioningController {
  constructor(@Inject(ProvisioningService) private readonly provisioning: ProvisioningService) {}

  @ApiOperation({ summary: 'Make a tenant with its first API key' })
  @ApiBody({ schema: openApiSchema(createTenantSchema) })
  @ApiCreatedResponse({ schema: openApiSchema(createdTenantSchema, 'output') })
  @Post()
  create(@CurrentPrincipal() operator: Principal, @Body() body: unknown): Promise<CreatedTenant> {
    return this.provisioning.create(operator, parse(createTenantSchema, body));
  }

  @ApiOperation({ summary: 'All tenants by key' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: tenantPageDocument })
  @Get()
  list(@Query() query: unknown): Promise<Page<TenantView>> {
    return this.provisioning.list(parse(listTenantsSchema, query));
  }

  @ApiOperation({ summary: 'One tenant by id or key' })
  @ApiOkResponse({ schema: openApiSchema(tenantSchema, 'output') })
  @Get(':tenant')
  read(@Param('tenant') tenant: string): Promise<TenantView> {
    return this.provisioning.read(tenant);
  }

  @ApiOperation({ summary: 'Freeze the clock of a tenant, or let it run' })
  @ApiBody({ schema: openApiSchema(clockSchema) })
  @ApiOkResponse({ schema: openApiSchema(tenantSchema, 'output') })
  @NotIdempotent()
  @HttpCode(200)
  @Post(':tenant/clock')
  setClock(
    @CurrentPrincipal() operator: Principal,
    @Param('tenant') tenant: string,
    @Body() body: unknown,
  ): Promise<TenantView> {
    return this.provisioning.setClock(operator, tenant, parse(clockSchema, body).frozen_at);
  }

  @ApiOperation({ summary: 'Delete a tenant with all its data' })
  @ApiQuery({ name: 'confirm', schema: { type: 'string' }, description: 'The name of the tenant' })
  @ApiNoContentResponse()
  @HttpCode(204)
  @Delete(':tenant')
  async delete(@Param('tenant') tenant: string, @Query() query: unknown): Promise<void> {
    await this.provisioning.delete(tenant, parse(deleteTenantSchema, query).confirm);
  }
}
