import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** A one-time code that buys an embedded session within some seconds. Only its hash is kept. */
@Entity('embed_code')
@Index('embed_code_expiry', ['tenantId', 'expiresAt'])
export class EmbedCodeEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') accountId: string;
  @Index('embed_code_hash', { unique: true })
  @Column('text')
  codeHash: string;
  @InstantColumn()
  expiresAt: number;
}

/** A person on a page that twenty embeds: a bearer token for one account. Only its hash is kept. */
@Entity('embed_session')
@Index('embed_session_expiry', ['tenantId', 'expiresAt'])
export class EmbedSessionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') accountId: string;
  /** The person of better-auth; sessions end with a change of the password. Null for who has none, and comes from twenty. */
  @Index('embed_session_user')
  @Column('text', { nullable: true })
  userId: string | null;
  @Index('embed_session_token', { unique: true })
  @Column('text')
  tokenHash: string;
  @InstantColumn({ default: () => 'now()' })
  createdAt: number;
  @InstantColumn()
  expiresAt: number;
}
