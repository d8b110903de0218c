import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of which lead a client was made: who gives the lead back gives the client back too. */
export class ClientsOfLeads1700000000061 implements MigrationInterface {
  readonly name = 'ClientsOfLeads1700000000061';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE client ADD COLUMN lead_id uuid');
    await runner.query(
      'CREATE INDEX client_lead ON client (tenant_id, lead_id) WHERE lead_id IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE client DROP COLUMN lead_id');
  }
}
