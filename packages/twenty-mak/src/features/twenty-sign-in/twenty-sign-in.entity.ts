import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** The workspace of a twenty whose people sign in to a tenant from there. */
@Entity('twenty_workspace')
@Index('twenty_workspace_claim', ['address', 'workspaceId'], { unique: true, where: 'enabled' })
export class TwentyWorkspaceEntity {
  @PrimaryColumn('uuid') tenantId: string;
  /** Origin of twenty, where it is asked whose a token is. */
  @Column('text') address: string;
  @Column('uuid') workspaceId: string;
  /** Our application as that workspace has installed it. */
  @Column('uuid') applicationId: string;
  /** Role of people who were not known here before. */
  @Column('text') newcomerRole: string;
  @Column('boolean') enabled: boolean;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
  @InstantColumn({ default: () => 'now()' }) updatedAt: number;
}

/** Who a user of a workspace is here, from the first sign-in on, whatever the e-mail address becomes there. */
@Entity('twenty_user')
@Index('twenty_user_account', ['accountId', 'workspaceId'], { unique: true })
export class TwentyUserEntity {
  @PrimaryColumn('uuid') tenantId: string;
  @PrimaryColumn('uuid') workspaceId: string;
  @PrimaryColumn('uuid') twentyUserId: string;
  @Column('uuid') accountId: string;
  @InstantColumn({ default: () => 'now()' }) createdAt: number;
}
