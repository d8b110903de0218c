import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what the account of a connector is known again. */
export class SyncAccount1700000000046 implements MigrationInterface {
  readonly name = 'SyncAccount1700000000046';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector ADD COLUMN account text[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector DROP COLUMN account');
  }
}
