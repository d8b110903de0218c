export { NotificationEntity } from './notifications.entity.ts';
export { NotificationsModule } from './notifications.module.ts';
export { adminsOf, notify, withdrawNotifications } from './notifications.repository.ts';
export type { NewNotification } from './notifications.repository.ts';
