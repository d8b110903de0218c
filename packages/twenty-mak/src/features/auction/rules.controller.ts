import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import { rulesViewSchema, saveRulesSchema } from './rules.dto.ts';
import type { RulesView } from './rules.dto.ts';
import { RulesService } from './rules.service.ts';

@ApiTags('auction')
@Controller('v1/auction/rules')
export class RulesController {
  constructor(@Inject(RulesService) private readonly rules: RulesService) {}

  @ApiOperation({ summary: 'How the auction works' })
  @ApiOkResponse({ schema: openApiSchema(rulesViewSchema, 'output') })
  @RequireScope('auction:read')
  @Get()
  find(@CurrentPrincipal() principal: Principal): Promise<RulesView> {
    return this.rules.find(principal);
  }

  @ApiOperation({ summary: 'Change how the auction works, from now on' })
  @ApiBody({ schema: openApiSchema(saveRulesSchema) })
  @ApiOkResponse({ schema: openApiSchema(rulesViewSchema, 'output') })
  @RequireScope('auction:manage')
  @Put()
  save(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<RulesView> {
    return this.rules.save(principal, parse(saveRulesSchema, body));
  }
}
