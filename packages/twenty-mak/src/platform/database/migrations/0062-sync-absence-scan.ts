import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Relay and figures leave out what waits for a kind that the other system does not have for now. */
export class SyncAbsenceScan1700000000062 implements MigrationInterface {
  readonly name = 'SyncAbsenceScan1700000000062';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT (absent) ON sync_connector TO mak_scan');
    await runner.query('GRANT SELECT (entity) ON sync_pending TO mak_scan');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT (entity) ON sync_pending FROM mak_scan');
    await runner.query('REVOKE SELECT (absent) ON sync_connector FROM mak_scan');
  }
}
