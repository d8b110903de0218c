import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

const KEPT = { where: 'merged_into IS NULL' };

/** A lead without who it is. City and niche are keys of the tenant's lists, so that nobody can write a contact into them. */
@Entity('lead')
@Index('lead_created', ['tenantId', 'createdAt', 'id'], KEPT)
@Index('lead_status', ['tenantId', 'status', 'createdAt', 'id'], KEPT)
@Index('lead_partner', ['tenantId', 'partnerId', 'createdAt', 'id'], {
  where: 'partner_id IS NOT NULL',
})
@Index('lead_buyer', ['tenantId', 'buyerId', 'createdAt', 'id'], { where: 'buyer_id IS NOT NULL' })
@Index('lead_lot', ['lotId'], { where: 'lot_id IS NOT NULL' })
@Index('lead_deal', ['dealId'], { where: 'deal_id IS NOT NULL' })
@Index('lead_unlisted', ['tenantId'], { where: 'unlisted' })
@Index('lead_compare', ['tenantId', 'compareAt'], { where: 'compare_at IS NOT NULL' })
@Index('lead_repair', ['tenantId', 'repairAt'], { where: 'repair_at IS NOT NULL' })
export class LeadEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('text') status: string;
  @Column('text') kind: string;
  /** Number of the last entry of its history. */
  @Column('integer') statusNumber: number;
  @InstantColumn() statusSince: number;
  @Column('text', { nullable: true }) title: string | null;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text', { nullable: true }) niche: string | null;
  @Column('text', { nullable: true }) legalForm: string | null;
  @Column('text') source: string;
  @Column('text', { nullable: true }) handling: string | null;
  /** Minor units. */
  @Column('bigint', { nullable: true }) amount: number | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('smallint', { nullable: true }) score: number | null;
  /** Account of the head office. */
  @Column('uuid', { nullable: true }) responsibleId: string | null;
  /** Head account of the company that brought it first. */
  @Column('uuid', { nullable: true }) partnerId: string | null;
  /** Head account of the company that has bought it and has it now. */
  @Column('uuid', { nullable: true }) buyerId: string | null;
  @Column('uuid', { nullable: true }) lotId: string | null;
  @Column('uuid', { nullable: true }) dealId: string | null;
  /** The answer that holds; null while nobody has asked. */
  @Column('text', { nullable: true }) consent: string | null;
  @InstantColumn({ nullable: true }) consentAt: number | null;
  /** Whether somebody has to decide whether it is another lead. */
  @Column('boolean', { default: false }) duplicate: boolean;
  /** Whether a city or niche was written that the lists do not have. */
  @Column('boolean', { default: false }) unlisted: boolean;
  @Column('uuid', { nullable: true }) mergedInto: string | null;
  /** Who brought it first, if that was a lead that was merged into this one. */
  @Column('jsonb', { nullable: true }) origin: unknown;
  /** When fields were set last. */
  @Column('jsonb', { default: {} }) stamps: Record<string, number>;
  /** Since when its name waits to be compared with others. */
  @InstantColumn({ nullable: true }) compareAt: number | null;
  /** Since when something waits that earlier releases have not done to it. */
  @InstantColumn({ nullable: true }) repairAt: number | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn() createdAt: number;
  @InstantColumn() updatedAt: number;
}

/** Who a lead is, sealed with a key of its own. */
@Entity('lead_contact')
@Index('lead_contact_key', ['keyId'])
export class LeadContactEntity {
  @PrimaryColumn('uuid') leadId: string;
  @Column('uuid') tenantId: string;
  @Column('jsonb') contact: unknown;
  @Column('uuid') keyId: string;
  /** What a file said that no field is for. Seen by who sees the contact. */
  @Column('jsonb', { default: {} }) attributes: Record<string, string>;
}

/** What a lead is found by: secret digests of numbers, addresses and the name. */
@Entity('lead_key')
@Index('lead_key_lead', ['leadId'])
export class LeadKeyEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') digest: string;
  @PrimaryColumn('uuid') leadId: string;
  @Column('text') way: string;
}

/** Parts of name and city, as digests: leads that share one are worth a comparison. */
@Entity('lead_block')
@Index('lead_block_lead', ['leadId'])
export class LeadBlockEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') digest: string;
  @PrimaryColumn('uuid') leadId: string;
}

