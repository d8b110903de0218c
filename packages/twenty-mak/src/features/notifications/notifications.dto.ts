import { formatInstant } from 'twenty-mak-domain';
import { z } from 'zod';
import { limitField, uuidField } from '../../platform/validation/index.ts';
import type { NotificationRow } from './notifications.repository.ts';

export const listNotificationsSchema = z.strictObject({
  unread: z.stringbool().default(false),
  limit: limitField,
  cursor: z.string().optional(),
});
export type ListNotifications = z.output<typeof listNotificationsSchema>;

export const readNotificationsSchema = z.strictObject({
  ids: z
    .array(uuidField)
    .min(1)
    .max(200)
    .optional()
    .describe('Without it all notifications of the account are read.'),
});

export const notificationSchema = z.object({
  id: z.uuid(),
  kind: z.string(),
  deal_id: z.uuid().nullable(),
  data: z.record(z.string(), z.json()),
  created_at: z.iso.datetime(),
  read_at: z.iso.datetime().nullable(),
});
export type NotificationView = z.output<typeof notificationSchema>;

export const notificationPageSchema = z.object({
  items: z.array(notificationSchema),
  next: z.string().nullable(),
  unread: z.int().describe('How many are unread; 100 means so many or more.'),
});
export type NotificationPage = z.output<typeof notificationPageSchema>;

export const readResultSchema = z.object({ read: z.int().describe('How many were unread.') });
export type ReadResult = z.output<typeof readResultSchema>;

/** A notification as the API shows it. */
export function notificationView(row: NotificationRow): NotificationView {
  return {
    ...row,
    data: row.data as NotificationView['data'],
    created_at: formatInstant(row.created_at),
    read_at: row.read_at === null ? null : formatInstant(row.read_at),
  };
}
