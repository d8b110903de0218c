import { Module } from '@nestjs/common';
import { SubscriptionsModule } from '../subscriptions/index.ts';
import { OrderEventsController } from './order-events.controller.ts';
import { OrderFollower } from './order-events.follower.ts';
import { OrderEventsResolver } from './order-events.resolver.ts';
import { OrdersController } from './orders.controller.ts';
import { OrderRecords } from './orders.records.ts';
import { OrdersResolver } from './orders.resolver.ts';
import { OrdersService } from './orders.service.ts';

@Module({
  imports: [SubscriptionsModule],
  controllers: [OrdersController, OrderEventsController],
  providers: [OrderEventsResolver, OrderFollower, OrderRecords, OrdersResolver, OrdersService],
})
export class OrdersModule {}
