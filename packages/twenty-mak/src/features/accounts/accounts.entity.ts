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
