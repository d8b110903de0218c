import type { PipelineDefinition } from 'twenty-mak-domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** A pipeline of a tenant: its draft and which version new deals get. */
@Entity('pipeline')
@Index('pipeline_key', ['tenantId', 'key'], { unique: true })
@Index('pipeline_default', ['tenantId'], { unique: true, where: 'is_default' })
export class PipelineEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('text') key: string;
  @Column('text') title: string;
  @Column('boolean', { default: false }) isDefault: boolean;
  @Column('integer', { nullable: true }) currentVersion: number | null;
  @Column('jsonb', { nullable: true }) draft: PipelineDefinition | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' })
  createdAt: number;
  @InstantColumn({ default: () => 'now()' })
  updatedAt: number;
  @InstantColumn({ nullable: true })
  archivedAt: number | null;
}

/** One published version; it never changes, deals keep theirs until they are migrated. */
@Entity('pipeline_version')
@Index('pipeline_version_tenant', ['tenantId'])
export class PipelineVersionEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') pipelineId: string;
  @PrimaryColumn('integer') version: number;
  @Column('jsonb') definition: PipelineDefinition;
  @InstantColumn({ default: () => 'now()' })
  publishedAt: number;
  @Column('text', { nullable: true }) publishedBy: string | null;
}

/** The pipeline that deals of a source get when its events name none. */
@Entity('source_default')
export class SourceDefaultEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') source: string;
  @Column('uuid') pipelineId: string;
}
