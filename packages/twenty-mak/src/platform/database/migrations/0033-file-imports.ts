import type { MigrationInterface, QueryRunner } from 'typeorm';

const NAMES = ['import_profile', 'import', 'import_reject'] as const;

/** Files are of leads or of clients; those that are there are of leads. */
export class FileImports1700000000033 implements MigrationInterface {
  readonly name = 'FileImports1700000000033';

  async up(runner: QueryRunner): Promise<void> {
    await rename(runner, 'lead', 'file');
    for (const table of ['file_import_profile', 'file_import']) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN target text NOT NULL DEFAULT 'lead'`);
      await runner.query(`ALTER TABLE ${table} ALTER COLUMN target DROP DEFAULT`);
    }
    await runner.query('DROP INDEX lead_import_profile_name, lead_import_created');
    await runner.query(
      `CREATE UNIQUE INDEX file_import_profile_name
         ON file_import_profile (tenant_id, target, company_id, name) NULLS NOT DISTINCT`,
    );
    await runner.query(
      'CREATE INDEX file_import_created ON file_import (tenant_id, target, created_at, id)',
    );
    await runner.query('ALTER INDEX lead_import_due RENAME TO file_import_due');
    // Companies by their names, for files of them.
    await runner.query(
      "CREATE INDEX client_same_name ON client (tenant_id, lower(btrim(name))) WHERE kind = 'company'",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX client_same_name');
    await runner.query('ALTER INDEX file_import_due RENAME TO lead_import_due');
    await runner.query('DROP INDEX file_import_profile_name, file_import_created');
    for (const table of ['file_import_profile', 'file_import']) {
      await runner.query(`DELETE FROM ${table} WHERE target <> 'lead'`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN target`);
    }
    await rename(runner, 'file', 'lead');
    await runner.query(
      `CREATE UNIQUE INDEX lead_import_profile_name
         ON lead_import_profile (tenant_id, company_id, name) NULLS NOT DISTINCT`,
    );
    await runner.query(
      'CREATE INDEX lead_import_created ON lead_import (tenant_id, created_at, id)',
    );
  }
}

/** The tables with their keys. */
async function rename(runner: QueryRunner, from: string, to: string): Promise<void> {
  for (const name of NAMES) {
    await runner.query(`ALTER TABLE ${from}_${name} RENAME TO ${to}_${name}`);
    await runner.query(`ALTER INDEX ${from}_${name}_pkey RENAME TO ${to}_${name}_pkey`);
  }
}
