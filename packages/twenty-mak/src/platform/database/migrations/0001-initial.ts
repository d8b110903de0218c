import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUTH_TABLES } from './auth-tables.ts';

/** Tables whose rows belong to one tenant: row-level security is on and forced for each. */
const TENANT_TABLES = [
  'account',
  'api_client',
  'pipeline',
  'pipeline_version',
  'source_default',
  'pipeline_migration',
  'event',
  'event_rejection',
  'person_key',
  'person_alias',
  'deal_ref',
  'deal',
  'deal_search',
  'stage_change',
  'gate_change',
  'sla_run',
  'deal_archive',
  'stage_counter',
  'task',
  'notification',
  'outbox',
  'outbox_cursor',
  'webhook_subscription',
  'webhook_delivery',
  'idempotency_key',
  'audit_entry',
] as const;

/** Tables that partners and franchisees see only as far as they see the deal. */
const DEAL_TABLES = [
  'event',
  'deal_ref',
  'deal_search',
  'stage_change',
  'gate_change',
  'sla_run',
  'deal_archive',
  'outbox',
] as const;

export class Initial1700000000001 implements MigrationInterface {
  readonly name = 'Initial1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    await runner.query(TABLES);
    for (const table of TENANT_TABLES) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(
        `CREATE POLICY tenant ON ${table} TO mak_app USING (tenant_id = (SELECT mak_tenant()))`,
      );
      await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO mak_app`);
    }
    // As a CASE, not as an OR: the planner would believe that hardly any row passes an OR, and leave the board's index.
    await runner.query(`CREATE POLICY restricted ON deal AS RESTRICTIVE TO mak_app
      USING (CASE WHEN (SELECT mak_restricted_to()) IS NULL THEN true ELSE owner_id = (SELECT mak_restricted_to()) END)`);
    for (const table of DEAL_TABLES) {
      await runner.query(`CREATE POLICY restricted ON ${table} AS RESTRICTIVE TO mak_app
        USING ((SELECT mak_restricted_to()) IS NULL OR deal_id IN (SELECT id FROM deal))`);
    }
    await runner.query(ACCESS);
    await runner.query(AUTH_TABLES);
    await runner.query(SEARCH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA IF EXISTS auth CASCADE');
    for (const table of [...TENANT_TABLES, 'tenant'])
      await runner.query(`DROP TABLE IF EXISTS ${table} CASCADE`);
    await runner.query(
      'DROP FUNCTION IF EXISTS mak_search_deals(text, integer), mak_tenant(), mak_restricted_to(), mak_setting(text)',
    );
  }
}

const TABLES = `
CREATE FUNCTION mak_setting(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting(name, true), '') $$;
CREATE FUNCTION mak_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT mak_setting('mak.tenant')::uuid $$;
CREATE FUNCTION mak_restricted_to() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT mak_setting('mak.restricted_to') $$;

CREATE TABLE tenant (
  id uuid PRIMARY KEY,
  key text NOT NULL UNIQUE,
  name text NOT NULL,
  currency text NOT NULL DEFAULT 'EUR',
  time_zone text NOT NULL DEFAULT 'UTC',
  locale text NOT NULL DEFAULT 'en',
  clock_frozen_at timestamptz(3),
  escalation boolean NOT NULL DEFAULT true,
  settings jsonb NOT NULL DEFAULT '{}',
  demo boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE account (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  user_id text,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  locale text NOT NULL DEFAULT 'en',
  status text NOT NULL DEFAULT 'invited',
  invitation_hash text,
  invitation_expires_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX account_invitation ON account (invitation_hash);
CREATE UNIQUE INDEX account_email ON account (tenant_id, lower(email));
CREATE INDEX account_user ON account (user_id);

CREATE TABLE api_client (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  name text NOT NULL,
  kind text NOT NULL,
  secret_hash text NOT NULL,
  scopes text[] NOT NULL,
  created_by uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  last_used_at timestamptz(3),
  expires_at timestamptz(3),
  revoked_at timestamptz(3)
);
CREATE UNIQUE INDEX api_client_secret ON api_client (secret_hash);
CREATE INDEX api_client_tenant ON api_client (tenant_id, created_at);

CREATE TABLE pipeline (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  key text NOT NULL,
  title text NOT NULL,
  is_default boolean NOT NULL DEFAULT false,
  current_version integer,
  draft jsonb,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  archived_at timestamptz(3)
);
CREATE UNIQUE INDEX pipeline_key ON pipeline (tenant_id, key);
CREATE UNIQUE INDEX pipeline_default ON pipeline (tenant_id) WHERE is_default;

CREATE TABLE pipeline_version (
  tenant_id uuid NOT NULL,
  pipeline_id uuid NOT NULL REFERENCES pipeline ON DELETE CASCADE,
  version integer NOT NULL,
  definition jsonb NOT NULL,
  published_at timestamptz(3) NOT NULL DEFAULT now(),
  published_by text,
  PRIMARY KEY (pipeline_id, version)
);
CREATE INDEX pipeline_version_tenant ON pipeline_version (tenant_id);

CREATE TABLE source_default (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  source text NOT NULL,
  pipeline_id uuid NOT NULL REFERENCES pipeline ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, source)
);

CREATE TABLE pipeline_migration (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  pipeline_id uuid NOT NULL REFERENCES pipeline ON DELETE CASCADE,
  from_version integer,
  to_version integer NOT NULL,
  status text NOT NULL DEFAULT 'running',
  deals integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  moved integer NOT NULL DEFAULT 0,
  after_deal uuid,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  finished_at timestamptz(3)
);
CREATE UNIQUE INDEX pipeline_migration_running ON pipeline_migration (pipeline_id) WHERE status = 'running';
CREATE INDEX pipeline_migration_recent ON pipeline_migration (tenant_id, pipeline_id, created_at);

CREATE TABLE event (
  tenant_id uuid NOT NULL,
  source text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  deal_id uuid NOT NULL,
  type text NOT NULL,
  version smallint NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL,
  correlation_id text,
  refs jsonb NOT NULL,
  data jsonb NOT NULL,
  content_hash bytea NOT NULL,
  PRIMARY KEY (tenant_id, source, event_id)
);
-- Without the tenant: of a tenant that the statistics do not know yet, the planner would take any index that begins with it.
CREATE INDEX event_deal ON event (deal_id, occurred_at);

CREATE TABLE event_rejection (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  received_at timestamptz(3) NOT NULL DEFAULT now(),
  source text,
  event_id text,
  code text NOT NULL,
  reason text NOT NULL,
  field text,
  payload jsonb NOT NULL
);
CREATE INDEX event_rejection_recent ON event_rejection (tenant_id, received_at);

CREATE TABLE person_key (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  person_id text,
  wrapped_key bytea,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  erased_at timestamptz(3)
);
CREATE UNIQUE INDEX person_key_current ON person_key (tenant_id, person_id) WHERE erased_at IS NULL;

CREATE TABLE person_alias (
  tenant_id uuid NOT NULL,
  alias text NOT NULL,
  key_id uuid NOT NULL REFERENCES person_key ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, alias, key_id)
);
CREATE INDEX person_alias_key ON person_alias (key_id);

CREATE TABLE deal_ref (
  tenant_id uuid NOT NULL,
  system text COLLATE "C" NOT NULL,
  external_id text COLLATE "C" NOT NULL,
  deal_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, system, external_id)
);
CREATE INDEX deal_ref_deal ON deal_ref (deal_id);

