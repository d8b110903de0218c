import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { entered, member, setRules } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';
import { Database } from '../../platform/database/index.ts';
import { LeadComparison } from './lead-comparison.service.ts';

const TABLES = [
  'lead',
  'lead_contact',
  'lead_key',
  'lead_block',
  'lead_ref',
  'lead_status_change',
  'lead_origin_change',
  'lead_comment',
  'lead_consent',
  'lead_duplicate',
  'segment',
] as const;

let mak: TestApp;
let tenant: TestTenant;
let partner: { id: string; token: string };
let buyer: { id: string; token: string };
let lead: LeadBody;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant();
  partner = await member(mak, tenant, 'partner', 'brings');
  buyer = await member(mak, tenant, 'franchisee', 'buys');
  const more = { name: 'Whole Lead', city: 'Kyiv', comment: 'words' };
  const consent = { answer: 'given', evidence: 'form' };
  lead = await entered(mak, tenant.apiKey, {
    ...more,
    consent,
    phones: ['+380671234567'],
    partner_id: partner.id,
    external_ref: { system: 'ads', id: '1' },
  });
  const other = await entered(mak, tenant.apiKey, { ...more, phones: ['+380671234567'] });
  for (const { id } of [lead, other])
    await mak.call(`/v1/leads/${id}`, {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version: 1, source: 'cold_base' },
    });
  await mak.call('/v1/leads/segments', {
    key: tenant.apiKey,
    body: { name: 'Office', filter: { field: 'city', empty: true }, shared: true },
  });
  while (await mak.app.get(LeadComparison).step(tenant.id));
});
afterAll(() => mak.close());

/** Rows of each table that a scope sees, as the application's role in the database. */
const seen = (restrictedTo?: string): Promise<Record<string, number>> =>
  mak.app.get(Database).within({ tenantId: tenant.id, restrictedTo }, async (tx) => {
    const counts: Record<string, number> = {};
    for (const table of TABLES) {
      const [row] = await tx.query<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`);
      counts[table] = row?.rows ?? 0;
    }
    return counts;
  });

describe('row-level security of leads', () => {
  it('shows the office everything, and there is something of everything', async () => {
    const counts = await seen();
    for (const table of TABLES) expect(counts[table], table).toBeGreaterThan(0);
  });

  it('shows a company nothing but what hangs on its own leads', async () => {
    expect(await seen(buyer.id)).toEqual(Object.fromEntries(TABLES.map((table) => [table, 0])));
    const own = await seen(partner.id);
    const all = await seen();
    for (const table of ['lead', 'lead_contact', 'lead_comment', 'lead_ref', 'lead_consent'])
      expect(own[table], table).toBe(1);
    for (const table of ['lead_key', 'lead_block', 'lead_status_change']) {
      expect(own[table], table).toBeGreaterThan(0);
      expect(own[table], table).toBeLessThan(all[table] ?? 0);
    }
    for (const table of ['lead_duplicate', 'segment', 'lead_origin_change'])
      expect(own[table], table).toBe(0);
  });

  it('lets a company write nothing into the leads of others', async () => {
    const database = mak.app.get(Database);
    for (const sql of [
      'UPDATE lead SET buyer_id = $1::text::uuid',
      "UPDATE lead_contact SET attributes = '{}'",
      'DELETE FROM lead_comment',
      'DELETE FROM lead',
    ]) {
      const changed = await database.within({ tenantId: tenant.id, restrictedTo: buyer.id }, (tx) =>
        tx.execute(sql, sql.includes('$1') ? [buyer.id] : []),
      );
      expect({ sql, changed }).toEqual({ sql, changed: 0 });
    }
    await expect(
      database.within({ tenantId: tenant.id, restrictedTo: buyer.id }, (tx) =>
        tx.execute(
          `INSERT INTO lead_comment (id, tenant_id, lead_id, author_kind, author_id, text, created_at)
           VALUES (gen_random_uuid(), $1, $2, 'account', $3, 'x', now())`,
          [tenant.id, lead.id, buyer.id],
        ),
      ),
    ).rejects.toThrow('row-level security');
  });

  it('keeps contacts sealed in every table', async () => {
    for (const table of TABLES) {
      const rows = await mak.database.query(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
      expect(JSON.stringify(rows), table).not.toMatch(/671234567|Whole/);
    }
  });
});

it('leaves nothing of what was being written when the process dies in the middle', async () => {
  await setRules(mak, tenant.apiKey, { certain: 'merge' });
  const before = await seen();
  // Everything up to the commit was done when the connection goes.
  await mak.database.query(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$`);
  await mak.database.query(
    `CREATE CONSTRAINT TRIGGER die AFTER INSERT OR UPDATE ON lead_contact DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW EXECUTE FUNCTION die()`,
  );
  for (const body of [{ name: 'New' }, { name: 'Merged', phones: ['+380671234567'] }]) {
    const answer = await mak.call('/v1/leads', { key: tenant.apiKey, body });
    expect(answer.status).toBeGreaterThanOrEqual(500);
  }
  await mak.database.query('DROP TRIGGER die ON lead_contact');
  expect(await seen()).toEqual(before);
  expect((await entered(mak, tenant.apiKey, { name: 'New' })).version).toBe(1);
});
