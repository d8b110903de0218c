import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** How what a role may do in one tenant differs from what we ship. */
@Entity('role_permission')
export class RolePermissionEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('text') role: string;
  @Column('text', { array: true }) granted: string[];
  @Column('text', { array: true }) revoked: string[];
  @Column('integer') version: number;
  @InstantColumn({ default: () => 'now()' })
  updatedAt: number;
}
