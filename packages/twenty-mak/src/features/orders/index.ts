export { OrderEntity } from './orders.entity.ts';
export { Order } from './orders.model.ts';
export { OrdersModule } from './orders.module.ts';
