import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** Messages of twenty's webhooks, stored before they are looked at. */
export class TwentyMessages1700000000017 implements MigrationInterface {
  readonly name = 'TwentyMessages1700000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'twenty_message');
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE twenty_message CASCADE');
  }
}

const CREATE = `
CREATE TABLE twenty_message (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  signature text COLLATE "C" NOT NULL,
  body text NOT NULL,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  read_at timestamptz(3)
);
CREATE UNIQUE INDEX twenty_message_once ON twenty_message (tenant_id, signature);
CREATE INDEX twenty_message_unread ON twenty_message (tenant_id, id) WHERE read_at IS NULL;
CREATE INDEX twenty_message_age ON twenty_message (received_at);
`;

/** Records of all people of the workspace stand in them. */
const ACCESS = `
CREATE POLICY restricted ON twenty_message AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);

GRANT SELECT (tenant_id, received_at, read_at) ON twenty_message TO mak_scan;
CREATE POLICY scan ON twenty_message FOR SELECT TO mak_scan USING (true);
`;
