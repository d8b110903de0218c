import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { forbidden } from '../../platform/errors/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { notificationView } from './notifications.dto.ts';
import type { ListNotifications, NotificationView, ReadResult } from './notifications.dto.ts';
import { listNotifications, markRead } from './notifications.repository.ts';

const cursorKeys = z.tuple([z.uuid()]);

/** Notifications are for people: everybody has their own and nobody sees another's. */
@Injectable()
export class NotificationsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(principal: Principal, query: ListNotifications): Promise<Page<NotificationView>> {
    onlyPeople(principal);
    const { limit, cursor, unread } = query;
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor)[0];
    const rows = await this.database.within({ tenantId: principal.tenantId }, (transaction) =>
      listNotifications(transaction, principal.tenantId, principal.id, unread, before, limit + 1),
    );
    const page = pageOf(rows, limit, ({ id }) => [id]);
    return { items: page.items.map(notificationView), next: page.next };
  }

  /** Marks some or all as read; ids that are not the caller's change nothing. */
  async read(principal: Principal, ids: readonly string[] | undefined): Promise<ReadResult> {
    onlyPeople(principal);
    const read = await this.database.within({ tenantId: principal.tenantId }, (transaction) =>
      markRead(transaction, principal.tenantId, principal.id, ids ?? null),
    );
    return { read };
  }
}

function onlyPeople(principal: Principal): void {
  if (principal.kind !== 'account') {
    throw forbidden(
      'Only people have notifications. A client follows events by webhook or subscription.',
    );
  }
}
