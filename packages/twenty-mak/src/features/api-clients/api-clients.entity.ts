import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** A machine that may call us: an API key, or an OAuth 2.0 client whose id and secret buy access tokens. */
@Entity('api_client')
@Index('api_client_tenant', ['tenantId', 'createdAt'])
export class ApiClientEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('text') name: string;
  /** `api_key` or `oauth`. */
  @Column('text') kind: string;
  @Index('api_client_secret', { unique: true })
  @Column('text')
  secretHash: string;
  @Column('text', { array: true }) scopes: string[];
  @Column('uuid', { nullable: true }) createdBy: string | null;
  @InstantColumn({ default: () => 'now()' })
  createdAt: number;
  @InstantColumn({ nullable: true })
  lastUsedAt: number | null;
  @InstantColumn({ nullable: true })
  expiresAt: number | null;
  @InstantColumn({ nullable: true })
  revokedAt: number | null;
}
