import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why the other system of a connector has no records of a kind for now. */
export class SyncAbsence1700000000052 implements MigrationInterface {
  readonly name = 'SyncAbsence1700000000052';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_connector ADD COLUMN absent jsonb NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector DROP COLUMN absent');
  }
}
