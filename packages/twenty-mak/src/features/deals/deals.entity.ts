import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** One MasterDeal. Only the fold writes it; see features/events. */
@Entity('deal')
@Index('deal_owner', ['tenantId', 'ownerId', 'stageStartedAt', 'id'])
@Index('deal_client', ['tenantId', 'clientId', 'stageStartedAt', 'id'], {
  where: 'client_id IS NOT NULL',
})
@Index('deal_due', ['tenantId', 'slaDueAt', 'id'], { where: 'sla_due_at IS NOT NULL' })
@Index('deal_archived', ['tenantId', 'archivedAt', 'id'], { where: 'archived_at IS NOT NULL' })
@Index('deal_merged', ['tenantId', 'mergedInto'], { where: 'merged_into IS NOT NULL' })
export class DealEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') pipelineId: string;
  @Column('integer') pipelineVersion: number;
  @Column('text', { nullable: true }) name: string | null;
  @Column('text', { nullable: true }) clientId: string | null;
  @Column('text') stage: string;
  @InstantColumn() stageStartedAt: number;
  @Column('text', { nullable: true }) businessStage: string | null;
  @Column('jsonb') gates: Record<string, boolean>;
  @Column('text', { array: true, default: [] }) missingGates: string[];
  @Column('jsonb') domainStages: Record<string, string>;
  /** Minor units of `currency`. */
  @Column('bigint', { nullable: true }) amount: number | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('text', { nullable: true }) ownerId: string | null;
  @Column('jsonb', { default: {} }) responsible: Record<string, string>;
  @Column('jsonb', { default: {} }) attributes: Record<string, unknown>;
  @InstantColumn({ nullable: true }) slaDueAt: number | null;
  @Column('text', { nullable: true }) outcome: string | null;
  @InstantColumn({ nullable: true }) closedAt: number | null;
  @InstantColumn({ nullable: true }) archivedAt: number | null;
  @Column('uuid', { nullable: true }) mergedInto: string | null;
  @Column('text', { nullable: true }) parkedReason: string | null;
  /** The highest stage it has been in; null until the first build of an older installation. */
  @Column('text', { nullable: true }) reachedStage: string | null;
  /** What a fold needs to go on; no query asks for it. */
  @Column('jsonb') state: Record<string, unknown>;
  /** What the world was last told. */
  @Column('jsonb') published: Record<string, unknown>;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn() createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** A record of an outer system that stands for the deal. */
@Entity('deal_ref')
@Index('deal_ref_deal', ['dealId'])
export class DealRefEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) system: string;
  @PrimaryColumn('text', { collation: 'C' }) externalId: string;
  @Column('uuid') dealId: string;
}

/** What a search for text looks at. */
@Entity('deal_search')
export class DealSearchEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') dealId: string;
  @Column('text') text: string;
}

/** A change of the stage, in fold order. */
@Entity('stage_change')
export class StageChangeEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') dealId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('text') fromStage: string;
  @Column('text') toStage: string;
  @Column('text') reason: string;
  @InstantColumn() occurredAt: number;
  @Column({ type: 'text', collation: 'C' }) source: string;
  @Column({ type: 'text', collation: 'C' }) eventId: string;
}

/** A change of a gate, in fold order. */
@Entity('gate_change')
export class GateChangeEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') dealId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('text') gate: string;
  @Column('boolean') status: boolean;
  @InstantColumn() occurredAt: number;
  @Column({ type: 'text', collation: 'C' }) source: string;
  @Column({ type: 'text', collation: 'C' }) eventId: string;
}

/** History and runs as they were before a migration or a merge. */
@Entity('deal_archive')
@Index('deal_archive_deal', ['tenantId', 'dealId'])
export class DealArchiveEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') dealId: string;
  @Column('uuid') pipelineId: string;
  @Column('integer') pipelineVersion: number;
  @Column('text') reason: string;
  @InstantColumn({ default: () => 'now()' }) archivedAt: number;
  @Column('jsonb') history: Record<string, unknown>;
}

/** Deals and sums by stage and business stage, without archived deals; moved by the transaction that moves the deals. */
@Entity('stage_counter')
export class StageCounterEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') pipelineId: string;
  @PrimaryColumn('text') stage: string;
  /** Empty when deals have none. */
  @PrimaryColumn('text') businessStage: string;
  /** Empty when deals have none. */
  @PrimaryColumn('text') currency: string;
  @Column('bigint') deals: number;
  /** A sum of amounts that each fill a bigint; read as text. */
  @Column('numeric') amount: string;
}
