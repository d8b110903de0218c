import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import {
  openApiSchema,
  parse,
  queryParameters,
  uuidField,
} from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import {
  conflictPageSchema,
  conflictSchema,
  decideConflictSchema,
  listConflictsSchema,
} from './conflicts.dto.ts';
import type { ConflictView } from './conflicts.dto.ts';
import { ConflictsService } from './conflicts.service.ts';

const KEY = {
  name: 'key',
  schema: { type: 'string' },
  description: 'Key of the connector',
} as const;

@ApiTags('connectors')
@RequireScope('tenant:manage')
@Controller('v1/connectors/:key/conflicts')
export class ConflictsController {
  constructor(@Inject(ConflictsService) private readonly conflicts: ConflictsService) {}

  @ApiOperation({ summary: 'Conflicts on critical fields, newest first' })
  @ApiParam(KEY)
  @queryParameters(listConflictsSchema)
  @ApiOkResponse({ schema: openApiSchema(conflictPageSchema, 'output') })
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Query() query: unknown,
  ): Promise<Page<ConflictView>> {
    return this.conflicts.list(principal, key, parse(listConflictsSchema, query));
  }

  @ApiOperation({
    summary: 'Let the choice of the rule stand, or give both sides the other version',
  })
  @ApiParam(KEY)
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiBody({ schema: openApiSchema(decideConflictSchema) })
  @ApiOkResponse({ schema: openApiSchema(conflictSchema, 'output') })
  @HttpCode(200)
  @Post(':id/decide')
  decide(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<ConflictView> {
    const { winner } = parse(decideConflictSchema, body);
    return this.conflicts.decide(principal, key, parse(uuidField, id), winner);
  }
}
