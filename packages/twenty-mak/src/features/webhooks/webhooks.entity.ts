import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** An address that wants to hear of canonical events. */
@Entity('webhook_subscription')
@Index('webhook_subscription_tenant', ['tenantId'])
export class WebhookSubscriptionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('text') url: string;
  /** Empty: all types. */
  @Column('text', { array: true }) types: string[];
  /** Sealed by SecretBox. */
  @Column('bytea') secret: Buffer;
  /** Signs as well for a while after a rotation. */
  @Column('bytea', { nullable: true }) previousSecret: Buffer | null;
  @InstantColumn({ nullable: true }) previousSecretUntil: number | null;
  /** `active`, `paused` by people, or `disabled` by us after days of failures. */
  @Column('text', { default: 'active' }) status: string;
  @Column('text', { nullable: true }) statusReason: string | null;
  /** Since when every attempt has failed. */
  @InstantColumn({ nullable: true }) failingSince: number | null;
  /** The snapshot in which it was made, as PostgreSQL writes one: what is visible in that is not for it. */
  @Column('text', { default: () => '(pg_current_snapshot())' }) since: string;
  @Column('text', { nullable: true }) description: string | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** One event on its way to one subscription. */
@Entity('webhook_delivery')
@Index('webhook_delivery_once', ['subscriptionId', 'eventId'], { unique: true })
@Index('webhook_delivery_due', ['subscriptionId', 'nextAttemptAt'], { where: "status = 'pending'" })
@Index('webhook_delivery_order', ['subscriptionId', 'dealId', 'tx', 'position'], {
  where: "status = 'pending'",
})
@Index('webhook_delivery_status', ['tenantId', 'subscriptionId', 'status', 'id'])
export class WebhookDeliveryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column('uuid') subscriptionId: string;
  /** Order of the events of a deal. */
  @Column('bigint') tx: number;
  @Column('bigint') position: number;
  @Column('uuid') dealId: string;
  @Column('uuid') eventId: string;
  @Column('text') type: string;
  /** The body to send, kept to the letter because it is signed. */
  @Column('json') payload: object;
  /** `pending`, `delivered` or `dead`. */
  @Column('text', { default: 'pending' }) status: string;
  @Column('integer', { default: 0 }) attempts: number;
  @InstantColumn({ default: () => 'now()' }) nextAttemptAt: number;
  /** A worker is sending it; if the worker dies, others may send it from then on. */
  @InstantColumn({ nullable: true }) lockedUntil: number | null;
  @Column('integer', { nullable: true }) lastStatus: number | null;
  @Column('text', { nullable: true }) lastError: string | null;
  @Column('boolean', { default: false }) replayed: boolean;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ nullable: true }) deliveredAt: number | null;
}
