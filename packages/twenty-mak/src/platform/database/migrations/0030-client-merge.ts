import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** A client, or a contact, that was merged into another one is still named by what named it before. */
export class ClientMerge1700000000030 implements MigrationInterface {
  readonly name = 'ClientMerge1700000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'client_contact_former');
    await runner.query(RESTRICTED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE client_contact_former CASCADE');
    await runner.query('ALTER TABLE client DROP COLUMN merged_into');
  }
}

const CREATE = `
ALTER TABLE client ADD COLUMN merged_into uuid;
CREATE INDEX client_merged ON client (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE client_contact_former (
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  contact_id uuid NOT NULL REFERENCES client_contact ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX client_contact_former_contact ON client_contact_former (contact_id);
`;

const RESTRICTED = `
CREATE POLICY restricted ON client_contact_former AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR contact_id IN (SELECT id FROM client_contact));
`;
