import type { MigrationInterface, QueryRunner } from 'typeorm';

/** References of rows that come with their leads, a million at a time: each check costs more than its row. */
const REFERENCES = [
  ['person_alias', 'key_id', 'person_key'],
  ['lead', 'tenant_id', 'tenant'],
  ['lead_ref', 'lead_id', 'lead'],
  ['lead_comment', 'lead_id', 'lead'],
  ['lead_consent', 'lead_id', 'lead'],
] as const;

/**
 * Keys and leads are deleted with their tenant only, table by table; who writes leads locks the tenant's row once, so that none
 * come after that.
 */
export class BulkLeads1700000000034 implements MigrationInterface {
  readonly name = 'BulkLeads1700000000034';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of REFERENCES)
      await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_${column}_fkey`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column, other] of REFERENCES)
      await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${table}_${column}_fkey
        FOREIGN KEY (${column}) REFERENCES ${other} ON DELETE CASCADE`);
  }
}
