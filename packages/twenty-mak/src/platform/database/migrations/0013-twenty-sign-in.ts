import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** One sign-in: which workspace of which twenty belongs to a tenant, and who its users are here. */
export class TwentySignIn1700000000013 implements MigrationInterface {
  readonly name = 'TwentySignIn1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of ['twenty_workspace', 'twenty_user']) await guardTenantTable(runner, table);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE twenty_user, twenty_workspace CASCADE');
    await runner.query('DELETE FROM embed_session WHERE user_id IS NULL');
    await runner.query('ALTER TABLE embed_session ALTER COLUMN user_id SET NOT NULL');
  }
}

const CREATE = `
CREATE TABLE twenty_workspace (
  tenant_id uuid PRIMARY KEY REFERENCES tenant ON DELETE CASCADE,
  address text NOT NULL,
  workspace_id uuid NOT NULL,
  application_id uuid NOT NULL,
  newcomer_role text NOT NULL,
  enabled boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
-- A workspace belongs to one tenant.
CREATE UNIQUE INDEX twenty_workspace_claim ON twenty_workspace (address, workspace_id) WHERE enabled;

CREATE TABLE twenty_user (
  tenant_id uuid NOT NULL,
  workspace_id uuid NOT NULL,
  twenty_user_id uuid NOT NULL,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, workspace_id, twenty_user_id)
);
CREATE UNIQUE INDEX twenty_user_account ON twenty_user (account_id, workspace_id);

-- Who comes from twenty needs no person with a password here.
ALTER TABLE embed_session ALTER COLUMN user_id DROP NOT NULL;
`;

/** A frame names its tenant before anybody is signed in. */
const ACCESS = `
CREATE POLICY named ON twenty_workspace FOR SELECT TO mak_app
  USING (tenant_id IN (SELECT id FROM tenant WHERE key = (SELECT mak_setting('mak.tenant_key'))));
`;
