import { Module } from '@nestjs/common';
import { SubscriptionsResolver } from './subscriptions.resolver.ts';
import { EventFollower } from './subscriptions.service.ts';

@Module({ providers: [EventFollower, SubscriptionsResolver] })
export class SubscriptionsModule {}
