import { Body, Controller, Get, Inject, Param, Patch } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope, ROLES } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import { editRoleSchema, roleField, roleSchema, rolesSchema } from './roles.dto.ts';
import type { RolesView, RoleView } from './roles.dto.ts';
import { RolesService } from './roles.service.ts';

@ApiTags('roles')
@RequireScope('accounts:manage')
@Controller('v1/roles')
export class RolesController {
  constructor(@Inject(RolesService) private readonly roles: RolesService) {}

  @ApiOperation({ summary: 'What each role may do in this tenant' })
  @ApiOkResponse({ schema: openApiSchema(rolesSchema, 'output') })
  @Get()
  async list(@CurrentPrincipal() principal: Principal): Promise<RolesView> {
    return { items: await this.roles.list(principal), next: null };
  }

  @ApiOperation({ summary: 'Change what a role may do; it holds at once' })
  @ApiParam({ name: 'role', schema: { type: 'string', enum: [...ROLES] } })
  @ApiBody({ schema: openApiSchema(editRoleSchema) })
  @ApiOkResponse({ schema: openApiSchema(roleSchema, 'output') })
  @Patch(':role')
  edit(
    @CurrentPrincipal() principal: Principal,
    @Param('role') role: string,
    @Body() body: unknown,
  ): Promise<RoleView> {
    return this.roles.edit(principal, parse(roleField, role), parse(editRoleSchema, body));
  }
}
