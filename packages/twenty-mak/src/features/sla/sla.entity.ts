import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** One run of a timer of a deal, identified by the event that opened it. */
@Entity('sla_run')
@Index('sla_run_sweep', ['tenantId', 'dueAt'], {
  where: 'closed_at IS NULL AND NOT breach_published',
})
@Index('sla_run_breached', ['tenantId', 'dealId'], { where: 'breach_published' })
export class SlaRunEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') dealId: string;
  @PrimaryColumn('text', { collation: 'C' }) timer: string;
  @PrimaryColumn('text', { collation: 'C' }) openedSource: string;
  @PrimaryColumn('text', { collation: 'C' }) openedEventId: string;
  @InstantColumn() openedAt: number;
  @InstantColumn() dueAt: number;
  @InstantColumn({ nullable: true }) closedAt: number | null;
  /** `met` or `cancelled`; null while it is open. */
  @Column('text', { nullable: true }) closedAs: string | null;
  /** Working time from opening to end, on the calendar of the timer; null while it is open. */
  @Column('bigint', { nullable: true }) workedMs: number | null;
  /** The world was last told that it is breached. */
  @Column('boolean', { default: false }) breachPublished: boolean;
  @InstantColumn({ nullable: true }) acknowledgedAt: number | null;
  @Column('uuid', { nullable: true }) acknowledgedBy: string | null;
}
