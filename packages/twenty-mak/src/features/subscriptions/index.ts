export { SubscriptionsModule } from './subscriptions.module.ts';
export { Watch } from './watch.ts';
