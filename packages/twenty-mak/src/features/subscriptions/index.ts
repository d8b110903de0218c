export { SubscriptionsModule } from './subscriptions.module.ts';
export { EventFollower } from './subscriptions.service.ts';
export { Watch } from './watch.ts';
