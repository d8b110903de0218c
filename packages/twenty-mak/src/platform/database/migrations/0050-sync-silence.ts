import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why the other system of a connector tells of no changes by itself. */
export class SyncSilence1700000000050 implements MigrationInterface {
  readonly name = 'SyncSilence1700000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector ADD COLUMN silence text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector DROP COLUMN silence');
  }
}
