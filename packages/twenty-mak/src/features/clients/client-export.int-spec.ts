import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { Workbook } from '../../platform/tables/index.ts';
import { withFile } from '../../platform/tables/spec-support.ts';

interface RoleView {
  readonly role: string;
  readonly version: number;
  readonly permissions: readonly { readonly key: string; readonly allowed: boolean }[];
}

let mak: TestApp;
let tenant: TestTenant;

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({
    accounts: [{ email: 'fred@example.com', name: 'Fred', role: 'franchisee', password: PASSWORD }],
    pipelines: ['credit'],
  });
  await make({
    ...{ name: '=cmd|calc', industry: 'Їжа', segments: ['a', 'b'], key_account: true },
    external_refs: [{ system: 'crm', id: '1' }],
    attributes: { tier: 'gold' },
    contacts: [
      { name: 'Анна', email: 'anna@example.com', phone: '+380671234567', position: 'CEO' },
      { name: 'Борис', phone: '2', messengers: [{ kind: 'telegram', address: '@b' }] },
    ],
  });
  await make({ name: 'Plain', kind: 'person' });
  const goes = await make({ name: 'Gone' });
  const stays = await make({ name: 'Stays' });
  await mak.call(`/v1/clients/${goes}/merge`, {
    ...{ key: tenant.apiKey, body: { version: 1, into: { id: stays, version: 1 } } },
  });
});
afterAll(() => mak?.close());

async function make(fields: object): Promise<string> {
  const answer = await mak.call<{ id: string }>('/v1/clients', {
    key: tenant.apiKey,
    body: fields,
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}
async function download(key: string, query = ''): Promise<{ status: number; bytes: Buffer }> {
  const answer = await fetch(`${mak.url}/v1/clients/export${query}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
}
async function rowsOf(key: string, query = ''): Promise<Record<string, string>[]> {
  const { status, bytes } = await download(key, query);
  expect(status, bytes.toString()).toBe(200);
  return parse<Record<string, string>>(bytes, { columns: true, bom: true });
}
async function keyWith(...scopes: readonly string[]): Promise<string> {
  const made = await mak.call<{ secret: string }>('/v1/api-clients', {
    key: tenant.apiKey,
    body: { name: `key ${randomBytes(4).toString('hex')}`, scopes },
  });
  return made.body.secret;
}

describe('an export of clients', () => {
  it('has everything of them, and guards spreadsheets from formulas', async () => {
    const rows = await rowsOf(tenant.apiKey);
    expect(rows.map(({ name }) => name)).toEqual(["'=cmd|calc", 'Plain', 'Stays']);
    expect(rows[0]).toMatchObject({
      ...{ kind: 'company', industry: 'Їжа', segments: 'a; b', key_account: 'yes' },
      ...{ external_ids: 'crm:1', attributes: '{"tier":"gold"}', contact: 'open', archived: '' },
      ...{ contact_name: 'Анна', contact_email: 'anna@example.com', contact_position: 'CEO' },
    });
    expect(JSON.parse(rows[0]?.['other_contacts'] ?? '')).toEqual([
      {
        ...{ name: 'Борис', email: null, phone: '2', position: null },
        messengers: [{ kind: 'telegram', address: '@b' }],
      },
    ]);
    expect(rows[1]).toMatchObject({ kind: 'person', contact: '', contact_name: '' });
  });

  it('has nobody for who may not see contacts, and nothing for who may not export or read', async () => {
    const [row] = await rowsOf(await keyWith('deals:read', 'files:export'));
    expect(row).toMatchObject({
      ...{ contact: 'hidden', contact_name: '', contact_email: '', contact_phone: '' },
      ...{ other_contacts: '', contact_position: 'CEO' },
    });
    expect((await download(await keyWith('deals:read', 'persons:read'))).status).toBe(403);
    expect((await download(await keyWith('files:export'))).status).toBe(403);
  });

  it('has only what a franchisee sees', async () => {
    const { token } = await signIn(mak, 'fred@example.com');
    await mak.call('/v1/clients', { key: token, body: { name: 'Of Fred' } });
    expect((await download(token)).status).toBe(403);
    const roles = await mak.call<{ items: RoleView[] }>('/v1/roles', { key: tenant.apiKey });
    const role = roles.body.items.find((one) => one.role === 'franchisee');
    const allowed = role?.permissions.filter((one) => one.allowed).map((one) => one.key) ?? [];
    await mak.call('/v1/roles/franchisee', {
      ...{ key: tenant.apiKey, method: 'PATCH' },
      body: { version: role?.version, permissions: [...allowed, 'files:export'] },
    });
    const rows = await rowsOf(token);
    expect(rows.map(({ name, owner }) => [name, owner])).toEqual([['Of Fred', 'Fred']]);
  });

  it('takes the filters of the list, in Windows-1251 and as a workbook too', async () => {
    const query = '?key_account=true&encoding=windows-1251&separator=%3B';
    const { bytes } = await download(tenant.apiKey, query);
    const rows = parse<Record<string, string>>(iconv.decode(bytes, 'windows-1251'), {
      ...{ columns: true, delimiter: ';' },
    });
    expect(rows.map(({ industry, contact_name: name }) => [industry, name])).toEqual([
      ['Їжа', 'Анна'],
    ]);
    const segment = await mak.call<{ id: string }>('/v1/clients/segments', {
      key: tenant.apiKey,
      body: { name: 'People', filter: { field: 'kind', is: ['person'] } },
    });
    const path = `?format=xlsx&in_segment=${segment.body.id}`;
    await withFile((await download(tenant.apiKey, path)).bytes, async (file) => {
      const book = await Workbook.open(file);
      const table = await book.firstRows(null, 10);
      expect(table).toHaveLength(2);
      expect(table[1]).toContain('Plain');
      book.close();
    });
    expect((await download(tenant.apiKey, '?in_segment=nonsense')).status).toBe(422);
    const unknown = await download(
      tenant.apiKey,
      '?in_segment=00000000-0000-4000-8000-000000000000',
    );
    expect(unknown.status).toBe(404);
  });

  it('is in the audit log, and so is who was looked at', async () => {
    const { id } = await mak
      .call<{ items: { id: string }[] }>('/v1/clients?key_account=true', { key: tenant.apiKey })
      .then(({ body }) => body.items[0] ?? { id: '' });
    await mak.database.query('DELETE FROM audit_entry WHERE tenant_id = $1', [tenant.id]);
    await rowsOf(tenant.apiKey, '?key_account=true');
    const entries = await mak.database.query<{ action: string; detail: object }>(
      'SELECT action, detail FROM audit_entry WHERE tenant_id = $1 ORDER BY id',
      [tenant.id],
    );
    expect(entries).toMatchObject([
      {
        action: 'clients.exported',
        detail: { format: 'csv', fields: ['key_account', 'archived'] },
      },
      { action: 'person.read', detail: { ids: [id] } },
    ]);
  });
});
