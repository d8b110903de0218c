import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** Something a person should do, e.g. about a missed target. */
@Entity('task')
@Index('task_subject', ['tenantId', 'kind', 'subject'], { unique: true, where: "status = 'open'" })
@Index('task_assignee', ['tenantId', 'assigneeId', 'status', 'id'])
@Index('task_status', ['tenantId', 'status', 'id'])
export class TaskEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid', { nullable: true }) dealId: string | null;
  /** `sla_breach`, or `manual` for what a person has made in a connected system. */
  @Column('text') kind: string;
  /** What it is about; of one kind and subject only one task is open. */
  @Column('text') subject: string;
  @Column('text') title: string;
  /** Null: any admin. */
  @Column('uuid', { nullable: true }) assigneeId: string | null;
  @InstantColumn({ nullable: true }) dueAt: number | null;
  /** `open`, `done` or `cancelled`. */
  @Column('text', { default: 'open' }) status: string;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ nullable: true }) closedAt: number | null;
}
