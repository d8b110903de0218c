import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** Who is looked for in KeyCRM right now and made a buyer of. */
export class KeyCrmBuyerTurns1700000000067 implements MigrationInterface {
  readonly name = 'KeyCrmBuyerTurns1700000000067';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'keycrm_buyer_turn');
    await runner.query(
      `CREATE POLICY restricted ON keycrm_buyer_turn AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE keycrm_buyer_turn CASCADE');
  }
}

const CREATE = `
CREATE TABLE keycrm_buyer_turn (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  digest text COLLATE "C" NOT NULL,
  holder uuid NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, digest)
);
`;
