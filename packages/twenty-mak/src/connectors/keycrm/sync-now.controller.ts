import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
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
  listMessagesQuery,
  messageAnswer,
  messagePageSchema,
  syncedListSchema,
  syncStatusSchema,
} from './keycrm.dto.ts';
import type { MessageAnswer, SyncedAnswer, SyncedName, SyncStatusAnswer } from './keycrm.dto.ts';
import { SyncNowService } from './sync-now.service.ts';

const STATUS = { schema: openApiSchema(syncStatusSchema, 'output') } as const;
const SYNCED = { status: 202, schema: openApiSchema(syncedListSchema, 'output') } as const;

interface SyncedList {
  readonly items: readonly SyncedAnswer[];
  readonly next: null;
}

/** Every answer says that a record waits; what became of it the next call tells, and the journal of the connector. */
@ApiTags('keycrm')
@RequireScope('tenant:manage')
@Controller('api/keycrm')
export class SyncNowController {
  constructor(@Inject(SyncNowService) private readonly sync: SyncNowService) {}

  @ApiOperation({ summary: 'Sync an order now' })
  @ApiResponse(SYNCED)
  @HttpCode(202)
  @Post('sync/orders/:id')
  order(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SyncedList> {
    return this.record(principal, 'orders', id);
  }

  @ApiOperation({ summary: 'Sync the contacts of a client now, or one of them' })
  @ApiResponse(SYNCED)
  @HttpCode(202)
  @Post('sync/customers/:id')
  customer(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SyncedList> {
    return this.record(principal, 'customers', id);
  }

  @ApiOperation({ summary: 'Sync an article with its price and stocks now' })
  @ApiResponse(SYNCED)
  @HttpCode(202)
  @Post('sync/articles/:id')
  article(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<SyncedList> {
    return this.record(principal, 'articles', id);
  }

  @ApiOperation({ summary: 'How the sync with KeyCRM is' })
  @ApiOkResponse(STATUS)
  @Get('sync/status')
  status(@CurrentPrincipal() principal: Principal): Promise<SyncStatusAnswer> {
    return this.sync.status(principal);
  }

  @ApiOperation({ summary: 'Compare all records with KeyCRM anew' })
  @ApiResponse({ status: 202, ...STATUS })
  @HttpCode(202)
  @Post('sync/full-resync')
  all(@CurrentPrincipal() principal: Principal): Promise<SyncStatusAnswer> {
    return this.sync.all(principal);
  }

  @ApiOperation({ summary: 'What KeyCRM told in the last 90 days, the newest first' })
  @queryParameters(listMessagesQuery)
  @ApiOkResponse({ schema: openApiSchema(messagePageSchema, 'output') })
  @Get('webhook-events')
  async messages(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<Page<MessageAnswer>> {
    const page = await this.sync.messages(principal, parse(listMessagesQuery, query));
    return { items: page.items.map(messageAnswer), next: page.next };
  }

  private async record(principal: Principal, name: SyncedName, id: string): Promise<SyncedList> {
    return { items: await this.sync.record(principal, name, parse(uuidField, id)), next: null };
  }
}
