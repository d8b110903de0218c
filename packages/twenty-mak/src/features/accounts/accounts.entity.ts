import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** A person with a role in one tenant. Unique per tenant and e-mail in lower case (`account_email`). */
@Entity('account')
export class AccountEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** The person who signs in; null until the invitation was accepted. */
  @Index('account_user')
  @Column('text', { nullable: true })
  userId: string | null;
  /** Head account of the company that this one is of the staff of. */
  @Index('account_member', { where: 'member_of IS NOT NULL' })
  @Column('uuid', { nullable: true })
  memberOf: string | null;
  @Column('text') email: string;
  @Column('text') name: string;
  @Column('text') role: string;
  @Column('text', { default: 'en' }) locale: string;
  /** `invited`, `active` or `deactivated`. */
  @Column('text', { default: 'invited' }) status: string;
  @Index('account_invitation', { unique: true })
  @Column('text', { nullable: true })
  invitationHash: string | null;
  @InstantColumn({ nullable: true }) invitationExpiresAt: number | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
}
