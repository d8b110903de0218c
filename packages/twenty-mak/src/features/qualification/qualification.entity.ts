import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** Weights and threshold of a score card, where the tenant has its own. */
@Entity('qualification_card')
export class QualificationCardEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') card: string;
  /** Weight by criterion. */
  @Column('jsonb') weights: Record<string, number>;
  @Column('smallint') threshold: number;
  /** The card as it comes with the product is version 1. */
  @Column('integer', { default: 2 }) version: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** The answers that were given about a deal on one card, and what they came to then. */
@Entity('qualification')
export class QualificationEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') dealId: string;
  @PrimaryColumn('text') card: string;
  @Column('jsonb') answers: Record<string, number>;
  @Column('smallint') score: number;
  @Column('smallint') threshold: number;
  @Column('boolean') passed: boolean;
  @Column('text') answeredBy: string;
  @InstantColumn({ default: () => 'now()' }) answeredAt: number;
  @Column('integer', { default: 1 }) version: number;
}
