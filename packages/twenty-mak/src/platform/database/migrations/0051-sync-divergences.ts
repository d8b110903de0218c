import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The scanning role counts records with a difference that stays, for the metrics of the worker; an index holds just these. */
export class SyncDivergences1700000000051 implements MigrationInterface {
  readonly name = 'SyncDivergences1700000000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
CREATE INDEX sync_link_divergent ON sync_link (tenant_id, connector, entity, local_id) WHERE status = 'error';
GRANT SELECT (tenant_id, connector, status) ON sync_link TO mak_scan;
CREATE POLICY scan ON sync_link FOR SELECT TO mak_scan USING (true);
`;

const DOWN = `
DROP POLICY scan ON sync_link;
REVOKE SELECT (tenant_id, connector, status) ON sync_link FROM mak_scan;
DROP INDEX sync_link_divergent;
`;
