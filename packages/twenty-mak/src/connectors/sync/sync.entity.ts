import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** A connector that a tenant has set up. */
@Entity('sync_connector')
export class SyncConnectorEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) connector: string;
  /** `running`, `paused` by people, or `stopped` by us when the other system turns us away. */
  @Column('text') state: string;
  @Column('text', { nullable: true }) reason: string | null;
  /** Of a reason that people decide about. */
  @Column('text', { nullable: true }) reasonCode: string | null;
  /** Why the other system tells of no changes by itself. */
  @Column('text', { nullable: true }) silence: string | null;
  /** By kind: why the other system has no such records for now. */
  @Column('jsonb', { default: () => "'{}'" }) absent: object;
  /** Of the connector's own shape; never a secret. */
  @Column('jsonb') settings: object;
  /** By what its account is known again; null until it was read, and where nobody asks. */
  @Column('text', { array: true, nullable: true }) account: string[] | null;
  /** Sealed by SecretBox: an object of texts. */
  @Column('bytea', { nullable: true }) secrets: Buffer | null;
  /** Kinds of records that are kept equal. */
  @Column('text', { array: true }) entities: string[];
  /** Of these, kinds whose records go over whether others name them or not. */
  @Column('text', { array: true, default: () => "'{}'" }) whole: string[];
  /** By entity: rules of fields that differ from the connector's defaults. */
  @Column('jsonb', { default: () => "'{}'" }) matrix: object;
  /** Calls that the tenant allows; null is the connector's default. */
  @Column('jsonb', { nullable: true }) budget: object | null;
  /** By id of the pipeline: statuses of stages, and events of statuses. */
  @Column('jsonb', { default: () => "'{}'" }) stageTables: object;
  /** By kind: the records that are kept equal; a kind that is not there is not limited. */
  @Column('jsonb', { default: () => "'{}'" }) chosen: object;
  /** Nothing is written on either side. */
  @Column('boolean', { default: false }) dryRun: boolean;
  @Column('integer', { default: 60 }) pollSeconds: number;
  /** When the other system is next asked what changed. */
  @InstantColumn({ default: () => 'now()' }) pollAt: number;
  /** The kind of records at which it is asked further; null begins with the first one. */
  @Column({ type: 'text', collation: 'C', nullable: true }) pollFrom: string | null;
  /** How far a full resync has come; null when none runs. */
  @Column('jsonb', { nullable: true }) resync: object | null;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** A record of MaK and its counterpart, with what both sides agree on. */
@Entity('sync_link')
@Index('sync_link_remote', ['tenantId', 'connector', 'entity', 'remoteId'], { unique: true })
@Index('sync_link_decided', ['tenantId', 'connector', 'entity'], { where: "decided <> '{}'" })
@Index('sync_link_divergent', ['tenantId', 'connector', 'entity', 'localId'], {
  where: "status = 'error'",
})
export class SyncLinkEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) connector: string;
  @PrimaryColumn('text', { collation: 'C' }) entity: string;
  @PrimaryColumn('text', { collation: 'C' }) localId: string;
  @Column({ type: 'text', collation: 'C' }) remoteId: string;
  /** Fingerprints by field, one for each side. */
  @Column('jsonb') agreed: object;
  /** Fields whose version in MaK a person chose; who takes the record next forgets what was agreed on. */
  @Column('text', { array: true, default: () => "'{}'" }) decided: string[];
  /** The last version of which everything is known. */
  @Column('text', { nullable: true }) remoteVersion: string | null;
  /** `synced`, `pending` or `error`. */
  @Column('text') status: string;
  @Column('jsonb', { nullable: true }) refusal: object | null;
  @InstantColumn({ nullable: true }) lastSyncedAt: number | null;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
}

