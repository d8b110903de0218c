export { NotificationEntity } from './notifications.entity.ts';
export { NotificationsModule } from './notifications.module.ts';
export { withdrawNotifications } from './notifications.repository.ts';
