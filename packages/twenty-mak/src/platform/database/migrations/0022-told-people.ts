import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** What people are told of: conflicts on critical fields, which they decide, and how much they have not read. */
export class ToldPeople1700000000022 implements MigrationInterface {
  readonly name = 'ToldPeople1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'sync_conflict');
    await runner.query(
      'CREATE POLICY restricted ON sync_conflict AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sync_conflict CASCADE');
    await runner.query('DROP INDEX notification_unread');
  }
}

const CREATE = `
CREATE TABLE sync_conflict (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  connector text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  local_id text COLLATE "C" NOT NULL,
  remote_id text COLLATE "C" NOT NULL,
  field text NOT NULL,
  mak jsonb NOT NULL,
  remote jsonb NOT NULL,
  winner text NOT NULL,
  agreed jsonb NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(),
  decision text,
  decided_at timestamptz(3),
  decided_by text
);
CREATE INDEX sync_conflict_age ON sync_conflict (tenant_id, at);
CREATE INDEX sync_conflict_recent ON sync_conflict (tenant_id, connector, id);
CREATE INDEX sync_conflict_open ON sync_conflict (tenant_id, connector) WHERE decided_at IS NULL;

CREATE INDEX notification_unread ON notification (tenant_id, account_id) WHERE read_at IS NULL;
`;
