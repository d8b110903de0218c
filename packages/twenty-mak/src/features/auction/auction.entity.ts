import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** How a tenant's auction works; without a row as we ship it. */
@Entity('lot_rule')
export class LotRuleEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @Column('jsonb') rules: unknown;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** Leads that are offered together. What is offered never changes; the state is what its bids have left. */
@Entity('lot')
@Index('lot_open', ['tenantId', 'endsAt', 'id'], { where: 'outcome IS NULL' })
@Index('lot_closed', ['tenantId', 'closedAt', 'id'], { where: 'outcome IS NOT NULL' })
@Index('lot_seller', ['tenantId', 'sellerId', 'id'])
@Index('lot_winner', ['tenantId', 'winnerId', 'closedAt', 'id'], { where: 'winner_id IS NOT NULL' })
export class LotEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** Head account of the partner who brought the leads, or the tenant for its head office. */
  @Column('uuid') sellerId: string;
  /** `ascending`, `sealed` or `descending`. */
  @Column('text') kind: string;
  @Column('jsonb') terms: unknown;
  @Column('text') currency: string;
  @InstantColumn() opensAt: number;
  @InstantColumn() plannedEnd: number;
  @Column('integer') leads: number;
  @Column('text', { array: true, default: [] }) cities: string[];
  @Column('text', { array: true, default: [] }) niches: string[];
  @Column('text', { array: true, default: [] }) sources: string[];
  /** A bid may end it. */
  @Column('boolean') sellsAtOnce: boolean;
  /** How often its leads had been offered again before. */
  @Column('integer', { default: 0 }) relisted: number;
  @Column('uuid', { nullable: true }) relistOf: string | null;
  @Column('text') createdBy: string;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @Column('integer', { default: 0 }) seq: number;
  @InstantColumn({ nullable: true }) lastAt: number | null;
  @InstantColumn() endsAt: number;
  @Column('integer', { default: 0 }) extensions: number;
  @Column('uuid', { nullable: true }) leaderId: string | null;
  /** What the leader has bid; null for sealed lots. */
  @Column('bigint', { nullable: true }) price: number | null;
  /** `sold`, `unsold` or `withdrawn`. */
  @Column('text', { nullable: true }) outcome: string | null;
  /** `no_bids`, `reserve_not_met`, or of a withdrawn lot `seller` or `consent`. */
  @Column('text', { nullable: true }) unsoldReason: string | null;
  @Column('uuid', { nullable: true }) winnerId: string | null;
  @Column('integer', { nullable: true }) winningSeq: number | null;
  @Column('bigint', { nullable: true }) finalPrice: number | null;
  @InstantColumn({ nullable: true }) closedAt: number | null;
  /** What became of an unsold lot: `relist`, `assign` or `head_office`. */
  @Column('text', { nullable: true }) nextStep: string | null;
}

/** A lead of a lot, as far as it may be seen. */
@Entity('lot_lead')
@Index('lot_lead_lead', ['tenantId', 'leadId'])
@Index('lot_lead_assigned', ['tenantId', 'assignedTo', 'assignedAt'], {
  where: 'assigned_to IS NOT NULL',
})
export class LotLeadEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') lotId: string;
  @PrimaryColumn('uuid') leadId: string;
  @Column('integer') place: number;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text', { nullable: true }) niche: string | null;
  @Column('text') source: string;
  @Column('bigint', { nullable: true }) amount: number | null;
  @Column('integer', { nullable: true }) score: number | null;
  @InstantColumn() leadCreatedAt: number;
  /** Its share of what the lot was sold for. */
  @Column('bigint', { nullable: true }) price: number | null;
  /** Who was given it free of charge because nobody bought it. */
  @Column('uuid', { nullable: true }) assignedTo: string | null;
  @InstantColumn({ nullable: true }) assignedAt: number | null;
}

/** A person who wants to hear of a lot. */
@Entity('lot_follower')
@Index('lot_follower_lot', ['lotId'])
export class LotFollowerEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') accountId: string;
  @PrimaryColumn('uuid') lotId: string;
}

/** What people have been told of a lot, so that they are told once. */
@Entity('lot_notice')
@Index('lot_notice_open', ['tenantId'], { where: 'NOT finished' })
export class LotNoticeEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') lotId: string;
  /** Bids up to this one have been told of. */
  @Column('integer', { default: 0 }) toldSeq: number;
  @InstantColumn({ nullable: true }) toldAt: number | null;
  @Column('boolean', { default: false }) offered: boolean;
  @Column('boolean', { default: false }) ending: boolean;
  @Column('boolean', { default: false }) finished: boolean;
}

/** A bid that counts. The bids of a lot are its history: written once, never changed. */
@Entity('bid')
@Index('bid_key', ['bidderId', 'lotId', 'key'], { unique: true })
export class BidEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') lotId: string;
  @PrimaryColumn('integer') seq: number;
  @Column('uuid') bidderId: string;
  @Column({ type: 'text', collation: 'C' }) key: string;
  @Column('bigint') offered: number;
  @Column('bigint') amount: number;
  @InstantColumn() at: number;
  @InstantColumn() endsAt: number;
  @Column('integer') extensions: number;
  /** Account or client that sent it. */
  @Column('uuid') placedBy: string;
}

/** An offer that was refused, and why. */
@Entity('bid_answer')
export class BidAnswerEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') bidderId: string;
  @PrimaryColumn('uuid') lotId: string;
  @PrimaryColumn('text', { collation: 'C' }) key: string;
  @Column('bigint') amount: number;
  @Column('text') code: string;
  @Column('text') reason: string;
  @Column('text', { nullable: true }) field: string | null;
  @InstantColumn() at: number;
}

/** A bought lead that its buyer wants to give back. */
@Entity('lead_return')
@Index('lead_return_lead', ['lotId', 'leadId'], { unique: true })
@Index('lead_return_recent', ['tenantId', 'id'])
export class LeadReturnEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') lotId: string;
  @Column('uuid') leadId: string;
  @Column('uuid') buyerId: string;
  @Column('uuid') sellerId: string;
  @Column('bigint') price: number;
  @Column('text') currency: string;
  @InstantColumn() boughtAt: number;
  @Column('uuid') requestedBy: string;
  @Column('text') reason: string;
  @Column('text') comment: string;
  @InstantColumn() requestedAt: number;
  /** `accepted` or `rejected`; null until it is decided. */
  @Column('text', { nullable: true }) verdict: string | null;
  @Column('uuid', { nullable: true }) arbiterId: string | null;
  @Column('text', { nullable: true }) note: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
}
