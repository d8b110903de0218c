import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** What a client buys. Who the client is stands with the client alone. */
@Entity('sales_order')
@Index('sales_order_number', ['tenantId', 'number'], { unique: true })
@Index('sales_order_ordered', ['tenantId', 'orderedAt', 'id'])
@Index('sales_order_client', ['tenantId', 'clientId', 'orderedAt', 'id'])
export class OrderEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('text') number: string;
  /** A key of the client, as it was given. */
  @Column('text') clientId: string;
  @Column('text') status: string;
  @Column('text') currency: string;
  /** `[{sku, name, quantity, price, discount, properties}]` */
  @Column('jsonb') lines: unknown;
  @Column('bigint') discount: number;
  @Column('bigint') shippingPrice: number;
  /** `[{id, amount, state, method, description, at}]`; instants in milliseconds. */
  @Column('jsonb') payments: unknown;
  @Column('bigint') total: number;
  @Column('bigint') paid: number;
  @Column('text') paymentStatus: string;
  @Column('text', { nullable: true }) comment: string | null;
  @Column('text', { nullable: true }) carrier: string | null;
  @Column('text', { nullable: true }) trackingCode: string | null;
  @InstantColumn() orderedAt: number;
  @InstantColumn({ nullable: true }) closedAt: number | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}
