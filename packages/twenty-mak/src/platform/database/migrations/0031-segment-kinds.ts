import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Segments are of leads or of clients; those that are there are of leads. */
export class SegmentKinds1700000000031 implements MigrationInterface {
  readonly name = 'SegmentKinds1700000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE segment ADD COLUMN entity text NOT NULL DEFAULT 'lead'");
    await runner.query('ALTER TABLE segment ALTER COLUMN entity DROP DEFAULT');
    await runner.query('DROP INDEX segment_owner');
    await runner.query('CREATE INDEX segment_owner ON segment (tenant_id, entity, owner_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DELETE FROM segment WHERE entity <> 'lead'");
    await runner.query('DROP INDEX segment_owner');
    await runner.query('ALTER TABLE segment DROP COLUMN entity');
    await runner.query('CREATE INDEX segment_owner ON segment (tenant_id, owner_id)');
  }
}