CREATE TABLE deal (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  pipeline_version integer NOT NULL,
  name text,
  client_id text,
  stage text NOT NULL,
  stage_started_at timestamptz(3) NOT NULL,
  business_stage text,
  gates jsonb NOT NULL,
  missing_gates text[] NOT NULL DEFAULT '{}',
  domain_stages jsonb NOT NULL,
  amount bigint,
  currency text,
  owner_id text,
  responsible jsonb NOT NULL DEFAULT '{}',
  attributes jsonb NOT NULL DEFAULT '{}',
  sla_due_at timestamptz(3),
  outcome text,
  closed_at timestamptz(3),
  archived_at timestamptz(3),
  merged_into uuid,
  parked_reason text,
  state jsonb NOT NULL,
  published jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
) WITH (fillfactor = 80);
CREATE INDEX deal_board ON deal (tenant_id, pipeline_id, stage, stage_started_at, id) WHERE archived_at IS NULL;
CREATE INDEX deal_owner ON deal (tenant_id, owner_id, stage_started_at, id);
CREATE INDEX deal_due ON deal (tenant_id, sla_due_at, id) WHERE sla_due_at IS NOT NULL;
CREATE INDEX deal_archived ON deal (tenant_id, archived_at, id) WHERE archived_at IS NOT NULL;
CREATE INDEX deal_merged ON deal (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE deal_search (
  tenant_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (tenant_id, deal_id)
);
CREATE INDEX deal_search_text ON deal_search USING gin (text gin_trgm_ops);

CREATE TABLE stage_change (
  tenant_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  seq integer NOT NULL,
  from_stage text NOT NULL,
  to_stage text NOT NULL,
  reason text NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  source text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, deal_id, seq)
);

