import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** Embedding into twenty: the address of each tenant's twenty, one-time codes and the sessions they buy; and letters. */
export class SignIn1700000000003 implements MigrationInterface {
  readonly name = 'SignIn1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of ['embed_code', 'embed_session']) await guardTenantTable(runner, table);
    await runner.query(ACCESS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY named ON tenant');
    await runner.query('DROP TABLE embed_code, embed_session, auth.letter');
    await runner.query('ALTER TABLE tenant DROP COLUMN twenty_url');
  }
}

const CREATE = `
ALTER TABLE tenant ADD COLUMN twenty_url text;

CREATE TABLE embed_code (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  code_hash text NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX embed_code_hash ON embed_code (code_hash);
CREATE INDEX embed_code_expiry ON embed_code (tenant_id, expires_at);

CREATE TABLE embed_session (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  user_id text NOT NULL,
  token_hash text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL
);
CREATE UNIQUE INDEX embed_session_token ON embed_session (token_hash);
CREATE INDEX embed_session_expiry ON embed_session (tenant_id, expires_at);
CREATE INDEX embed_session_user ON embed_session (user_id);

-- Letters to people, who belong to no tenant. What they say is encrypted: it may hold a link that opens something.
CREATE TABLE auth.letter (
  id uuid PRIMARY KEY,
  sealed bytea NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX letter_due ON auth.letter (next_attempt_at);
`;

/** A code and a token may be looked up before their tenant is known, a tenant by its key, sessions by their person. */
const ACCESS = `
GRANT SELECT, INSERT, UPDATE, DELETE ON auth.letter TO mak_app;
CREATE POLICY credential ON embed_code FOR SELECT TO mak_app USING (code_hash = (SELECT mak_setting('mak.credential')));
CREATE POLICY credential ON embed_session FOR SELECT TO mak_app USING (token_hash = (SELECT mak_setting('mak.credential')));
CREATE POLICY credential_ends ON embed_session FOR DELETE TO mak_app USING (token_hash = (SELECT mak_setting('mak.credential')));
CREATE POLICY person ON embed_session FOR SELECT TO mak_app USING (user_id = (SELECT mak_setting('mak.user')));
CREATE POLICY person_ends ON embed_session FOR DELETE TO mak_app USING (user_id = (SELECT mak_setting('mak.user')));
CREATE POLICY named ON tenant FOR SELECT TO mak_app USING (key = (SELECT mak_setting('mak.tenant_key')));
`;
