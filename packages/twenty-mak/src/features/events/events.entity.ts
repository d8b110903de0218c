import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** The log: every fact as it came, whether or not anything listens. All else of a deal can be computed from it. */
@Entity('event')
@Index('event_deal', ['dealId', 'occurredAt'])
@Index('event_measure', ['tenantId', 'dealId'], {
  where: "type IN ('kpi.reported', 'nps.answered')",
})
export class EventEntity {
  @PrimaryColumn('uuid')
  tenantId: string;

  @PrimaryColumn('text', { collation: 'C' })
  source: string;

  @PrimaryColumn('text', { collation: 'C' })
  eventId: string;

  /** The deal, or the deal-to-be whose events wait for one that creates it. */
  @Column('uuid')
  dealId: string;

  @Column('text')
  type: string;

  @Column('smallint')
  version: number;

  @InstantColumn()
  occurredAt: number;

  @InstantColumn()
  receivedAt: number;

  @Column('text', { nullable: true })
  correlationId: string | null;

  @Column('jsonb')
  refs: { system: string; id: string }[];

  /** Contact data in it is encrypted per person. */
  @Column('jsonb')
  data: Record<string, unknown>;

  /** Tells a repeat from a conflict; keyed, so that it gives no contact data away. */
  @Column('bytea')
  contentHash: Buffer;
}

/** A key that seals contacts of an event. */
@Entity('event_person')
export class EventPersonEntity {
  @PrimaryColumn('uuid')
  tenantId: string;

  @PrimaryColumn('uuid')
  keyId: string;

  @PrimaryColumn('text', { collation: 'C' })
  source: string;

  @PrimaryColumn('text', { collation: 'C' })
  eventId: string;
}

/** An event that was refused, with the reason that its sender was told. */
@Entity('event_rejection')
@Index('event_rejection_recent', ['tenantId', 'receivedAt'])
export class EventRejectionEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  tenantId: string;

  @InstantColumn({ default: () => 'now()' })
  receivedAt: number;

  @Column('text', { nullable: true })
  source: string | null;

  @Column('text', { nullable: true })
  eventId: string | null;

  @Column('text')
  code: string;

  @Column('text')
  reason: string;

  @Column('text', { nullable: true })
  field: string | null;

  @Column('jsonb')
  payload: unknown;
}
