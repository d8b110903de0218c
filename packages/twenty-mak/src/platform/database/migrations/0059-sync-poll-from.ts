import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a connector goes on to ask what changed, when it has read some of many pages; and messages of which something was not read. */
export class SyncPollFrom1700000000059 implements MigrationInterface {
  readonly name = 'SyncPollFrom1700000000059';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sync_connector ADD COLUMN poll_from text COLLATE "C"');
    await runner.query(
      `CREATE INDEX sync_message_not_read ON sync_message (tenant_id, connector, id)
       WHERE read_at IS NOT NULL AND untold <> '{}'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sync_message_not_read');
    await runner.query('ALTER TABLE sync_connector DROP COLUMN poll_from');
  }
}
