import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setRules } from '../../../test/support/leads.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import type { RoleView } from '../roles/roles.dto.ts';
import type { SavedProfileAnswer } from '../imports/imports.dto.ts';
import { Importer, importStage } from '../../../test/support/imports.ts';
import type { ImportStage, Problem } from '../../../test/support/imports.ts';

let stage: ImportStage;
let office: Importer;
let partner: Importer;
let other: Importer;
let partnerId: string;

const person = (role: string) => ({
  email: `${role}@example.com`,
  name: role,
  role,
  password: PASSWORD,
});
const columns = [
  { column: 'name', field: 'name' },
  { column: 'phone', field: 'phone' },
  { column: 'consent', field: 'consent' },
];

beforeAll(async () => {
  stage = await importStage();
  const made = await stage.api.call<{
    api_key: { secret: string };
    accounts: { account: { id: string; role: string } }[];
  }>('/v1/tenants', {
    key: stage.api.operatorKey,
    body: {
      key: 'with-companies',
      name: 'With companies',
      accounts: [person('partner'), person('franchisee')],
    },
  });
  const { api_key: key, accounts } = made.body;
  partnerId = accounts.find(({ account }) => account.role === 'partner')?.account.id ?? '';
  office = new Importer(stage.api, key.secret);
  for (const role of ['partner', 'franchisee']) {
    const roles = await stage.api.call<{ items: RoleView[] }>('/v1/roles', { key: key.secret });
    const own = roles.body.items.find((one) => one.role === role);
    const allowed = own?.permissions.filter((one) => one.allowed).map((one) => one.key) ?? [];
    const changed = await stage.api.call(`/v1/roles/${role}`, {
      method: 'PATCH',
      key: key.secret,
      body: { version: own?.version, permissions: [...allowed, 'leads:import'] },
    });
    if (changed.status !== 200) throw new Error(JSON.stringify(changed.body));
  }
  partner = new Importer(stage.api, (await signIn(stage.api, 'partner@example.com')).token);
  other = new Importer(stage.api, (await signIn(stage.api, 'franchisee@example.com')).token);
  const known = await office.run(
    'start',
    'office.csv',
    'name,phone,consent\nKnown to the office,0671234567,yes\n',
    { columns },
  );
  if (known.counts?.created !== 1) throw new Error(JSON.stringify(known));
});
afterAll(() => stage.close());

describe('a company that may import', () => {
  const file = 'name,phone,consent\nAnna,0671234567,yes\nBob,0500000001,yes\nCid,12,\n';

  it('brings its own leads and is not told which of them are known', async () => {
    const counts = { created: 2, warned: 0, merged: 0, rejected: 1 };
    const checked = await partner.run('check', 'mine.csv', file, { columns });
    expect(checked.forecast).toMatchObject(counts);
    const done = await partner.run('start', 'mine.csv', file, { columns });
    expect(done.counts).toMatchObject(counts);
    const leads = await stage.api.database.query(
      'SELECT source, count(*)::int AS leads FROM lead WHERE partner_id = $1 GROUP BY source',
      [partnerId],
    );
    expect(leads).toEqual([{ source: 'partner', leads: 2 }]);
  });

  it.each(['source', 'status', 'responsible', 'partner', 'external_id'])(
    'does not say the %s of leads',
    async (field) => {
      const { body } = await partner.upload('mine.csv', 'name,x\nAnna,new\n');
      const answer = await partner.call<Problem>(`imports/${body.id}/start`, {
        profile: {
          columns: [
            { column: 'name', field: 'name' },
            { column: 'x', field },
          ],
          external_system: 'crm',
        },
      });
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    },
  );

  it('sees its own files, mappings and leads, and nobody else’s', async () => {
    interface Page {
      readonly items: readonly { readonly id: string; readonly file_name: string }[];
    }
    const profile = await partner.call<SavedProfileAnswer>('import-profiles', {
      name: 'Mine',
      profile: { columns },
    });
    expect(profile.status).toBe(201);
    const own = await partner.call<Page>('imports');
    expect(own.body.items.map(({ file_name: name }) => name)).not.toContain('office.csv');
    const [first] = own.body.items;
    expect((await other.call<Page>('imports')).body.items).toEqual([]);
    expect((await other.call<Page>('import-profiles')).body.items).toEqual([]);
    for (const path of ['', '/preview', '/rejected'])
      expect((await other.call(`imports/${first?.id}${path}`)).status).toBe(404);
    expect((await other.call(`imports/${first?.id}/cancel`, {})).status).toBe(404);
    const names = async (importer: Importer): Promise<unknown[]> => {
      const { body } = await importer.call<string>('export');
      return parse<Record<string, string>>(body, { columns: true, bom: true }).map(
        ({ name }) => name,
      );
    };
    expect(await names(partner)).toEqual(['Anna', 'Bob']);
    expect(await names(other)).toEqual([]);
    expect(await names(office)).toEqual(['Known to the office', 'Anna', 'Bob']);
  });
});

