import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Dead letters know which version of the remote record was refused, and waiting records how often they ended an attempt. */
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
`;

const DROP = `
ALTER TABLE sync_pending DROP COLUMN remote_version, DROP COLUMN deaths;
`;
