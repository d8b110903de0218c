import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, SignedIn } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse } from '../../platform/validation/index.ts';
import { listNotificationsSchema, readNotificationsSchema } from './notifications.dto.ts';
import {
  notificationModel,
  NotificationModel,
  NotificationPageModel,
} from './notifications.model.ts';
import { NotificationsService } from './notifications.service.ts';

@Resolver(() => NotificationModel)
export class NotificationsResolver {
  constructor(@Inject(NotificationsService) private readonly notifications: NotificationsService) {}

  @SignedIn()
  @Query(() => NotificationPageModel, {
    name: 'notifications',
    description: 'Own notifications, newest first',
  })
  async page(
    @CurrentPrincipal() principal: Principal,
    @Args('unread', { type: () => Boolean, nullable: true }) unread?: boolean,
    @Args('limit', { type: () => Int, nullable: true }) limit?: number,
    @Args('cursor', { type: () => String, nullable: true }) cursor?: string,
  ): Promise<NotificationPageModel> {
    const query = {
      unread: unread === true ? 'true' : 'false',
      limit: limit ?? undefined,
      cursor: cursor ?? undefined,
    };
    const page = await this.notifications.list(principal, parse(listNotificationsSchema, query));
    return { ...page, items: page.items.map(notificationModel) };
  }

  @SignedIn()
  @Mutation(() => Int, {
    description: 'Marks own notifications as read, all without `ids`; gives how many were unread',
  })
  async readNotifications(
    @CurrentPrincipal() principal: Principal,
    @Args('ids', { type: () => [ID], nullable: true }) ids?: string[],
  ): Promise<number> {
    const input = parse(readNotificationsSchema, { ids: ids ?? undefined });
    return (await this.notifications.read(principal, input.ids)).read;
  }
}