describe('an import of a company', () => {
  const row = (name: string, phone: string): string => `${name},${phone},yes`;
  const file = (...rows: string[]): string => ['name,phone,consent', ...rows].join('\n');

  it('changes no lead of others where the tenant merges, and brings its own', async () => {
    const phone = '0671230001';
    await setRules(stage.api, office.key, { certain: 'merge' });
    await office.run('start', 'theirs.csv', file(row('Theirs', phone)), { columns });
    const all = () =>
      stage.api.database.query<{ id: string; version: number; partner_id: string | null }>(
        'SELECT id, version, partner_id FROM lead ORDER BY id',
      );
    const before = await all();
    const mine = file(row('Mine', phone), row('Mine again', phone));
    const { forecast } = await partner.run('check', 'mine.csv', mine, { columns });
    const { counts } = await partner.run('start', 'mine.csv', mine, { columns });
    expect(counts).toMatchObject({ created: 1, merged: 1 });
    expect(forecast).toEqual(counts);
    const after = await all();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length)).toMatchObject([{ version: 1, partner_id: partnerId }]);
    const pairs = await stage.api.database.query(
      'SELECT FROM lead_duplicate WHERE least(lead_id, other_id) = $1 AND greatest(lead_id, other_id) = $2',
      [before.at(-1)?.id, after.at(-1)?.id],
    );
    expect(pairs).toHaveLength(1);
  });

  it('tells of its own leads and of the file only, whatever the tenant does with duplicates', async () => {
    const known = '0671230000';
    await office.run('start', 'known.csv', file(row('Known', known)), { columns });
    await partner.run('start', 'own.csv', file(row('Dora', '0500000009')), { columns });
    // What becomes of a row depends on what became of those before, also of those that the office has.
    const rows = (phone: string): string =>
      file(
        row('Anna', phone),
        row('Beth', `${phone}/0500000021`),
        row('Cleo', '0500000021'),
        row('Dora again', '0500000009'),
      );
    const forecasts = { warn: { warned: 3 }, merge: { merged: 3 }, block: { rejected: 2 } };
    for (const [certain, forecast] of Object.entries(forecasts)) {
      await setRules(stage.api, office.key, { certain });
      const ofKnown = await partner.run('check', 'a.csv', rows(known), { columns });
      const ofUnknown = await partner.run('check', 'b.csv', rows('0631234567'), { columns });
      expect(ofKnown.forecast, certain).toMatchObject(forecast);
      expect(ofKnown.forecast, certain).toEqual(ofUnknown.forecast);
    }
    // What is taken in all the same is for the head office to decide.
    const open = async (): Promise<number> => {
      const { body } = await stage.api.call<{ open: number }>('/v1/leads/duplicates/counts', {
        key: office.key,
      });
      return body.open;
    };
    const before = await open();
    const { counts } = await partner.run('start', 'c.csv', rows(known), { columns });
    expect(counts).toMatchObject({ created: 2, rejected: 2 });
    expect((await open()) - before).toBe(1);
    const told = await stage.api.database.query(
      "SELECT detail FROM audit_entry WHERE action = 'lead.existence_told'",
    );
    expect(told).toEqual([]);
  });
});
