import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A rollup that has come to nothing goes, so that the kept ones are those that a build would make. By a trigger, because
 * a statement that adds cannot delete what it has added to; its condition costs the other rows nothing.
 */
export class EmptyRollups1700000000014 implements MigrationInterface {
  readonly name = 'EmptyRollups1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TRIGGER);
    // The owner's own statements see no rows while row-level security is forced.
    await runner.query('ALTER TABLE rollup NO FORCE ROW LEVEL SECURITY');
    await runner.query('DELETE FROM rollup WHERE n = 0 AND total = 0');
    await runner.query('ALTER TABLE rollup FORCE ROW LEVEL SECURITY');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER empty ON rollup');
    await runner.query('DROP FUNCTION mak_drop_empty_rollup()');
  }
}

const TRIGGER = `
CREATE FUNCTION mak_drop_empty_rollup() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  DELETE FROM rollup WHERE tenant_id = new.tenant_id AND pipeline_id = new.pipeline_id AND grain = new.grain
    AND figure = new.figure AND day = new.day AND subject = new.subject AND detail = new.detail
    AND currency = new.currency AND n = 0 AND total = 0;
  RETURN NULL;
END $$;

CREATE TRIGGER empty AFTER UPDATE ON rollup FOR EACH ROW WHEN (new.n = 0 AND new.total = 0)
  EXECUTE FUNCTION mak_drop_empty_rollup();
`;
