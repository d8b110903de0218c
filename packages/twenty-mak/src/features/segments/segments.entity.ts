import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** A filter that somebody has saved. */
@Entity('segment')
@Index('segment_owner', ['tenantId', 'entity', 'ownerId'])
export class SegmentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** What kind of records it is of. */
  @Column('text') entity: string;
  @Column('text') ownerId: string;
  /** Company of the owner; null for the head office. */
  @Column('uuid', { nullable: true }) companyId: string | null;
  @Column('text') name: string;
  @Column('jsonb') filter: unknown;
  @Column('boolean', { default: false }) shared: boolean;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}
