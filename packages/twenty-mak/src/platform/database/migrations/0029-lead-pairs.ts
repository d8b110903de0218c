import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pairs of leads may be put off, and those that were decided can be looked up. */
export class LeadPairs1700000000029 implements MigrationInterface {
  readonly name = 'LeadPairs1700000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE lead_duplicate ADD COLUMN later boolean NOT NULL DEFAULT false',
    );
    await runner.query(`CREATE INDEX lead_duplicate_decided
      ON lead_duplicate (tenant_id, found_at, lead_id, other_id) WHERE decision IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX lead_duplicate_decided');
    await runner.query('ALTER TABLE lead_duplicate DROP COLUMN later');
  }
}
