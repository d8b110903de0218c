import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions about conflicts that whoever works on the record next has to see; old entries are found without a connector. */
export class SyncDecisions1700000000023 implements MigrationInterface {
  readonly name = 'SyncDecisions1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_link ADD COLUMN decided text[] NOT NULL DEFAULT '{}'`);
    await runner.query(
      `CREATE INDEX sync_link_decided ON sync_link (tenant_id, connector, entity) WHERE decided <> '{}'`,
    );
    for (const table of KEPT) {
      await runner.query(`GRANT SELECT (tenant_id, at) ON ${table} TO mak_scan`);
      await runner.query(`CREATE POLICY scan ON ${table} FOR SELECT TO mak_scan USING (true)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of KEPT) {
      await runner.query(`DROP POLICY scan ON ${table}`);
      await runner.query(`REVOKE SELECT (tenant_id, at) ON ${table} FROM mak_scan`);
    }
    await runner.query('ALTER TABLE sync_link DROP COLUMN decided');
  }
}

const KEPT = ['sync_journal', 'sync_conflict'] as const;
