import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** Sums over facts by pipeline and day; `figures.ts` says what each figure holds. */
@Entity('rollup')
export class RollupEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') pipelineId: string;
  /** `day` or `month`. */
  @PrimaryColumn('text', { collation: 'C', default: 'day' }) grain: string;
  @PrimaryColumn('text', { collation: 'C' }) figure: string;
  /** Of the tenant's time zone; the first of a month. */
  @PrimaryColumn('date') day: string;
  @PrimaryColumn('text', { collation: 'C' }) subject: string;
  @PrimaryColumn('text', { collation: 'C', default: '' }) detail: string;
  @PrimaryColumn('text', { collation: 'C', default: '' }) currency: string;
  @Column('bigint') n: number;
  /** Sums of amounts that each fill a bigint; read as text. */
  @Column('numeric') total: string;
}

/** By which rules and in which time zone the rollups of a tenant were built. */
@Entity('rollup_build')
export class RollupBuildEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @Column('integer') rules: number;
  @Column('text') timeZone: string;
  @InstantColumn({ default: () => 'now()' }) builtAt: number;
}
