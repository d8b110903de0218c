import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const TABLES = [
  'lead_settings',
  'lead',
  'lead_contact',
  'lead_key',
  'lead_block',
  'lead_ref',
  'lead_status_change',
  'lead_comment',
  'lead_consent',
  'lead_duplicate',
  'segment',
] as const;

/** Leads: what everybody who works with one sees, and apart from it who it is. */
export class Leads1700000000025 implements MigrationInterface {
  readonly name = 'Leads1700000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of TABLES) await guardTenantTable(runner, table);
    await runner.query(RESTRICTED);
    await runner.query('GRANT SELECT (tenant_id, compare_at) ON lead TO mak_scan');
    await runner.query('CREATE POLICY scan ON lead FOR SELECT TO mak_scan USING (true)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table} CASCADE`);
  }
}

const CREATE = `
CREATE TABLE lead_settings (
  tenant_id uuid PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  statuses jsonb NOT NULL,
  sources jsonb NOT NULL,
  handlings jsonb NOT NULL,
  cities jsonb NOT NULL,
  niches jsonb NOT NULL,
  certain text NOT NULL,
  likely text NOT NULL,
  consent text NOT NULL,
  country text NOT NULL,
  version integer NOT NULL DEFAULT 2,
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- City and niche are keys of the tenant's lists, never what somebody wrote: all of this may be shown before a sale.
CREATE TABLE lead (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  status text NOT NULL,
  kind text NOT NULL,
  status_number integer NOT NULL,
  status_since timestamptz(3) NOT NULL,
  title text,
  city text,
  niche text,
  legal_form text,
  source text NOT NULL,
  handling text,
  amount bigint,
  currency text,
  score smallint,
  responsible_id uuid,
  partner_id uuid,
  buyer_id uuid,
  lot_id uuid,
  deal_id uuid,
  consent text,
  consent_at timestamptz(3),
  duplicate boolean NOT NULL DEFAULT false,
  unlisted boolean NOT NULL DEFAULT false,
  merged_into uuid,
  origin jsonb,
  stamps jsonb NOT NULL DEFAULT '{}',
  compare_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
CREATE INDEX lead_created ON lead (tenant_id, created_at, id) WHERE merged_into IS NULL;
CREATE INDEX lead_status ON lead (tenant_id, status, created_at, id) WHERE merged_into IS NULL;
CREATE INDEX lead_partner ON lead (tenant_id, partner_id, created_at, id) WHERE partner_id IS NOT NULL;
CREATE INDEX lead_buyer ON lead (tenant_id, buyer_id, created_at, id) WHERE buyer_id IS NOT NULL;
CREATE INDEX lead_lot ON lead (lot_id) WHERE lot_id IS NOT NULL;
CREATE INDEX lead_deal ON lead (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX lead_unlisted ON lead (tenant_id) WHERE unlisted;
CREATE INDEX lead_compare ON lead (tenant_id, compare_at) WHERE compare_at IS NOT NULL;

-- Rows of this and the next tables come with their leads, a million at a time, and leads are deleted with their tenant only: no
-- foreign keys, whose checks would cost more than the rows.
CREATE TABLE lead_contact (
  lead_id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  contact jsonb NOT NULL,
  key_id uuid NOT NULL,
  attributes jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX lead_contact_key ON lead_contact (key_id);

-- Secret digests of numbers, addresses and names: equal ones can be found, and nothing can be read from them.
CREATE TABLE lead_key (
  tenant_id uuid NOT NULL,
  digest uuid NOT NULL,
  lead_id uuid NOT NULL,
  way text NOT NULL,
  PRIMARY KEY (tenant_id, digest, lead_id)
);
CREATE INDEX lead_key_lead ON lead_key (lead_id);

CREATE TABLE lead_block (
  tenant_id uuid NOT NULL,
  digest uuid NOT NULL,
  lead_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, digest, lead_id)
);
CREATE INDEX lead_block_lead ON lead_block (lead_id);

CREATE TABLE lead_ref (
  tenant_id uuid NOT NULL,
  system text COLLATE "C" NOT NULL,
  ref text COLLATE "C" NOT NULL,
  lead_id uuid NOT NULL REFERENCES lead ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, system, ref)
);
CREATE INDEX lead_ref_lead ON lead_ref (lead_id);

-- of_lead is the lead that had the change, lead_id the one that it was merged into since.
CREATE TABLE lead_status_change (
  tenant_id uuid NOT NULL,
  of_lead uuid NOT NULL,
  number integer NOT NULL,
  lead_id uuid NOT NULL,
  from_status text,
  to_status text NOT NULL,
  kind text NOT NULL,
  at timestamptz(3) NOT NULL,
  mover text NOT NULL,
  actor_id text,
  reason text,
  PRIMARY KEY (tenant_id, of_lead, number)
);
CREATE INDEX lead_status_change_lead ON lead_status_change (lead_id, at);

CREATE TABLE lead_comment (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  lead_id uuid NOT NULL REFERENCES lead ON DELETE CASCADE,
  author_kind text NOT NULL,
  author_id text NOT NULL,
  text text NOT NULL,
  created_at timestamptz(3) NOT NULL
);
CREATE INDEX lead_comment_lead ON lead_comment (lead_id, created_at);

CREATE TABLE lead_consent (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  lead_id uuid NOT NULL REFERENCES lead ON DELETE CASCADE,
  answer text NOT NULL,
  at timestamptz(3) NOT NULL,
  evidence text NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz(3) NOT NULL
);
CREATE INDEX lead_consent_lead ON lead_consent (lead_id, recorded_at);

-- Each pair once, the lesser id first.
CREATE TABLE lead_duplicate (
  tenant_id uuid NOT NULL,
  lead_id uuid NOT NULL REFERENCES lead ON DELETE CASCADE,
  other_id uuid NOT NULL REFERENCES lead ON DELETE CASCADE,
  way text NOT NULL,
  score smallint NOT NULL,
  found_at timestamptz(3) NOT NULL,
  decision text,
  decided_at timestamptz(3),
  decided_by text,
  PRIMARY KEY (tenant_id, lead_id, other_id),
  CHECK (lead_id < other_id)
);
CREATE INDEX lead_duplicate_other ON lead_duplicate (other_id);
CREATE INDEX lead_duplicate_open ON lead_duplicate (tenant_id, found_at, lead_id, other_id) WHERE decision IS NULL;

CREATE TABLE segment (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  owner_id text NOT NULL,
  company_id uuid,
  name text NOT NULL,
  filter jsonb NOT NULL,
  shared boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX segment_owner ON segment (tenant_id, owner_id);
`;

/** A company sees the leads that it brought and those that it has bought, and whatever hangs on them. */
const OWN = 'EXISTS (SELECT FROM lead l WHERE l.id = lead_id)';
const HANGING = [
  'lead_contact',
  'lead_key',
  'lead_block',
  'lead_ref',
  'lead_status_change',
  'lead_comment',
  'lead_consent',
];

const RESTRICTED = `
CREATE POLICY restricted ON lead AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR partner_id::text = (SELECT mak_restricted_to())
    OR buyer_id::text = (SELECT mak_restricted_to()));
${HANGING.map(
  (table) => `CREATE POLICY restricted ON ${table} AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR ${OWN});`,
).join('\n')}
CREATE POLICY restricted ON lead_duplicate AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL);
CREATE POLICY restricted ON segment AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL OR company_id::text = (SELECT mak_restricted_to()));
`;
