import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** How the columns of a kind of file become records. */
@Entity('file_import_profile')
@Index('file_import_profile_name', ['tenantId', 'target', 'companyId', 'name'], { unique: true })
export class ImportProfileEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Of what records. */
  @Column('text') target: string;
  /** Head account of the company that it belongs to; null for the head office. */
  @Column('uuid', { nullable: true }) companyId: string | null;
  @Column('text') name: string;
  @Column('jsonb') profile: unknown;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** One uploaded file and what has become of it. */
@Entity('file_import')
@Index('file_import_created', ['tenantId', 'target', 'createdAt', 'id'])
@Index('file_import_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
export class FileImportEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** What its rows become. */
  @Column('text') target: string;
  @Column('uuid', { nullable: true }) companyId: string | null;
  @Column('text') uploadedBy: string;
  @Column('jsonb', { nullable: true }) startedBy: unknown;
  @Column('text') fileName: string;
  @Column('text') format: string;
  @Column('bigint') size: number;
  @Column('text', { nullable: true }) encoding: string | null;
  @Column('text', { nullable: true }) separator: string | null;
  @Column('text', { nullable: true }) sheet: string | null;
  /** Names of the columns, since a check or an import has begun. */
  @Column('jsonb', { nullable: true }) columns: unknown;
  @Column('text') status: string;
  @Column('jsonb', { nullable: true }) profile: unknown;
  @Column('integer', { default: 0 }) positionRow: number;
  @Column('text', { nullable: true }) positionDigest: string | null;
  @Column('real', { default: 0 }) progress: number;
  @Column('jsonb', { nullable: true }) counts: unknown;
  /** Sealed: errors name what stands in cells. */
  @Column('bytea', { nullable: true }) report: Buffer | null;
  @Column('jsonb', { nullable: true }) forecastCounts: unknown;
  @Column('bytea', { nullable: true }) forecast: Buffer | null;
  @Column('jsonb', { nullable: true }) failure: unknown;
  /** The run that alone may go on. */
  @Column('uuid', { nullable: true }) runner: string | null;
  /** When a worker has to look at it next. */
  @InstantColumn({ nullable: true }) dueAt: number | null;
  @InstantColumn({ nullable: true }) startedAt: number | null;
  @InstantColumn({ nullable: true }) endedAt: number | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** Rows of one batch that were not taken in, sealed. */
@Entity('file_import_reject')
export class ImportRejectEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') importId: string;
  @PrimaryColumn('integer') firstRow: number;
  @Column('integer') rows: number;
  @Column('bytea') box: Buffer;
}
