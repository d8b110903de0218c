import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The scanning role sees how long records have waited, for the metrics of the worker. */
export class SyncFigures1700000000016 implements MigrationInterface {
  readonly name = 'SyncFigures1700000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT (since) ON sync_pending TO mak_scan');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT (since) ON sync_pending FROM mak_scan');
  }
}
