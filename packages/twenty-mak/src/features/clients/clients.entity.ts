import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** A company or a person that the tenant deals with. */
@Entity('client')
@Index('client_name', ['tenantId', 'name', 'id'])
@Index('client_merged', ['tenantId', 'mergedInto'], { where: 'merged_into IS NOT NULL' })
@Index('client_lead', ['tenantId', 'leadId'], { where: 'lead_id IS NOT NULL' })
export class ClientEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** `company` or `person`. */
  @Column('text') kind: string;
  @Column('text') name: string;
  @Column('text', { nullable: true }) industry: string | null;
  @Column('text', { nullable: true }) size: string | null;
  @Column('text', { nullable: true }) budgetBand: string | null;
  @Column('text', { nullable: true }) clientType: string | null;
  @Column('text', { nullable: true }) source: string | null;
  @Column('text', { array: true, default: [] }) segments: string[];
  @Column('boolean', { default: false }) keyAccount: boolean;
  @Column('uuid', { nullable: true }) ownerId: string | null;
  /** `[{system, id}]` */
  @Column('jsonb', { default: [] }) externalRefs: unknown;
  @Column('jsonb', { default: {} }) attributes: Record<string, unknown>;
  @InstantColumn({ nullable: true }) archivedAt: number | null;
  /** The client that it has become one with. */
  @Column('uuid', { nullable: true }) mergedInto: string | null;
  /** The lead that it was made of. */
  @Column('uuid', { nullable: true }) leadId: string | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** What a deal's `client_id` may say to name the client: its id, `system:id` of an outer record, or that id alone. */
@Entity('client_key')
@Index('client_key_client', ['clientId'])
export class ClientKeyEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') key: string;
  @Column('uuid') clientId: string;
}

/** A person at the client. What says who it is stands sealed with the key of that person. */
@Entity('client_contact')
@Index('client_contact_client', ['clientId', 'seq'])
@Index('client_contact_key', ['keyId'])
export class ClientContactEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') clientId: string;
  /** The first is whom one asks first. */
  @Column('smallint') seq: number;
  /** What the person does at the client. */
  @Column('text', { nullable: true }) position: string | null;
  @Column('jsonb') contact: unknown;
  /** The person's key. */
  @Column('uuid') keyId: string;
  @Column('integer', { default: 1 }) version: number;
}

/** Ids of contacts that became one with another; who names them means that one. */
@Entity('client_contact_former')
@Index('client_contact_former_contact', ['contactId'])
export class ClientContactFormerEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') key: string;
  @Column('uuid') contactId: string;
}
