import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardTenantTable } from './tenant-table.ts';

const READ = ['event', 'person_key'] as const;

/** By which keys the contacts in events are sealed: who joins two people has to know whom else a key is of. */
export class EventPeople1700000000041 implements MigrationInterface {
  readonly name = 'EventPeople1700000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CREATE);
    // The owner's own statements see no rows while row-level security is forced.
    for (const table of READ)
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(FILL);
    for (const table of READ) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
    await guardTenantTable(runner, 'event_person');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_person');
  }
}

const CREATE = `
CREATE TABLE event_person (
  tenant_id uuid NOT NULL,
  key_id uuid NOT NULL,
  source text COLLATE "C" NOT NULL,
  event_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant_id, key_id, source, event_id)
)`;

/** What somebody else has called `sealed` names no key of the tenant. */
const FILL = `
INSERT INTO event_person (tenant_id, key_id, source, event_id)
SELECT DISTINCT e.tenant_id, k.id, e.source, e.event_id
FROM event e CROSS JOIN LATERAL jsonb_path_query(e.data, '$.**.sealed.key') AS named (key)
JOIN person_key k ON k.tenant_id = e.tenant_id AND k.id::text = named.key #>> '{}'`;
