import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** One migration of a pipeline's deals, with how far it came: a worker that dies is followed by one that goes on. */
@Entity('pipeline_migration')
@Index('pipeline_migration_running', ['pipelineId'], {
  unique: true,
  where: "status = 'running'",
})
@Index('pipeline_migration_recent', ['tenantId', 'pipelineId', 'createdAt'])
export class PipelineMigrationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') pipelineId: string;
  /** Null: deals of every older version. */
  @Column('integer', { nullable: true }) fromVersion: number | null;
  @Column('integer') toVersion: number;
  @Column('text', { default: 'running' }) status: string;
  /** Deals to migrate when it began. */
  @Column('integer') deals: number;
  @Column('integer', { default: 0 }) done: number;
  /** Deals whose stage changed. */
  @Column('integer', { default: 0 }) moved: number;
  @Column('uuid', { nullable: true }) afterDeal: string | null;
  @Column('text') createdBy: string;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
  @InstantColumn({ nullable: true }) finishedAt: number | null;
}
