import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** One change, or one read of personal data. Rows are only ever added. */
@Entity('audit_entry')
@Index('audit_entry_recent', ['tenantId', 'at', 'id'])
@Index('audit_entry_entity', ['tenantId', 'entity', 'entityId'])
export class AuditEntryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  @InstantColumn({ default: () => 'now()' }) at: number;
  @Column('text') actorKind: string;
  @Column('text') actorId: string;
  /** `<entity>.<verb>`, e.g. `api_client.created`. */
  @Column('text') action: string;
  @Column('text') entity: string;
  @Column('text', { nullable: true }) entityId: string | null;
  @Column('jsonb', { default: {} }) detail: Record<string, unknown>;
}
