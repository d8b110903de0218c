import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which records are kept equal and how their statuses follow; how often records ended an attempt; what was looked at already. */
export class SyncSemantics1700000000018 implements MigrationInterface {
  readonly name = 'SyncSemantics1700000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DROP);
  }
}

const CREATE = `
ALTER TABLE sync_pending ADD COLUMN remote_version text, ADD COLUMN deaths integer NOT NULL DEFAULT 0;
ALTER TABLE sync_connector ADD COLUMN stage_tables jsonb NOT NULL DEFAULT '{}', ADD COLUMN chosen jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN dry_run boolean NOT NULL DEFAULT false;
`;

const DROP = `
ALTER TABLE sync_pending DROP COLUMN remote_version, DROP COLUMN deaths;
ALTER TABLE sync_connector DROP COLUMN stage_tables, DROP COLUMN chosen, DROP COLUMN dry_run;
`;
