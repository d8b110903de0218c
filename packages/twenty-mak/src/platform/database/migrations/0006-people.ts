import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const TABLES = ['role_permission', 'exchange_rate', 'saved_view'] as const;

/** What a tenant decides for itself: what its roles may do, its calendar and languages, its rates, views of its people. */
export class People1700000000006 implements MigrationInterface {
  readonly name = 'People1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of TABLES) await guardTenantTable(runner, table);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table} CASCADE`);
    await runner.query('ALTER TABLE tenant DROP COLUMN working_calendar, DROP COLUMN languages');
  }
}

const CREATE = `
ALTER TABLE tenant
  ADD COLUMN working_calendar jsonb,
  ADD COLUMN languages text[] NOT NULL DEFAULT '{en,ru,uk}';

-- Only differences from what a role may do as we ship it, so that a permission that comes later is decided by default.
CREATE TABLE role_permission (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  role text NOT NULL,
  granted text[] NOT NULL,
  revoked text[] NOT NULL,
  version integer NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, role)
);

-- From this day on one unit of base costs rate units of quote.
CREATE TABLE exchange_rate (
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  base text NOT NULL,
  quote text NOT NULL,
  day date NOT NULL,
  rate numeric NOT NULL,
  PRIMARY KEY (tenant_id, base, quote, day)
);
CREATE INDEX exchange_rate_day ON exchange_rate (tenant_id, day, base, quote);

CREATE TABLE saved_view (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  kind text NOT NULL,
  name text NOT NULL,
  pipeline text,
  definition jsonb NOT NULL,
  shared boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  owner_id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX saved_view_owner ON saved_view (tenant_id, owner_id);
`;

/** Roles are read while the tenant of a session is still being found out; a filter names people and clients of others. */
const ACCESS = `
CREATE POLICY membership ON role_permission FOR SELECT TO mak_app
  USING (tenant_id IN (SELECT tenant_id FROM account WHERE user_id = (SELECT mak_setting('mak.user'))));
CREATE POLICY restricted ON saved_view AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR owner_id::text = (SELECT mak_restricted_to()));
`;
