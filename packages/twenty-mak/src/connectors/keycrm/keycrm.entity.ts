import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** Somebody who is looked for in KeyCRM right now and made a buyer of, by a digest of an address or a number. */
@Entity('keycrm_buyer_turn')
export class KeyCrmBuyerTurnEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) digest: string;
  @Column('uuid') holder: string;
  /** Whoever has died holds nobody up for longer. */
  @InstantColumn() endsAt: number;
}

/** What KeyCRM told by a webhook, without what says who somebody is. */
@Entity('keycrm_message')
@Index('keycrm_message_once', ['tenantId', 'key'], { unique: true })
@Index('keycrm_message_listed', ['tenantId', 'id'])
@Index('keycrm_message_not_read', ['tenantId', 'id'], { where: "processing_status = 'error'" })
@Index('keycrm_message_age', ['receivedAt'])
export class KeyCrmMessageEntity {
  /** UUIDv7: in the order in which they came. */
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** A message that is repeated has the same one. */
  @Column({ type: 'text', collation: 'C' }) key: string;
  @Column('text') eventType: string;
  @Column('jsonb') payload: unknown;
  /** `processed` or `error` */
  @Column('text') processingStatus: string;
  @Column('text', { nullable: true }) errorMessage: string | null;
  @InstantColumn({ default: () => 'now()' }) receivedAt: number;
  @InstantColumn({ nullable: true }) processedAt: number | null;
}
