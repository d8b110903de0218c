import type { QueryRunner } from 'typeorm';

/** Rows of one tenant only, for the application; forced, so that the owner of the table is no exception. */
export async function guardTenantTable(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(
    `CREATE POLICY tenant ON ${table} TO mak_app USING (tenant_id = (SELECT mak_tenant()))`,
  );
  await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO mak_app`);
}
