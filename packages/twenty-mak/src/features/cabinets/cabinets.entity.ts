import type { JsonObject } from 'twenty-mak-domain';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** What is known of an outside company, by its head account. */
@Entity('company_profile')
@Index('company_profile_tenant', ['tenantId', 'accountId'])
export class CompanyProfileEntity {
  @PrimaryColumn('uuid') accountId: string;
  @Column('uuid') tenantId: string;
  @Column('text') companyName: string;
  /** `sole_trader` or `company`. */
  @Column('text', { nullable: true }) legalForm: string | null;
  @Column('text', { array: true, default: [] }) cities: string[];
  @Column('text', { array: true, default: [] }) niches: string[];
  @Column('text', { nullable: true }) grade: string | null;
  /** How many leads may be handed to it at a time. */
  @Column('integer', { nullable: true }) leadCapacity: number | null;
  /** `{contact: …}` with telephone and tax number sealed, as in events. */
  @Column('jsonb') contact: JsonObject;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** Somebody who would like to be a partner or a franchisee. */
@Entity('registration')
@Index('registration_status', ['tenantId', 'status', 'id'])
@Index('registration_key', ['keyId'])
@Index('registration_waiting', ['tenantId', 'keyId'], {
  unique: true,
  where: `status = 'applied'`,
})
export class RegistrationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** `applied`, `approved` or `rejected`. */
  @Column('text', { default: 'applied' }) status: string;
  /** `partner` or `franchisee`. */
  @Column('text') kind: string;
  @Column('text') legalForm: string;
  @Column('text') city: string;
  @Column('text') niche: string;
  @Column('text') locale: string;
  /** `{contact: …}` with everything that tells who it is, sealed. */
  @Column('jsonb') contact: JsonObject;
  @Column('uuid') keyId: string;
  @InstantColumn({ default: () => 'now()' }) consentAt: number;
  @Column('uuid', { nullable: true }) accountId: string | null;
  @Column('text', { nullable: true }) reason: string | null;
  @Column('text', { nullable: true }) decidedBy: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
}
