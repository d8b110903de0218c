import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * "Client" is the company or person that a tenant deals with; keys of machines are called API clients everywhere.
 * Rows of the owner's own statements are not seen while row-level security is forced.
 */
export class ApiClients1700000000004 implements MigrationInterface {
  readonly name = 'ApiClients1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await this.rename(runner, 'clients:manage', 'api-clients:manage', 'client', 'api_client');
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.rename(runner, 'api-clients:manage', 'clients:manage', 'api_client', 'client');
  }

  private async rename(
    runner: QueryRunner,
    oldScope: string,
    newScope: string,
    oldEntity: string,
    newEntity: string,
  ): Promise<void> {
    for (const table of ['api_client', 'audit_entry'])
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(
      'UPDATE api_client SET scopes = array_replace(scopes, $1, $2) WHERE $1 = ANY (scopes)',
      [oldScope, newScope],
    );
    await runner.query(
      `UPDATE audit_entry SET entity = $2::text, action = $2 || substr(action, length($1::text) + 1) WHERE entity = $1`,
      [oldEntity, newEntity],
    );
    for (const table of ['api_client', 'audit_entry'])
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }
}
