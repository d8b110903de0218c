import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { auditPageSchema, listAuditSchema } from './audit.dto.ts';
import type { AuditEntryView } from './audit.dto.ts';
import { AuditService } from './audit.service.ts';

const text = { required: false, schema: { type: 'string' } } as const;

@ApiTags('audit')
@Controller('v1/audit')
export class AuditController {
  constructor(@Inject(AuditService) private readonly audit: AuditService) {}

  @ApiOperation({ summary: 'Changes and reads of personal data, newest first' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', ...text })
  @ApiQuery({ name: 'entity', ...text })
  @ApiQuery({ name: 'entity_id', ...text })
  @ApiQuery({ name: 'actor_id', ...text })
  @ApiQuery({ name: 'action', ...text })
  @ApiQuery({ name: 'since', required: false, schema: { type: 'string', format: 'date-time' } })
  @ApiQuery({ name: 'until', required: false, schema: { type: 'string', format: 'date-time' } })
  @ApiOkResponse({ schema: openApiSchema(auditPageSchema, 'output') })
  @RequireScope('audit:read')
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<AuditEntryView>> {
    return this.audit.list(principal, parse(listAuditSchema, query));
  }
}