CREATE TABLE gate_change (
  tenant_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  seq integer NOT NULL,
  gate text NOT NULL,
  status boolean NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  source text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, deal_id, seq)
);

CREATE TABLE sla_run (
  tenant_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  timer text COLLATE "C" NOT NULL,
  opened_source text COLLATE "C" NOT NULL,
  opened_event_id text COLLATE "C" NOT NULL,
  opened_at timestamptz(3) NOT NULL,
  due_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  closed_as text,
  breach_published boolean NOT NULL DEFAULT false,
  acknowledged_at timestamptz(3),
  acknowledged_by uuid,
  PRIMARY KEY (tenant_id, deal_id, timer, opened_source, opened_event_id)
);
CREATE INDEX sla_run_sweep ON sla_run (tenant_id, due_at) WHERE closed_at IS NULL AND NOT breach_published;
CREATE INDEX sla_run_breached ON sla_run (tenant_id, deal_id) WHERE breach_published;

CREATE TABLE deal_archive (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  pipeline_version integer NOT NULL,
  reason text NOT NULL,
  archived_at timestamptz(3) NOT NULL DEFAULT now(),
  history jsonb NOT NULL
);
CREATE INDEX deal_archive_deal ON deal_archive (tenant_id, deal_id);

CREATE TABLE stage_counter (
  tenant_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  stage text NOT NULL,
  currency text NOT NULL,
  deals bigint NOT NULL,
  -- Sums of amounts that each fill a bigint.
  amount numeric NOT NULL,
  PRIMARY KEY (tenant_id, pipeline_id, stage, currency)
);

CREATE TABLE task (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  deal_id uuid,
  kind text NOT NULL,
  subject text NOT NULL,
  title text NOT NULL,
  assignee_id uuid,
  due_at timestamptz(3),
  status text NOT NULL DEFAULT 'open',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  closed_at timestamptz(3)
);
CREATE UNIQUE INDEX task_subject ON task (tenant_id, kind, subject) WHERE status = 'open';
CREATE INDEX task_assignee ON task (tenant_id, assignee_id, status, id);
CREATE INDEX task_status ON task (tenant_id, status, id);

CREATE TABLE notification (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  account_id uuid NOT NULL,
  kind text NOT NULL,
  deal_id uuid,
  data jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  read_at timestamptz(3)
);
CREATE INDEX notification_account ON notification (tenant_id, account_id, id);
CREATE INDEX notification_deal ON notification (tenant_id, deal_id);

CREATE TABLE outbox (
  tx bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  position bigint GENERATED ALWAYS AS IDENTITY (CACHE 100),
  tenant_id uuid NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  deal_id uuid NOT NULL,
  deal_version integer NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  correlation_id text,
  causation_id text,
  data jsonb NOT NULL,
  PRIMARY KEY (tenant_id, tx, position)
);

CREATE TABLE outbox_cursor (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  consumer text NOT NULL,
  tx bigint NOT NULL DEFAULT 0,
  position bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, consumer)
);

CREATE TABLE webhook_subscription (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  url text NOT NULL,
  types text[] NOT NULL,
  secret bytea NOT NULL,
  previous_secret bytea,
  previous_secret_until timestamptz(3),
  status text NOT NULL DEFAULT 'active',
  status_reason text,
  failing_since timestamptz(3),
  since_tx bigint NOT NULL DEFAULT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint),
  description text,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX webhook_subscription_tenant ON webhook_subscription (tenant_id);

CREATE TABLE webhook_delivery (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  subscription_id uuid NOT NULL REFERENCES webhook_subscription ON DELETE CASCADE,
  tx bigint NOT NULL,
  position bigint NOT NULL,
  deal_id uuid NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  payload json NOT NULL,
  status text NOT NULL DEFAULT 'pending',
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT now(),
  locked_until timestamptz(3),
  last_status integer,
  last_error text,
  replayed boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  delivered_at timestamptz(3)
);
CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (subscription_id, event_id);
CREATE INDEX webhook_delivery_due ON webhook_delivery (subscription_id, next_attempt_at) WHERE status = 'pending';
CREATE INDEX webhook_delivery_order ON webhook_delivery (subscription_id, deal_id, tx, position) WHERE status = 'pending';
CREATE INDEX webhook_delivery_status ON webhook_delivery (tenant_id, subscription_id, status, id);

