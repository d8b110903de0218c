import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, queryParameters } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { deskPageSchema, deskPeopleQuery, deskPeopleSchema, deskQuery } from './sla-desk.dto.ts';
import type { DeskPersonView, DeskRunView } from './sla-desk.dto.ts';
import { SlaDeskService } from './sla-desk.service.ts';

@ApiTags('sla')
@Controller('v1/sla/desk')
export class SlaDeskController {
  constructor(@Inject(SlaDeskService) private readonly desk: SlaDeskService) {}

  @ApiOperation({ summary: 'Open runs with whom they wait for, the nearest due time first' })
  @queryParameters(deskQuery)
  @ApiOkResponse({ schema: openApiSchema(deskPageSchema, 'output') })
  @RequireScope('deals:read')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<DeskRunView>> {
    return this.desk.list(principal, parse(deskQuery, query));
  }

  @ApiOperation({ summary: 'How many open runs wait for whom' })
  @queryParameters(deskPeopleQuery)
  @ApiOkResponse({ schema: openApiSchema(deskPeopleSchema, 'output') })
  @RequireScope('deals:read')
  @Get('people')
  async people(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<DeskPersonView>> {
    const items = await this.desk.people(principal, parse(deskPeopleQuery, query));
    return { items, next: null };
  }
}
