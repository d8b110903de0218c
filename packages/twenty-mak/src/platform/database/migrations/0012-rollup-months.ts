import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rollups of whole months besides those of days: a report of a year reads twelve of them. */
export class RollupMonths1700000000012 implements MigrationInterface {
  readonly name = 'RollupMonths1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE rollup ADD COLUMN grain text COLLATE "C" NOT NULL DEFAULT 'day',
      DROP CONSTRAINT rollup_pkey,
      ADD PRIMARY KEY (tenant_id, pipeline_id, grain, figure, day, subject, detail, currency)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM rollup WHERE grain <> 'day'");
    await runner.query(`ALTER TABLE rollup DROP CONSTRAINT rollup_pkey, DROP COLUMN grain,
      ADD PRIMARY KEY (tenant_id, pipeline_id, figure, day, subject, detail, currency)`);
  }
}
