import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const TABLES = ['article', 'article_stock'] as const;

/** What a tenant sells, and how much of it there is. */
export class Articles1700000000037 implements MigrationInterface {
  readonly name = 'Articles1700000000037';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    for (const table of TABLES) {
      await guardTenantTable(runner, table);
      await runner.query(HEAD_OFFICE_ONLY(table));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${table}`);
  }
}

const CREATE = `
CREATE TABLE article (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  sku text NOT NULL,
  name text NOT NULL,
  description text,
  barcode text,
  unit text,
  product text,
  properties jsonb NOT NULL DEFAULT '[]',
  price bigint,
  purchase_price bigint,
  currency text,
  archived boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  revision integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX article_sku ON article (tenant_id, sku);
CREATE INDEX article_name ON article (tenant_id, name, id);

CREATE TABLE article_stock (
  tenant_id uuid NOT NULL,
  article_id uuid NOT NULL REFERENCES article ON DELETE CASCADE,
  warehouse text NOT NULL,
  quantity numeric(12, 3) NOT NULL,
  reserved numeric(12, 3) NOT NULL DEFAULT 0,
  counted_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, article_id, warehouse)
);
`;

/** Partners and franchisees see nothing of the catalogue. */
const HEAD_OFFICE_ONLY = (table: string): string => `
CREATE POLICY restricted ON ${table} AS RESTRICTIVE TO mak_app
  USING ((SELECT mak_restricted_to()) IS NULL)`;
