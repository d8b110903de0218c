import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** Something that one account should know. Ids only; the page makes the text of it. */
@Entity('notification')
@Index('notification_account', ['tenantId', 'accountId', 'id'])
@Index('notification_deal', ['tenantId', 'dealId'])
@Index('notification_unread', ['tenantId', 'accountId'], { where: 'read_at IS NULL' })
export class NotificationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') accountId: string;
  /** E.g. `sla.breached`, `task.assigned` or `auction.outbid`. */
  @Column('text') kind: string;
  @Column('uuid', { nullable: true }) dealId: string | null;
  @Column('jsonb', { default: {} }) data: Record<string, unknown>;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ nullable: true }) readAt: number | null;
}
