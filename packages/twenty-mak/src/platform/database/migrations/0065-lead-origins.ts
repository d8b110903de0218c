import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** Corrections of who brought a lead, and where it comes from. Companies do not learn of each other by them. */
export class LeadOrigins1700000000065 implements MigrationInterface {
  readonly name = 'LeadOrigins1700000000065';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await guardTenantTable(runner, 'lead_origin_change');
    await runner.query(`CREATE POLICY restricted ON lead_origin_change AS RESTRICTIVE TO mak_app
      USING ((SELECT mak_restricted_to()) IS NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lead_origin_change');
  }
}

// of_lead is the lead that had the change, lead_id the one that it was merged into since; they go with their tenant, as other
// rows of leads do.
const TABLE = `
CREATE TABLE lead_origin_change (
  tenant_id uuid NOT NULL,
  of_lead uuid NOT NULL,
  version integer NOT NULL,
  lead_id uuid NOT NULL,
  from_source text NOT NULL,
  to_source text NOT NULL,
  from_partner uuid,
  to_partner uuid,
  at timestamptz(3) NOT NULL,
  actor_id text NOT NULL,
  PRIMARY KEY (tenant_id, of_lead, version)
);
CREATE INDEX lead_origin_change_lead ON lead_origin_change (tenant_id, lead_id, at);
`;
