import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of a connector that was stopped for a reason that people decide about. */
export class SyncReasonCode1700000000058 implements MigrationInterface {
  readonly name = 'SyncReasonCode1700000000058';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector ADD COLUMN reason_code text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector DROP COLUMN reason_code');
  }
}