CREATE TABLE idempotency_key (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  principal text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  sealed_answer bytea,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, principal, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (tenant_id, created_at);

CREATE TABLE audit_entry (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  at timestamptz(3) NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  action text NOT NULL,
  entity text NOT NULL,
  entity_id text,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_entry_recent ON audit_entry (tenant_id, at, id);
CREATE INDEX audit_entry_entity ON audit_entry (tenant_id, entity, entity_id);
`;

/** What goes beyond "rows of my tenant": the tenant itself, credentials before the tenant is known, and the scanner. */
const ACCESS = `
ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON tenant TO mak_app;
CREATE POLICY tenant ON tenant TO mak_app USING (id = (SELECT mak_tenant()));
CREATE POLICY operator ON tenant FOR SELECT TO mak_app USING ((SELECT mak_setting('mak.operator')) = 'on');
CREATE POLICY credential ON api_client FOR SELECT TO mak_app USING (secret_hash = (SELECT mak_setting('mak.credential')));
CREATE POLICY invitation ON account FOR SELECT TO mak_app USING (invitation_hash = (SELECT mak_setting('mak.credential')));
CREATE POLICY membership ON account FOR SELECT TO mak_app USING (user_id = (SELECT mak_setting('mak.user')));
CREATE POLICY membership ON tenant FOR SELECT TO mak_app
  USING (id IN (SELECT tenant_id FROM account WHERE user_id = (SELECT mak_setting('mak.user'))));

-- Partners and franchisees: their own tasks and notifications, and no sums over the deals of others.
CREATE POLICY restricted ON task AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL
  OR assignee_id::text = (SELECT mak_restricted_to()) OR deal_id IN (SELECT id FROM deal));
CREATE POLICY restricted ON notification AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR account_id::text = (SELECT mak_restricted_to()));
CREATE POLICY restricted ON stage_counter AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);

-- Entries are only ever added; they end with their tenant.
REVOKE UPDATE, DELETE ON audit_entry FROM mak_app;

GRANT USAGE ON SCHEMA public TO mak_app, mak_scan;
GRANT SELECT (id, clock_frozen_at) ON tenant TO mak_scan;
GRANT SELECT (tenant_id, deal_id, due_at, closed_at, breach_published) ON sla_run TO mak_scan;
GRANT SELECT (tenant_id, tx, position) ON outbox TO mak_scan;
GRANT SELECT (tenant_id, consumer, tx, position) ON outbox_cursor TO mak_scan;
GRANT SELECT (tenant_id, id, status) ON webhook_subscription TO mak_scan;
GRANT SELECT (tenant_id, id, subscription_id, next_attempt_at, locked_until, status) ON webhook_delivery TO mak_scan;
CREATE POLICY scan ON tenant FOR SELECT TO mak_scan USING (true);
CREATE POLICY scan ON sla_run FOR SELECT TO mak_scan USING (true);
CREATE POLICY scan ON outbox FOR SELECT TO mak_scan USING (true);
CREATE POLICY scan ON outbox_cursor FOR SELECT TO mak_scan USING (true);
CREATE POLICY scan ON webhook_subscription FOR SELECT TO mak_scan USING (true);
CREATE POLICY scan ON webhook_delivery FOR SELECT TO mak_scan USING (true);

GRANT SELECT (tenant_id, id, status) ON pipeline_migration TO mak_scan;
CREATE POLICY scan ON pipeline_migration FOR SELECT TO mak_scan USING (true);
`;

/**
 * Search for text. Pattern matching is not leakproof, so under a policy PostgreSQL must not use its index. This
 * function runs as a role that cannot log in and sees nothing but search texts, and asks for the tenant itself.
 */
const SEARCH = `
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mak_search') THEN
    CREATE ROLE mak_search NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
GRANT mak_search TO CURRENT_USER;
GRANT USAGE, CREATE ON SCHEMA public TO mak_search;
GRANT SELECT ON deal_search TO mak_search;
CREATE POLICY search ON deal_search FOR SELECT TO mak_search USING (true);
CREATE FUNCTION mak_search_deals(pattern text, at_most integer) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
  AS $$ SELECT deal_id FROM deal_search WHERE tenant_id = (SELECT mak_tenant()) AND text ILIKE pattern LIMIT at_most $$;
ALTER FUNCTION mak_search_deals(text, integer) OWNER TO mak_search;
REVOKE ALL ON FUNCTION mak_search_deals(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION mak_search_deals(text, integer) TO mak_app;
REVOKE CREATE ON SCHEMA public FROM mak_search;
`;
