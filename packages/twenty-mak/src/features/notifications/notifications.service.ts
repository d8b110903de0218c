import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { forbidden } from '../../platform/errors/index.ts';
import { pageOf, readCursor } from '../../platform/validation/index.ts';
import { notificationView } from './notifications.dto.ts';
import type { ListNotifications, NotificationPage, ReadResult } from './notifications.dto.ts';
import { countUnread, listNotifications, markRead } from './notifications.repository.ts';

/** Nobody reads more exactly how many they have not read. */
const MOST_COUNTED = 100;
const cursorKeys = z.tuple([z.uuid()]);

/** Notifications are for people: everybody has their own and nobody sees another's. */
@Injectable()
export class NotificationsService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Newest first, with how many are unread at all. */
  async list(principal: Principal, query: ListNotifications): Promise<NotificationPage> {
    onlyPeople(principal);
    const { tenantId, id } = principal;
    const { limit, cursor, unread } = query;
    const before = cursor === undefined ? null : readCursor(cursorKeys, cursor)[0];
    return this.database.within(scopeOf(principal), async (transaction) => {
      const rows = await listNotifications(transaction, tenantId, id, unread, before, limit + 1);
      const page = pageOf(rows, limit, (row) => [row.id]);
      return {
        items: page.items.map(notificationView),
        next: page.next,
        unread: await countUnread(transaction, tenantId, id, MOST_COUNTED),
      };
    });
  }

  /** Marks some or all as read; ids that are not the caller's change nothing. */
  async read(principal: Principal, ids: readonly string[] | undefined): Promise<ReadResult> {
    onlyPeople(principal);
    const read = await this.database.within(scopeOf(principal), (transaction) =>
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
