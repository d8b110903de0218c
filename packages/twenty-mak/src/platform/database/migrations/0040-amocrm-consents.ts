import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** Consents that an admin has asked amoCRM for and that have not come back yet. */
export class AmocrmConsents1700000000040 implements MigrationInterface {
  readonly name = 'AmocrmConsents1700000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'amocrm_consent');
    await runner.query(
      `CREATE POLICY restricted ON amocrm_consent AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE amocrm_consent CASCADE');
  }
}

const CREATE = `
CREATE TABLE amocrm_consent (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  state_digest text COLLATE "C" NOT NULL,
  sealed bytea NOT NULL,
  asked_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, state_digest)
);
`;
