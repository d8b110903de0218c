import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/index.ts';

/** A request that was done, under the key that its sender gave it. */
@Entity('idempotency_key')
@Index('idempotency_key_age', ['tenantId', 'createdAt'])
export class IdempotencyKeyEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') principal: string;
  @PrimaryColumn('text') key: string;
  /** Of method, path and body. */
  @Column('text') requestHash: string;
  /** Encrypted, because answers show secrets once. Null only inside the transaction that does the request. */
  @Column('bytea', { nullable: true }) sealedAnswer: Buffer | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
}
