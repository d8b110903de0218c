import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const TABLES = ['lead_import_profile', 'lead_import', 'lead_import_reject'] as const;

/** Files of leads: how their columns are read, how far each one is, and the rows that were not taken in. */
export class LeadFiles1700000000027 implements MigrationInterface {
  readonly name = 'LeadFiles1700000000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of TABLES) await guardTenantTable(runner, table);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table} CASCADE`);
  }
}

const CREATE = `
CREATE TABLE lead_import_profile (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  company_id uuid,
  name text NOT NULL,
  profile jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX lead_import_profile_name
  ON lead_import_profile (tenant_id, company_id, name) NULLS NOT DISTINCT;

-- What a file says of people is sealed: report, forecast and the boxes of rejected rows.
CREATE TABLE lead_import (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  company_id uuid,
  uploaded_by text NOT NULL,
  started_by jsonb,
  file_name text NOT NULL,
  format text NOT NULL,
  size bigint NOT NULL,
  encoding text,
  separator text,
  sheet text,
  columns jsonb,
  status text NOT NULL,
  profile jsonb,
  position_row integer NOT NULL DEFAULT 0,
  position_digest text,
  progress real NOT NULL DEFAULT 0,
  counts jsonb,
  report bytea,
  forecast_counts jsonb,
  forecast bytea,
  failure jsonb,
  runner uuid,
  due_at timestamptz(3),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX lead_import_created ON lead_import (tenant_id, created_at, id);
CREATE INDEX lead_import_due ON lead_import (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE lead_import_reject (
  tenant_id uuid NOT NULL,
  import_id uuid NOT NULL REFERENCES lead_import ON DELETE CASCADE,
  first_row integer NOT NULL,
  rows integer NOT NULL,
  box bytea NOT NULL,
  PRIMARY KEY (import_id, first_row)
);
`;

const ACCESS = `
${['lead_import_profile', 'lead_import']
  .map(
    (table) => `CREATE POLICY restricted ON ${table} AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR company_id::text = (SELECT mak_restricted_to()));`,
  )
  .join('\n')}
CREATE POLICY restricted ON lead_import_reject AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR import_id IN (SELECT id FROM lead_import));

GRANT SELECT (tenant_id, id, due_at) ON lead_import TO mak_scan;
CREATE POLICY scan ON lead_import FOR SELECT TO mak_scan USING (true);
`;
