import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

/** What clients buy. */
export class Orders1700000000038 implements MigrationInterface {
  readonly name = 'Orders1700000000038';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    await guardTenantTable(runner, 'sales_order');
    // Partners and franchisees see nothing of the catalogue.
    await runner.query(`
      CREATE POLICY restricted ON sales_order AS RESTRICTIVE TO mak_app
        USING ((SELECT mak_restricted_to()) IS NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE sales_order');
  }
}

const CREATE = `
CREATE TABLE sales_order (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant ON DELETE CASCADE,
  number text NOT NULL,
  client_id text NOT NULL,
  status text NOT NULL,
  currency text NOT NULL,
  lines jsonb NOT NULL,
  discount bigint NOT NULL,
  shipping_price bigint NOT NULL,
  payments jsonb NOT NULL,
  total bigint NOT NULL,
  paid bigint NOT NULL,
  payment_status text NOT NULL,
  comment text,
  carrier text,
  tracking_code text,
  ordered_at timestamptz(3) NOT NULL,
  closed_at timestamptz(3),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX sales_order_number ON sales_order (tenant_id, number);
CREATE INDEX sales_order_ordered ON sales_order (tenant_id, ordered_at, id);
CREATE INDEX sales_order_client ON sales_order (tenant_id, client_id, ordered_at, id);
`;
