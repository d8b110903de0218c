import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/index.ts';

/** One business. Its row is the root of everything that row-level security guards. */
@Entity('tenant')
export class TenantEntity {
  @PrimaryColumn('uuid') id: string;
  /** Lower-case name that stays, e.g. for `X-Tenant` and the command line. */
  @Column('text', { unique: true }) key: string;
  @Column('text') name: string;
  @Column('text', { default: 'EUR' }) currency: string;
  @Column('text', { default: 'UTC' }) timeZone: string;
  @Column('text', { default: 'en' }) locale: string;
  /** Languages that its people choose from; `locale` is the one they begin with. */
  @Column('text', { array: true, default: ['en', 'ru', 'uk'] }) languages: string[];
  /** Offered by the pipeline editor; a definition gets a copy of it. */
  @Column('jsonb', { nullable: true }) workingCalendar: Record<string, unknown> | null;
  /** The tenant's present when it is frozen, else null: then it is the database's clock. */
  @InstantColumn({ nullable: true })
  clockFrozenAt: number | null;
  /** Whether a breach makes tasks and notifications. */
  @Column('boolean', { default: true }) escalation: boolean;
  /** Origin of the twenty that may embed our pages, else null. */
  @Column('text', { nullable: true }) twentyUrl: string | null;
  /** Whether partners and franchisees may apply. */
  @Column('boolean', { default: true }) registrationOpen: boolean;
  @Column('text', { nullable: true }) privacyUrl: string | null;
  /** Whether partners and franchisees need a second factor. */
  @Column('boolean', { default: false }) companyTotp: boolean;
  @Column('jsonb', { default: {} }) settings: Record<string, unknown>;
  /** The demo tenant, whose passwords are known. */
  @Column('boolean', { default: false }) demo: boolean;
  @Column('integer', { default: 1 }) version: number;
  @InstantColumn({ default: () => 'now()' })
  createdAt: number;
}
