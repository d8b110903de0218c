import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { openApiSchema, parse } from '../../platform/validation/index.ts';
import {
  listNotificationsSchema,
  notificationPageSchema,
  readNotificationsSchema,
  readResultSchema,
} from './notifications.dto.ts';
import type { NotificationPage, ReadResult } from './notifications.dto.ts';
import { NotificationsService } from './notifications.service.ts';

@ApiTags('notifications')
@Controller('v1/notifications')
export class NotificationsController {
  constructor(@Inject(NotificationsService) private readonly notifications: NotificationsService) {}

  @ApiOperation({ summary: 'Own notifications, newest first' })
  @ApiQuery({ name: 'unread', required: false, schema: { type: 'boolean' } })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer', maximum: 200 } })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiOkResponse({ schema: openApiSchema(notificationPageSchema, 'output') })
  @SignedIn()
  @Get()
  list(
    @CurrentPrincipal() principal: Principal,
    @Query() query: unknown,
  ): Promise<NotificationPage> {
    return this.notifications.list(principal, parse(listNotificationsSchema, query));
  }

  @ApiOperation({ summary: 'Mark own notifications as read' })
  @ApiBody({ schema: openApiSchema(readNotificationsSchema) })
  @ApiOkResponse({ schema: openApiSchema(readResultSchema, 'output') })
  @SignedIn()
  @HttpCode(200)
  @Post('read')
  read(@CurrentPrincipal() principal: Principal, @Body() body: unknown): Promise<ReadResult> {
    return this.notifications.read(principal, parse(readNotificationsSchema, body ?? {}).ids);
  }
}
