import type { MigrationInterface, QueryRunner } from 'typeorm';

const READ = [
  'deal',
  'deal_ref',
  'event',
  'lead',
  'lead_contact',
  'lead_return',
  'person_key',
] as const;

/**
 * What came about before there was a rule is put right by it: leads of erased people that are not said no for, deals that
 * name who sold the lead, deals of leads that were given back. What money, lots and clocks hang on is only marked here; a
 * worker does it (`lead-repair`). Safe to run again.
 */
export class EarlierLeads1700000000032 implements MigrationInterface {
  readonly name = 'EarlierLeads1700000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MARK);
    // The owner's own statements see no rows while row-level security is forced.
    for (const table of READ)
      await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(ERASED);
    await runner.query(RETURNED);
    await runner.query(SELLERS_OF_DEALS);
    await runner.query(SELLERS_OF_EVENTS);
    for (const table of READ) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE lead DROP COLUMN repair_at');
  }
}

const MARK = `
ALTER TABLE lead ADD COLUMN IF NOT EXISTS repair_at timestamptz(3);
CREATE INDEX IF NOT EXISTS lead_repair ON lead (tenant_id, repair_at) WHERE repair_at IS NOT NULL;
GRANT SELECT (repair_at) ON lead TO mak_scan;
`;

const ERASED = `
UPDATE lead l SET repair_at = now() FROM lead_contact c JOIN person_key k ON k.id = c.key_id
WHERE c.lead_id = l.id AND k.erased_at IS NOT NULL AND coalesce(l.consent, '') NOT IN ('refused', 'withdrawn')`;

/** A deal of a lead refers to it by the lead's id and a number. */
const RETURNED = `
UPDATE lead l SET repair_at = now(), deal_id = CASE l.kind WHEN 'converted' THEN l.deal_id END FROM lead_return r
WHERE r.lead_id = l.id AND r.verdict = 'accepted' AND EXISTS (
  SELECT FROM deal_ref f JOIN deal d ON d.id = f.deal_id
  WHERE f.tenant_id = r.tenant_id AND f.system = 'mak-lead'
    AND f.external_id > r.lead_id || ':' AND f.external_id < r.lead_id || ';'
    AND d.owner_id = r.buyer_id::text AND d.created_at <= r.decided_at)`;

/** Our events that made a deal of a lead and say who brought it. */
const TELLING = `deal_ref f JOIN event e ON e.deal_id = f.deal_id
  WHERE f.system = 'mak-lead' AND e.source = 'mak' AND e.type IN ('lead.created', 'deal.created')
    AND e.data -> 'attributes' ?& ARRAY['lead_id', 'partner_id']`;

const SELLERS_OF_DEALS = `
UPDATE deal d SET attributes = d.attributes - 'partner_id'
FROM (SELECT e.deal_id, e.data -> 'attributes' ->> 'partner_id' AS partner FROM ${TELLING}) AS told
WHERE d.id = told.deal_id AND d.attributes ->> 'partner_id' = told.partner`;

/** A deal that is folded again is made of its events. */
const SELLERS_OF_EVENTS = `
UPDATE event SET data = event.data #- '{attributes,partner_id}'
FROM (SELECT DISTINCT e.tenant_id, e.source, e.event_id FROM ${TELLING}) AS told
WHERE event.tenant_id = told.tenant_id AND event.source = told.source AND event.event_id = told.event_id`;
