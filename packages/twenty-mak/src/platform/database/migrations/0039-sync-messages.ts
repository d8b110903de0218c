import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** What other systems tell by webhooks, stored before it is looked at; ids, no texts of people. */
export class SyncMessages1700000000039 implements MigrationInterface {
  readonly name = 'SyncMessages1700000000039';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'sync_message');
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sync_message CASCADE');
  }
}

/**
 * A message is stored once only until it is read: one that says the same afterwards may tell of a change that the first look did
 * not see.
 */
const CREATE = `
CREATE TABLE sync_message (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  connector text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  told jsonb NOT NULL,
  untold text[] NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(),
  read_at timestamptz(3)
);
CREATE UNIQUE INDEX sync_message_once ON sync_message (tenant_id, connector, digest) WHERE read_at IS NULL;
CREATE INDEX sync_message_unread ON sync_message (tenant_id, connector, id) WHERE read_at IS NULL;
CREATE INDEX sync_message_age ON sync_message (tenant_id, at);
`;

const ACCESS = `
CREATE POLICY restricted ON sync_message AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);

GRANT SELECT (tenant_id, connector, at, read_at) ON sync_message TO mak_scan;
CREATE POLICY scan ON sync_message FOR SELECT TO mak_scan USING (true);
`;
