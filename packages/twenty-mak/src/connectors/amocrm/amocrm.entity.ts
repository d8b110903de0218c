import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** The tokens that a tenant's account gave by consent. */
@Entity('amocrm_token')
export class AmocrmTokenEntity {
  @PrimaryColumn('uuid') tenantId: string;
  /** Sealed by SecretBox: a `TokenPair`. */
  @Column('bytea') sealed: Buffer;
  /** One more with every pair. */
  @Column('integer', { default: 1 }) version: number;
  /** Since when an answer to the refresh token may have been lost. */
  @InstantColumn({ nullable: true }) triedAt: number | null;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** A consent that an admin has asked for; forgotten as soon as amoCRM has led back. */
@Entity('amocrm_consent')
export class AmocrmConsentEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) stateDigest: string;
  /** Sealed by SecretBox for who has asked: the account and the integration. */
  @Column('bytea') sealed: Buffer;
  @InstantColumn({ default: () => 'now()' }) askedAt: number;
}
