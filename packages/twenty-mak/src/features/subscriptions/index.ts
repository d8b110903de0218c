export { SubscriptionsModule } from './subscriptions.module.ts';
export { Doorbell } from './doorbell.ts';
