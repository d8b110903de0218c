import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const TABLES = ['company_profile', 'registration'] as const;

/** Outside companies: a head account with staff, what is known of the company, and how it comes in. */
export class Cabinets1700000000024 implements MigrationInterface {
  readonly name = 'Cabinets1700000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of TABLES) await guardTenantTable(runner, table);
    await runner.query(PERSONAL);
    await runner.query(RESTRICTED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY restricted ON account');
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table} CASCADE`);
    await runner.query(PERSONAL.replaceAll('mak_account()', 'mak_restricted_to()'));
    await runner.query('DROP FUNCTION mak_account()');
    await runner.query('ALTER TABLE account DROP COLUMN member_of');
    await runner.query(
      'ALTER TABLE tenant DROP COLUMN registration_open, DROP COLUMN privacy_url, DROP COLUMN company_totp',
    );
  }
}

const CREATE = `
ALTER TABLE tenant
  ADD COLUMN registration_open boolean NOT NULL DEFAULT true,
  ADD COLUMN privacy_url text,
  ADD COLUMN company_totp boolean NOT NULL DEFAULT false;

-- The head account of the company that this person is of the staff of.
ALTER TABLE account ADD COLUMN member_of uuid REFERENCES account ON DELETE CASCADE;
CREATE INDEX account_member ON account (member_of) WHERE member_of IS NOT NULL;

CREATE TABLE company_profile (
  account_id uuid PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  tenant_id uuid NOT NULL,
  company_name text NOT NULL,
  legal_form text,
  cities text[] NOT NULL DEFAULT '{}',
  niches text[] NOT NULL DEFAULT '{}',
  grade text,
  lead_capacity integer,
  -- Telephone and tax number, which of a sole trader are those of a person.
  contact jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX company_profile_tenant ON company_profile (tenant_id, account_id);

CREATE TABLE registration (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  status text NOT NULL DEFAULT 'applied',
  kind text NOT NULL,
  legal_form text NOT NULL,
  city text NOT NULL,
  niche text NOT NULL,
  locale text NOT NULL,
  -- Everything that tells who it is.
  contact jsonb NOT NULL,
  key_id uuid NOT NULL,
  consent_at timestamptz(3) NOT NULL DEFAULT now(),
  account_id uuid,
  reason text,
  decided_by text,
  decided_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX registration_status ON registration (tenant_id, status, id);
CREATE INDEX registration_key ON registration (key_id);
-- Whoever applies twice waits once.
CREATE UNIQUE INDEX registration_waiting ON registration (tenant_id, key_id) WHERE status = 'applied';

CREATE FUNCTION mak_account() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT mak_setting('mak.account') $$;
`;

/** A company shares its deals; tasks, notifications and views are of one person. */
const PERSONAL = `
ALTER POLICY restricted ON task USING ((SELECT mak_restricted_to()) IS NULL
  OR assignee_id::text = (SELECT mak_account()) OR deal_id IN (SELECT id FROM deal));
ALTER POLICY restricted ON notification
  USING ((SELECT mak_restricted_to()) IS NULL OR account_id::text = (SELECT mak_account()));
ALTER POLICY restricted ON saved_view
  USING ((SELECT mak_restricted_to()) IS NULL OR owner_id::text = (SELECT mak_account()));
`;

/** An outside company sees people of the office who work for it, and of outside companies only its own. */
const RESTRICTED = `
CREATE POLICY restricted ON account AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL
  OR role NOT IN ('partner', 'franchisee', 'guest')
  OR id::text = (SELECT mak_restricted_to()) OR member_of::text = (SELECT mak_restricted_to()));
CREATE POLICY restricted ON company_profile AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR account_id::text = (SELECT mak_restricted_to()));
CREATE POLICY restricted ON registration AS RESTRICTIVE TO mak_app USING ((SELECT mak_restricted_to()) IS NULL);
`;
