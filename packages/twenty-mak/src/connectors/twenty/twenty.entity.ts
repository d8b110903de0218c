import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** What twenty told by a webhook, as it came; kept for a week. */
@Entity('twenty_message')
@Index('twenty_message_once', ['tenantId', 'signature'], { unique: true })
@Index('twenty_message_unread', ['tenantId', 'id'], { where: 'read_at IS NULL' })
@Index('twenty_message_age', ['receivedAt'])
export class TwentyMessageEntity {
  /** UUIDv7: in the order in which they came. */
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** A message that is repeated has the same one. */
  @Column({ type: 'text', collation: 'C' }) signature: string;
  @Column('text') body: string;
  @InstantColumn({ default: () => 'now()' }) receivedAt: number;
  @InstantColumn({ nullable: true }) readAt: number | null;
}
