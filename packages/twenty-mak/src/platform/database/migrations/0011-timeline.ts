import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The timeline of a deal finds what the world was told about it. */
export class Timeline1700000000011 implements MigrationInterface {
  readonly name = 'Timeline1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX outbox_deal ON outbox (tenant_id, deal_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX outbox_deal');
  }
}