/** What outer systems call a lead. */
@Entity('lead_ref')
@Index('lead_ref_lead', ['leadId'])
export class LeadRefEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) system: string;
  @PrimaryColumn('text', { collation: 'C' }) ref: string;
  @Column('uuid') leadId: string;
}

/** The history of a lead, and of those that were merged into it. */
@Entity('lead_status_change')
@Index('lead_status_change_lead', ['leadId', 'at'])
export class LeadStatusChangeEntity {
  @PrimaryColumn('uuid') tenantId: string;
  /** The lead that had the change. */
  @PrimaryColumn('uuid') ofLead: string;
  @PrimaryColumn('integer') number: number;
  /** The lead that it was merged into since, or the same. */
  @Column('uuid') leadId: string;
  @Column('text', { nullable: true }) fromStatus: string | null;
  @Column('text') toStatus: string;
  @Column('text') kind: string;
  @InstantColumn() at: number;
  @Column('text') mover: string;
  @Column('text', { nullable: true }) actorId: string | null;
  @Column('text', { nullable: true }) reason: string | null;
}

/** A correction of who brought a lead, of its own or of one that was merged into it. For the head office. */
@Entity('lead_origin_change')
@Index('lead_origin_change_lead', ['tenantId', 'leadId', 'at'])
export class LeadOriginChangeEntity {
  @PrimaryColumn('uuid') tenantId: string;
  /** The lead that had the change. */
  @PrimaryColumn('uuid') ofLead: string;
  /** Of that lead, after the change. */
  @PrimaryColumn('integer') version: number;
  /** The lead that it was merged into since, or the same. */
  @Column('uuid') leadId: string;
  @Column('text') fromSource: string;
  @Column('text') toSource: string;
  @Column('uuid', { nullable: true }) fromPartner: string | null;
  @Column('uuid', { nullable: true }) toPartner: string | null;
  @InstantColumn() at: number;
  @Column('text') actorId: string;
}

@Entity('lead_comment')
@Index('lead_comment_lead', ['leadId', 'createdAt'])
export class LeadCommentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') leadId: string;
  @Column('text') authorKind: string;
  @Column('text') authorId: string;
  @Column('text') text: string;
  @InstantColumn() createdAt: number;
}

@Entity('lead_consent')
@Index('lead_consent_lead', ['leadId', 'recordedAt'])
export class LeadConsentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') leadId: string;
  @Column('text') answer: string;
  @InstantColumn() at: number;
  @Column('text') evidence: string;
  @Column('text') recordedBy: string;
  @InstantColumn() recordedAt: number;
}

/** Two leads that may be one, the lesser id first. */
@Entity('lead_duplicate')
@Check('lead_duplicate_check', 'lead_id < other_id')
@Index('lead_duplicate_other', ['otherId'])
@Index('lead_duplicate_open', ['tenantId', 'foundAt', 'leadId', 'otherId'], {
  where: 'decision IS NULL',
})
@Index('lead_duplicate_decided', ['tenantId', 'foundAt', 'leadId', 'otherId'], {
  where: 'decision IS NOT NULL',
})
export class LeadDuplicateEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') leadId: string;
  @PrimaryColumn('uuid') otherId: string;
  @Column('text') way: string;
  @Column('smallint') score: number;
  @InstantColumn() foundAt: number;
  /** `merged` or `different`; null while it is open. */
  @Column('text', { nullable: true }) decision: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @Column('text', { nullable: true }) decidedBy: string | null;
  /** Somebody has put it off; it is open all the same. */
  @Column('boolean', { default: false }) later: boolean;
}

/** The tenant's own words and rules for leads; without a row those that we ship hold. */
@Entity('lead_settings')
export class LeadSettingsEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @Column('jsonb') statuses: unknown;
  @Column('jsonb') sources: unknown;
  @Column('jsonb') handlings: unknown;
  @Column('jsonb') cities: unknown;
  @Column('jsonb') niches: unknown;
  /** What becomes of a lead with a number or address that is known. */
  @Column('text') certain: string;
  /** The same for a similar name in the same city. */
  @Column('text') likely: string;
  @Column('text') consent: string;
  /** Of telephone numbers without a country code. */
  @Column('text') country: string;
  @Column('integer', { default: 2 }) version: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}
