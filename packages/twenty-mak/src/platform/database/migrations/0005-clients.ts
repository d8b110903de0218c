import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const TABLES = [
  'client',
  'client_key',
  'client_contact',
  'qualification_card',
  'qualification',
] as const;

/** Companies and people that a tenant deals with, and score cards of deals. */
export class Clients1700000000005 implements MigrationInterface {
  readonly name = 'Clients1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of TABLES) await guardTenantTable(runner, table);
    await runner.query(RESTRICTED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX deal_client');
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table} CASCADE`);
  }
}

const CREATE = `
CREATE TABLE client (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  kind text NOT NULL,
  name text NOT NULL,
  industry text,
  size text,
  budget_band text,
  client_type text,
  source text,
  segments text[] NOT NULL DEFAULT '{}',
  key_account boolean NOT NULL DEFAULT false,
  owner_id uuid,
  external_refs jsonb NOT NULL DEFAULT '[]',
  attributes jsonb NOT NULL DEFAULT '{}',
  archived_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX client_name ON client (tenant_id, name, id);

-- Everything that a deal's client_id may say to name a client: its id, or the id of a record in an outer system.
CREATE TABLE client_key (
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  client_id uuid NOT NULL REFERENCES client ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, key)
);
CREATE INDEX client_key_client ON client_key (client_id);
CREATE INDEX deal_client ON deal (tenant_id, client_id, stage_started_at, id) WHERE client_id IS NOT NULL;

CREATE TABLE client_contact (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  client_id uuid NOT NULL REFERENCES client ON DELETE CASCADE,
  seq smallint NOT NULL,
  position text,
  contact jsonb NOT NULL,
  key_id uuid NOT NULL
);
CREATE INDEX client_contact_client ON client_contact (client_id, seq);
CREATE INDEX client_contact_key ON client_contact (key_id);

CREATE TABLE qualification_card (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  card text NOT NULL,
  weights jsonb NOT NULL,
  threshold smallint NOT NULL,
  version integer NOT NULL DEFAULT 2,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, card)
);

CREATE TABLE qualification (
  tenant_id uuid NOT NULL,
  deal_id uuid NOT NULL,
  card text NOT NULL,
  answers jsonb NOT NULL,
  score smallint NOT NULL,
  threshold smallint NOT NULL,
  passed boolean NOT NULL,
  answered_by text NOT NULL,
  answered_at timestamptz(3) NOT NULL DEFAULT now(),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, deal_id, card)
);
`;

/** Partners and franchisees see clients that are theirs or that their deals name, and the cards of their deals. */
const RESTRICTED = `
CREATE POLICY restricted ON client_key AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR key IN (SELECT client_id FROM deal));
CREATE POLICY restricted ON client AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR owner_id::text = (SELECT mak_restricted_to())
    OR id IN (SELECT client_id FROM client_key));
CREATE POLICY restricted ON client_contact AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR client_id IN (SELECT id FROM client));
CREATE POLICY restricted ON qualification AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR deal_id IN (SELECT id FROM deal));
`;
