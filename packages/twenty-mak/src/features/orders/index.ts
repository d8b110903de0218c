export { OrderEntity } from './orders.entity.ts';
export { OrdersModule } from './orders.module.ts';
