import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse, queryParameters } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { listMessagesSchema, messagePageSchema } from './messages.dto.ts';
import type { MessageView } from './messages.dto.ts';
import { SyncMessages } from './messages.ts';

@ApiTags('connectors')
@RequireScope('tenant:manage')
@Controller('v1/connectors/:key/messages')
export class MessagesController {
  constructor(@Inject(SyncMessages) private readonly messages: SyncMessages) {}

  @ApiOperation({ summary: 'What the other system told by webhooks, newest first' })
  @ApiParam({ name: 'key', schema: { type: 'string' }, description: 'Key of the connector' })
  @queryParameters(listMessagesSchema)
  @ApiOkResponse({ schema: openApiSchema(messagePageSchema, 'output') })
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('key') key: string,
    @Query() query: unknown,
  ): Promise<Page<MessageView>> {
    return this.messages.list(principal, key, parse(listMessagesSchema, query));
  }
}
