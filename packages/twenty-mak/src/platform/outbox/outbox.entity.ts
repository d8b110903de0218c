import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn } from '../database/index.ts';

/** A canonical event, written in the transaction that changed the deal, or whatever else its type speaks of. */
@Entity('outbox')
@Index('outbox_deal', ['tenantId', 'dealId'])
export class OutboxEntity {
  @PrimaryColumn('uuid') tenantId: string;
  /** Id of the writing transaction: the first part of the order. The default is written as TypeORM reads it back. */
  @PrimaryColumn('bigint', { default: () => '((pg_current_xact_id()))' }) tx: number;
  /** Order within one transaction. */
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  position: number;
  /** A UUIDv7; its time is when the row was written. */
  @Column('uuid') eventId: string;
  @Column('text') type: string;
  @Column('uuid') dealId: string;
  @Column('integer') dealVersion: number;
  @InstantColumn() occurredAt: number;
  @Column('text', { nullable: true }) correlationId: string | null;
  @Column('text', { nullable: true }) causationId: string | null;
  @Column('jsonb') data: Record<string, unknown>;
}

/** How far a consumer has read the outbox of a tenant: everything up to (tx, position) has had its effect. */
@Entity('outbox_cursor')
export class OutboxCursorEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') consumer: string;
  @Column('bigint', { default: 0 }) tx: number;
  @Column('bigint', { default: 0 }) position: number;
}
