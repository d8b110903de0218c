import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** How somebody wants to see the board or the table: filter, order, columns. */
@Entity('saved_view')
@Index('saved_view_owner', ['tenantId', 'ownerId'])
export class SavedViewEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid') tenantId: string;
  /** `board` or `table`. */
  @Column('text') kind: string;
  @Column('text') name: string;
  /** Key of the pipeline; null for all. */
  @Column('text', { nullable: true }) pipeline: string | null;
  @Column('jsonb') definition: Record<string, unknown>;
  /** Whether everybody of the tenant who sees all deals sees it. */
  @Column('boolean', { default: false }) shared: boolean;
  @Column('integer', { default: 0 }) position: number;
  /** Account or API client that made it. */
  @Column('uuid') ownerId: string;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' })
  createdAt: number;
  @InstantColumn({ default: () => 'now()' })
  updatedAt: number;
}
