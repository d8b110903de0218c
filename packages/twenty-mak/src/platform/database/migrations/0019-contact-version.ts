import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts of clients are edited here and in other systems: who writes says which version was read. */
export class ContactVersion1700000000019 implements MigrationInterface {
  readonly name = 'ContactVersion1700000000019';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE client_contact ADD COLUMN version integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE client_contact DROP COLUMN version');
  }
}
