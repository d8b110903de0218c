import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages of KeyCRM of which something was not read are few among many: the list of them alone must not look through all. */
export class KeyCrmMessagesNotRead1700000000073 implements MigrationInterface {
  readonly name = 'KeyCrmMessagesNotRead1700000000073';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX keycrm_message_not_read ON keycrm_message (tenant_id, id) WHERE processing_status = 'error'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX keycrm_message_not_read');
  }
}
