import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits for a sync is taken in one order, also where much of it has waited for equally long. */
export class SyncOrder1700000000028 implements MigrationInterface {
  readonly name = 'SyncOrder1700000000028';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sync_pending_urgent');
    await runner.query(`CREATE INDEX sync_pending_urgent
      ON sync_pending (tenant_id, connector, entity, urgency, due_at, key) WHERE dead_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sync_pending_urgent');
    await runner.query(`CREATE INDEX sync_pending_urgent
      ON sync_pending (tenant_id, connector, entity, urgency, due_at) WHERE dead_at IS NULL`);
  }
}
