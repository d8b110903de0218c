import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** Tokens of amoCRM, of which each works once: they change while the connector runs, so they are no part of its settings. */
export class AmocrmTokens1700000000036 implements MigrationInterface {
  readonly name = 'AmocrmTokens1700000000036';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'amocrm_token');
    await runner.query(
      `CREATE POLICY restricted ON amocrm_token AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE amocrm_token CASCADE');
  }
}

const CREATE = `
CREATE TABLE amocrm_token (
  tenant_id uuid PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  sealed bytea NOT NULL,
  version integer NOT NULL DEFAULT 1,
  tried_at timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
`;
