import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Kinds whose records go over whether others name them or not, beside those that do so by themselves. */
export class SyncWhole1700000000060 implements MigrationInterface {
  readonly name = 'SyncWhole1700000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_connector ADD COLUMN whole text[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector DROP COLUMN whole');
  }
}
