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
