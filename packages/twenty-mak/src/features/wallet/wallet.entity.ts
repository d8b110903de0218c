import { Check, Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** Money of one owner in one currency. Balance and holds are kept by the transactions that write the postings. */
@Entity('wallet_account')
@Check('wallet_account_held', 'held >= 0')
@Index('wallet_account_owner', ['tenantId', 'ownerId', 'currency'], { unique: true })
export class WalletAccountEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** `wallet` or `outside`. */
  @Column('text') kind: string;
  /** Head account of a partner or franchisee, the tenant for its head office, the nil UUID outside. */
  @Column('uuid') ownerId: string;
  @Column('text') currency: string;
  @Column('bigint', { default: 0 }) balance: number;
  @Column('bigint', { default: 0 }) held: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
}

/** A movement of money: written once, never changed. Its postings sum to zero, which a constraint checks. */
@Entity('wallet_entry')
export class WalletEntryEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) id: string;
  @Column('text') kind: string;
  @Column('text') currency: string;
  @InstantColumn() at: number;
  /** Kind and id of who made it. */
  @Column('text') actor: string;
  @Column('text', { nullable: true }) note: string | null;
}

/** What an account gets by an entry, or gives when it is negative. */
@Entity('wallet_posting')
@Index('wallet_posting_account', ['accountId', 'place'], { unique: true })
export class WalletPostingEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) entryId: string;
  @PrimaryColumn('uuid') accountId: string;
  @Column('bigint') amount: number;
  /** Of the account, after this posting. */
  @Column('bigint') balance: number;
  /** The order of an account's postings. */
  @Column('bigint') @Generated('increment') place: number;
}

/** Money that is promised for a purpose: a lot. */
@Entity('wallet_hold')
@Check('wallet_hold_amount', 'amount >= 0')
@Index('wallet_hold_purpose', ['tenantId', 'purpose'])
export class WalletHoldEntity {
  @Column('uuid') tenantId: string;
  @PrimaryColumn('uuid') accountId: string;
  @PrimaryColumn('text', { collation: 'C' }) purpose: string;
  @Column('bigint') amount: number;
}

/** Somebody who tells of payments by signed messages. */
@Entity('payment_provider')
export class PaymentProviderEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) provider: string;
  @Column('bytea') secret: Buffer;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
}
