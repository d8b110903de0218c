import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people wait for is found without a look at what else waits. */
export class SyncPeople1700000000021 implements MigrationInterface {
  readonly name = 'SyncPeople1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX sync_pending_people ON sync_pending (tenant_id, connector, due_at)
      WHERE dead_at IS NULL AND urgency = 0`);
    await runner.query('GRANT SELECT (urgency) ON sync_pending TO mak_scan');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT (urgency) ON sync_pending FROM mak_scan');
    await runner.query('DROP INDEX sync_pending_people');
  }
}
