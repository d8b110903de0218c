import { Module } from '@nestjs/common';
import { SubscriptionsResolver } from './subscriptions.resolver.ts';
import { ChangeFollower } from './deal-changes.ts';
import { EventFollower } from './subscriptions.service.ts';

@Module({
  providers: [EventFollower, ChangeFollower, SubscriptionsResolver],
  exports: [EventFollower],
})
export class SubscriptionsModule {}