/** A record that may differ: of many reasons to look at it one row is left. A dead letter is one that is not tried again. */
@Entity('sync_pending')
@Index('sync_pending_urgent', ['tenantId', 'connector', 'entity', 'urgency', 'dueAt', 'key'], {
  where: 'dead_at IS NULL',
})
@Index('sync_pending_due', ['tenantId', 'connector', 'dueAt'], { where: 'dead_at IS NULL' })
@Index('sync_pending_people', ['tenantId', 'connector', 'dueAt'], {
  where: 'dead_at IS NULL AND urgency = 0',
})
@Index('sync_pending_dead', ['tenantId', 'connector', 'deadAt'], { where: 'dead_at IS NOT NULL' })
export class SyncPendingEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) connector: string;
  @PrimaryColumn('text', { collation: 'C' }) entity: string;
  /** MaK's id, or `remote:` and the remote one of a record that MaK does not have. */
  @PrimaryColumn('text', { collation: 'C' }) key: string;
  @Column({ type: 'text', collation: 'C', nullable: true }) localId: string | null;
  @Column({ type: 'text', collation: 'C', nullable: true }) remoteId: string | null;
  /** Place in the domain's list of urgencies. */
  @Column('smallint') urgency: number;
  /** When MaK heard of changes here and there, by field, in milliseconds. */
  @Column('jsonb') makHeardAt: object;
  @Column('jsonb') remoteHeardAt: object;
  @Column('boolean') remoteTouched: boolean;
  @Column('integer', { default: 1 }) generation: number;
  @Column('integer', { default: 0 }) attempts: number;
  /** Attempts in a row that ended without a word. */
  @Column('integer', { default: 0 }) deaths: number;
  /** While somebody works on it: when that one is given up. Without end while nothing may be written. */
  @InstantColumn() dueAt: number;
  @Column('uuid', { nullable: true }) lease: string | null;
  /** Fingerprints of what was sent without a known answer. */
  @Column('jsonb', { default: () => "'{}'" }) sent: object;
  @Column('jsonb', { nullable: true }) refusal: object | null;
  @InstantColumn({ nullable: true }) deadAt: number | null;
  /** Of a dead letter or a parked one: the version that was looked at; only another one is a reason to look again. */
  @Column('text', { nullable: true }) remoteVersion: string | null;
  /** The first of the reasons. */
  @InstantColumn() since: number;
}

/** From where to ask the other system what changed. */
@Entity('sync_cursor')
export class SyncCursorEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text', { collation: 'C' }) connector: string;
  @PrimaryColumn('text', { collation: 'C' }) entity: string;
  @Column('text') cursor: string;
  @InstantColumn({ default: () => 'now()' }) movedAt: number;
}

/** What was done with a record: written here or there, a conflict, a refusal, a dead letter. */
@Entity('sync_journal')
@Index('sync_journal_age', ['tenantId', 'at'])
@Index('sync_journal_record', ['tenantId', 'connector', 'entity', 'localId', 'id'])
@Index('sync_journal_recent', ['tenantId', 'connector', 'id'])
export class SyncJournalEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column({ type: 'text', collation: 'C' }) connector: string;
  @Column({ type: 'text', collation: 'C' }) entity: string;
  @Column({ type: 'text', collation: 'C', nullable: true }) localId: string | null;
  @Column({ type: 'text', collation: 'C', nullable: true }) remoteId: string | null;
  @Column('text') kind: string;
  @Column('jsonb') detail: object;
  @InstantColumn({ default: () => 'now()' }) at: number;
}

/** Both sides changed a field that matters so much that a person may decide otherwise than the matrix did. */
@Entity('sync_conflict')
@Index('sync_conflict_age', ['tenantId', 'at'])
@Index('sync_conflict_recent', ['tenantId', 'connector', 'id'])
@Index('sync_conflict_open', ['tenantId', 'connector'], { where: 'decided_at IS NULL' })
export class SyncConflictEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column({ type: 'text', collation: 'C' }) connector: string;
  @Column({ type: 'text', collation: 'C' }) entity: string;
  @Column({ type: 'text', collation: 'C' }) localId: string;
  @Column({ type: 'text', collation: 'C' }) remoteId: string;
  @Column('text') field: string;
  /** Both versions. */
  @Column('jsonb') mak: unknown;
  @Column('jsonb') remote: unknown;
  /** Whose version the matrix took. */
  @Column('text') winner: string;
  /** Fingerprints of what both sides had afterwards; while that is so, the decision is about what is there. */
  @Column('jsonb') agreed: object;
  @InstantColumn({ default: () => 'now()' }) at: number;
  /** Whose version a person took. */
  @Column('text', { nullable: true }) decision: string | null;
  @InstantColumn({ nullable: true }) decidedAt: number | null;
  /** Id of the account or of the API client. */
  @Column('text', { nullable: true }) decidedBy: string | null;
}

/** What another system told by a webhook: which records may have changed, and no text of them. Kept as long as the journal. */
@Entity('sync_message')
@Index('sync_message_once', ['tenantId', 'connector', 'digest'], {
  unique: true,
  where: 'read_at IS NULL',
})
@Index('sync_message_unread', ['tenantId', 'connector', 'id'], { where: 'read_at IS NULL' })
@Index('sync_message_not_read', ['tenantId', 'connector', 'id'], {
  where: "read_at IS NOT NULL AND untold <> '{}'",
})
@Index('sync_message_age', ['tenantId', 'at'])
export class SyncMessageEntity {
  /** UUIDv7: in the order in which they came. */
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @Column({ type: 'text', collation: 'C' }) connector: string;
  /** A message that is repeated has the same one. */
  @Column({ type: 'text', collation: 'C' }) digest: string;
  @Column('jsonb') told: object;
  /** What it said besides, of which the connector reads nothing. */
  @Column('text', { array: true }) untold: string[];
  @InstantColumn({ default: () => 'now()' }) at: number;
  @InstantColumn({ nullable: true }) readAt: number | null;
}
