import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A subscription gets what was committed after it was made. The oldest transaction that ran then says too little: with
 * a long one beside it, events that were long over came as well.
 */
export class WebhookSince1700000000068 implements MigrationInterface {
  readonly name = 'WebhookSince1700000000068';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_subscription ADD COLUMN since text;
      UPDATE webhook_subscription SET since = since_tx || ':' || since_tx || ':';
      ALTER TABLE webhook_subscription
        ALTER COLUMN since SET NOT NULL,
        ALTER COLUMN since SET DEFAULT pg_current_snapshot()::text,
        DROP COLUMN since_tx;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_subscription
        ADD COLUMN since_tx bigint NOT NULL DEFAULT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint);
      UPDATE webhook_subscription SET since_tx = pg_snapshot_xmin(since::pg_snapshot)::text::bigint;
      ALTER TABLE webhook_subscription DROP COLUMN since;
    `);
  }
}
