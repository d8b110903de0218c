import { Inject, Module } from '@nestjs/common';
import { RecordFeed } from '../../platform/records/index.ts';
import { Erasures, PersonsModule } from '../persons/index.ts';
import { SubscriptionsModule } from '../subscriptions/index.ts';
import { presentOf } from '../tenants/index.ts';
import { ContactEventsResolver } from './contact-events.resolver.ts';
import { eraseOrdersOf } from './order-erasure.repository.ts';
import { OrderEventsController } from './order-events.controller.ts';
import { OrderFollower } from './order-events.follower.ts';
import { OrderEventsResolver } from './order-events.resolver.ts';
import { announceOrder } from './order-events.ts';
import { OrdersController } from './orders.controller.ts';
import { OrderRecords } from './orders.records.ts';
import { OrdersResolver } from './orders.resolver.ts';
import { OrdersService } from './orders.service.ts';

@Module({
  imports: [PersonsModule, SubscriptionsModule],
  controllers: [OrdersController, OrderEventsController],
  providers: [
    ContactEventsResolver,
    OrderEventsResolver,
    OrderFollower,
    OrderRecords,
    OrdersResolver,
    OrdersService,
  ],
})
export class OrdersModule {
  constructor(@Inject(Erasures) erasures: Erasures, @Inject(RecordFeed) feed: RecordFeed) {
    erasures.add('order', async (tx, tenantId, keyIds) => {
      const orders = await eraseOrdersOf(tx, tenantId, keyIds);
      if (orders.length === 0) return;
      const now = await presentOf(tx, tenantId);
      for (const { had_comment, had_descriptions, ...order } of orders) {
        const fields = [
          ...(had_comment ? ['comment'] : []),
          ...(had_descriptions ? ['payments'] : []),
        ];
        announceOrder(tx, tenantId, order, { type: 'order.changed', fields }, now);
      }
      // What other systems have of it goes too.
      const emptied = orders.filter((order) => order.had_comment);
      feed.changed(
        tx,
        tenantId,
        'order',
        emptied.map(({ id }) => ({ id, urgency: 'person', fields: ['comment'] })),
      );
    });
  }
}
