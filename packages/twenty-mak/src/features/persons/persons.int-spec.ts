import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from 'twenty-mak-domain';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { SCOPES } from '../../platform/auth/index.ts';
import type { Principal, Scope } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import { ContactVault } from './index.ts';

let mak: TestApp;
let database: Database;
let vault: ContactVault;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  database = mak.app.get(Database);
  vault = mak.app.get(ContactVault);
});
beforeEach(async () => {
  tenant = await mak.createTenant();
});
afterAll(() => mak.close());

const ABOUT = { entity: 'deal', id: 'a-deal' } as const;

function principal(scopes: readonly Scope[], tenantId = tenant.id): Principal {
  return { kind: 'client', id: 'a-client', tenantId, role: null, scopes: new Set(scopes) };
}

const seal = (...datas: JsonObject[]) =>
  database.within({ tenantId: tenant.id }, (transaction) =>
    vault.seal(transaction, tenant.id, datas),
  );

const read = (datas: readonly JsonObject[], as: Principal = principal(SCOPES)) =>
  database.within({ tenantId: as.tenantId }, (transaction) =>
    vault.read(transaction, as, datas, ABOUT),
  );

const erase = (body: object) => mak.call('/v1/persons/erase', { key: tenant.apiKey, body });

const ann = { name: 'Ann Example', email: 'Ann@Example.com ', phone: '+38 (067) 123-45-67' };

describe('contact data', () => {
  it('is unreadable when stored and comes back as it was', async () => {
    const data = {
      amount: 5,
      contact: ann,
      contacts: [{ phone: '0671112233' }, 'bob@example.com'],
    };
    const sealed = await seal(data, { amount: 6 });
    const stored = JSON.stringify(sealed);
    for (const secret of ['Ann', 'example', '067', '1234567']) {
      expect(stored.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    expect(sealed[1]).toEqual({ amount: 6 });
    expect(await read(sealed)).toEqual([data, { amount: 6 }]);
  });

  it('costs nothing when there is none', async () => {
    const datas = [{ amount: 1 }, { note: 'x' }];
    const never = {
      query: () => Promise.reject(new Error('asked')),
      execute: () => Promise.reject(new Error('asked')),
    };
    expect(await vault.seal(never as never, tenant.id, datas)).toBe(datas);
  });

  it('uses one key for a person however it is spelled, and another key for another', async () => {
    const sealed = await seal(
      { contact: { email: 'ANN@example.com' } },
      { contact: { email: ' ann@example.com', name: 'A.' } },
      { contact: { email: 'bob@example.com' } },
    );
    const keys = sealed.map((data) => (data.contact as { sealed: { key: string } }).sealed.key);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('is hidden without the scope, and reading with it is audited', async () => {
    const sealed = await seal({ contact: ann });
    expect(await read(sealed, principal(['deals:read']))).toEqual([{ contact: { hidden: true } }]);
    const entries = () =>
      database.within({ tenantId: tenant.id }, (transaction) =>
        transaction.query(
          "SELECT actor_id, entity, entity_id FROM audit_entry WHERE action = 'person.read'",
        ),
      );
    expect(await entries()).toEqual([]);
    await read(sealed);
    expect(await entries()).toEqual([
      { actor_id: 'a-client', entity: 'deal', entity_id: 'a-deal' },
    ]);
  });

  it('of a tenant cannot be opened by another', async () => {
    const sealed = await seal({ contact: ann });
    const other = await mak.createTenant();
    expect(await read(sealed, principal(SCOPES, other.id))).toEqual([
      { contact: { erased: true } },
    ]);
  });

  it('that looks sealed already is sealed like any other', async () => {
    const forged = { contact: { sealed: { key: tenant.id, box: 'AAAA' } } };
    expect(await read(await seal(forged))).toEqual([forged]);
  });

  it('gets one key when two transactions meet a new person at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => seal({ contact: ann })));
    const keys = all.map(
      ([data]) => (data as { contact: { sealed: { key: string } } }).contact.sealed.key,
    );
    expect(new Set(keys).size).toBe(1);
    expect(await read(all.flat())).toEqual(all.map(() => ({ contact: ann })));
  });
});

describe('erasing a person', () => {
  it.each([{ email: 'ann@example.com' }, { phone: '0038 067 1234567' }])(
    'by %j destroys what is known and leaves others',
    async (name) => {
      const sealed = await seal(
        { contact: ann, step: 1 },
        { contact: { email: 'bob@example.com' } },
      );
      expect(await erase(name)).toMatchObject({ status: 200, body: { erased_keys: 1 } });
      expect(await read(sealed)).toEqual([
        { contact: { erased: true }, step: 1 },
        { contact: { email: 'bob@example.com' } },
      ]);
      const [row] = await database.within({ tenantId: tenant.id }, (transaction) =>
        transaction.query(
          'SELECT person_id, wrapped_key FROM person_key WHERE erased_at IS NOT NULL',
        ),
      );
      expect(row).toEqual({ person_id: null, wrapped_key: null });
      const later = await seal({ contact: ann });
      expect(await read([...sealed.slice(0, 1), ...later])).toEqual([
        { contact: { erased: true }, step: 1 },
        { contact: ann },
      ]);
    },
  );

  it('by id finds everything that carried the id', async () => {
    const sealed = await seal(
      { contact: { id: 'crm-7', email: 'old@example.com' } },
      { contact: { id: 'crm-7', email: 'new@example.com' } },
    );
    await erase({ id: 'crm-7' });
    expect(await read(sealed)).toEqual([
      { contact: { erased: true } },
      { contact: { erased: true } },
    ]);
  });

  it('of somebody unknown changes nothing', async () => {
    expect(await erase({ email: 'nobody@example.com' })).toMatchObject({
      body: { erased_keys: 0 },
    });
  });

  it('of another tenant leaves ours alone', async () => {
    const sealed = await seal({ contact: ann });
    const other = await mak.createTenant();
    await mak.call('/v1/persons/erase', { key: other.apiKey, body: { email: 'ann@example.com' } });
    expect(await read(sealed)).toEqual([{ contact: ann }]);
  });

  it.each([{}, { email: 'a@b.c', phone: '1' }, { email: 'no address' }, { name: 'Ann' }])(
    'refuses %j',
    async (body) => {
      expect(await erase(body)).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    },
  );

  it('keeps names out of the audit log', async () => {
    await seal({ contact: ann });
    await erase({ email: 'ann@example.com' });
    const rows = await database.within({ tenantId: tenant.id }, (transaction) =>
      transaction.query('SELECT * FROM audit_entry'),
    );
    expect(JSON.stringify(rows)).not.toMatch(/ann/i);
  });
});
