import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** What KeyCRM told by its webhooks, and what became of it. */
export class KeyCrmMessages1700000000044 implements MigrationInterface {
  readonly name = 'KeyCrmMessages1700000000044';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'keycrm_message');
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE keycrm_message CASCADE');
  }
}

const CREATE = `
CREATE TABLE keycrm_message (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  event_type text NOT NULL,
  payload jsonb NOT NULL,
  processing_status text NOT NULL,
  error_message text,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  processed_at timestamptz(3)
);
CREATE UNIQUE INDEX keycrm_message_once ON keycrm_message (tenant_id, key);
CREATE INDEX keycrm_message_listed ON keycrm_message (tenant_id, id);
CREATE INDEX keycrm_message_age ON keycrm_message (received_at);
`;

/** Orders of all clients stand in them. */
const ACCESS = `
CREATE POLICY restricted ON keycrm_message AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);

GRANT SELECT (tenant_id, received_at) ON keycrm_message TO mak_scan;
CREATE POLICY scan ON keycrm_message FOR SELECT TO mak_scan USING (true);
`;
