import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const TABLES = [
  'sync_connector',
  'sync_link',
  'sync_pending',
  'sync_cursor',
  'sync_journal',
] as const;

/** Rows of the sync engine: which connectors a tenant has, what is linked, what waits, and what was done. */
export class Sync1700000000015 implements MigrationInterface {
  readonly name = 'Sync1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of TABLES) await guardTenantTable(runner, table);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${TABLES.join(', ')} CASCADE`);
  }
}

const CREATE = `
CREATE TABLE sync_connector (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  connector text COLLATE "C" NOT NULL,
  state text NOT NULL,
  reason text,
  settings jsonb NOT NULL,
  secrets bytea,
  entities text[] NOT NULL,
  matrix jsonb NOT NULL DEFAULT '{}',
  budget jsonb,
  poll_seconds integer NOT NULL DEFAULT 60,
  poll_at timestamptz(3) NOT NULL DEFAULT now(),
  resync jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector)
);

CREATE TABLE sync_link (
  tenant_id uuid NOT NULL,
  connector text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  local_id text COLLATE "C" NOT NULL,
  remote_id text COLLATE "C" NOT NULL,
  agreed jsonb NOT NULL,
  remote_version text,
  status text NOT NULL,
  refusal jsonb,
  last_synced_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector, entity, local_id)
);
CREATE UNIQUE INDEX sync_link_remote ON sync_link (tenant_id, connector, entity, remote_id);

CREATE TABLE sync_pending (
  tenant_id uuid NOT NULL,
  connector text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  local_id text COLLATE "C",
  remote_id text COLLATE "C",
  urgency smallint NOT NULL,
  mak_heard_at jsonb NOT NULL,
  remote_heard_at jsonb NOT NULL,
  remote_touched boolean NOT NULL,
  generation integer NOT NULL DEFAULT 1,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz(3) NOT NULL,
  lease uuid,
  sent jsonb NOT NULL DEFAULT '{}',
  refusal jsonb,
  dead_at timestamptz(3),
  since timestamptz(3) NOT NULL,
  PRIMARY KEY (tenant_id, connector, entity, key)
) WITH (fillfactor = 80);
-- The most urgent first, and of those the one that is due longest.
CREATE INDEX sync_pending_urgent ON sync_pending (tenant_id, connector, entity, urgency, due_at) WHERE dead_at IS NULL;
-- Whether anything is due at all, and how long the oldest has waited.
CREATE INDEX sync_pending_due ON sync_pending (tenant_id, connector, due_at) WHERE dead_at IS NULL;
CREATE INDEX sync_pending_dead ON sync_pending (tenant_id, connector, dead_at) WHERE dead_at IS NOT NULL;

CREATE TABLE sync_cursor (
  tenant_id uuid NOT NULL,
  connector text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  cursor text NOT NULL,
  moved_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connector, entity)
);

CREATE TABLE sync_journal (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  connector text COLLATE "C" NOT NULL,
  entity text COLLATE "C" NOT NULL,
  local_id text COLLATE "C",
  remote_id text COLLATE "C",
  kind text NOT NULL,
  detail jsonb NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX sync_journal_age ON sync_journal (tenant_id, at);
CREATE INDEX sync_journal_record ON sync_journal (tenant_id, connector, entity, local_id, id);
CREATE INDEX sync_journal_recent ON sync_journal (tenant_id, connector, id);
`;

/** Connectors are the office's: who sees only deals of their own sees none of this, but what they do still waits to be sent. */
const ACCESS = `
CREATE POLICY restricted ON sync_journal AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);
CREATE POLICY restricted ON sync_link AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);

GRANT SELECT (tenant_id, connector, state, poll_at, resync) ON sync_connector TO mak_scan;
GRANT SELECT (tenant_id, connector, due_at, dead_at) ON sync_pending TO mak_scan;
CREATE POLICY scan ON sync_connector FOR SELECT TO mak_scan USING (true);
CREATE POLICY scan ON sync_pending FOR SELECT TO mak_scan USING (true);
`;
