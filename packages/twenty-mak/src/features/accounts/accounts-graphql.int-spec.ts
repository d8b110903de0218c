import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { adminOf, PASSWORD, signIn } from '../../../test/support/people.ts';
import { ROLE_SCOPES, SCOPES } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';

interface Result<Data> {
  readonly data: Data;
  readonly errors?: { extensions?: { code?: string; field?: string } }[];
}
interface Made {
  readonly tenant: { readonly id: string };
  readonly api_key: { readonly secret: string };
  readonly accounts: readonly { readonly account: { readonly id: string } }[];
}

let mak: TestApp;
let apiKey: string;
const ids: Record<string, string> = {};
const tokens: Record<string, string> = {};

beforeAll(async () => {
  mak = await startApp();
  const roles = ['admin', 'employee', 'partner', 'guest'];
  const name = randomBytes(5).toString('hex');
  const accounts = roles.map((role) => ({
    email: `${role}-${name}@example.com`,
    name: `The ${role}`,
    role,
    password: PASSWORD,
  }));
  const { body } = await mak.call<Made>('/v1/tenants', {
    key: mak.operatorKey,
    body: { key: `t-${name}`, name, pipelines: ['adtech'], accounts },
  });
  apiKey = body.api_key.secret;
  for (const [index, { role, email }] of accounts.entries()) {
    ids[role] = body.accounts[index]?.account.id ?? '';
    tokens[role] = (role === 'admin' ? await adminOf(mak, email) : await signIn(mak, email)).token;
  }
});
afterAll(() => mak?.close());

async function ask<Data>(who: string, query: string, variables = {}): Promise<Result<Data>> {
  const key = tokens[who] ?? who;
  return (await mak.call<Result<Data>>('/graphql', { key, body: { query, variables } })).body;
}
const codeOf = ({ errors }: Result<unknown>) => errors?.[0]?.extensions?.code;

describe('me', () => {
  const ME = '{ me { account { id name email role locale } tenant { name } permissions totp } }';

  it('tells a person what it is and may do', async () => {
    expect((await ask('admin', ME)).data).toEqual({
      me: {
        account: expect.objectContaining({
          id: ids['admin'],
          role: 'admin',
          locale: 'en',
          email: expect.stringContaining('admin-') as string,
        }) as object,
        tenant: { name: expect.any(String) as string },
        permissions: [...SCOPES],
        totp: true,
      },
    });
    expect((await ask('partner', ME)).data).toMatchObject({
      me: {
        account: { role: 'partner' },
        permissions: SCOPES.filter((scope) => ROLE_SCOPES.partner.has(scope)),
        totp: false,
      },
    });
    expect((await ask('guest', ME)).data).toMatchObject({ me: { permissions: [] } });
  });

  it('is nobody for an API key', async () => {
    expect((await ask(apiKey, ME)).data).toMatchObject({ me: { account: null, totp: false } });
    expect(codeOf(await ask(apiKey, 'mutation { updateMe(locale: "ru") { id } }'))).toBe(
      'forbidden',
    );
  });

  it('changes the own name and language, also of a guest, and nothing else', async () => {
    const { data } = await ask(
      'guest',
      'mutation { updateMe(locale: "uk", name: "Anew") { id name locale role version } }',
    );
    expect(data).toEqual({
      updateMe: { id: ids['guest'], name: 'Anew', locale: 'uk', role: 'guest', version: 2 },
    });
    expect(codeOf(await ask('guest', 'mutation { updateMe(locale: "fr") { id } }'))).toBe(
      'invalid_request',
    );
  });
});

describe('people over GraphQL', () => {
  const LIST = `query ($text: String, $role: Role) {
    accounts(text: $text, role: $role) { items { id name email } next } }`;
  interface List {
    readonly accounts: { readonly items: { id: string; name: string; email: string | null }[] };
  }

  it('shows e-mail addresses, and finds by them, only to those who manage accounts', async () => {
    const all = await ask<List>('admin', LIST, { text: 'partner-' });
    expect(all.data.accounts.items).toMatchObject([
      { id: ids['partner'], email: expect.stringContaining('partner-') as string },
    ]);
    expect((await ask<List>('employee', LIST, { text: 'partner-' })).data.accounts.items).toEqual(
      [],
    );
    expect((await ask<List>('employee', LIST, { text: 'THE PART' })).data.accounts.items).toEqual([
      { id: ids['partner'], name: 'The partner', email: null },
    ]);
    expect(
      (await ask<List>('employee', LIST, { role: 'admin' })).data.accounts.items,
    ).toMatchObject([{ id: ids['admin'] }]);
    expect((await ask<List>('employee', LIST, { text: '%' })).data.accounts.items).toEqual([]);
  });

  it('shows a partner itself', async () => {
    const { data } = await ask<List>('partner', LIST, {});
    expect(data.accounts.items.map(({ id }) => id)).toEqual([ids['partner']]);
    expect(codeOf(await ask('partner', `{ account(id: "${ids['admin']}") { id } }`))).toBe(
      'not_found',
    );
  });

  it('invites, invites again and edits', async () => {
    const made = await ask<{ inviteAccount: { account: { id: string }; invitation: object } }>(
      'admin',
      `mutation { inviteAccount(input: { email: "new@example.com", name: "New", role: employee })
        { account { id status version } invitation { token expiresAt } } }`,
    );
    const { account, invitation } = made.data.inviteAccount;
    expect(account).toMatchObject({ status: 'invited', version: 1 });
    const again = await ask<{ renewInvitation: { invitation: object } }>(
      'admin',
      `mutation { renewInvitation(accountId: "${account.id}") { invitation { token expiresAt } } }`,
    );
    expect(again.data.renewInvitation.invitation).not.toEqual(invitation);
    const EDIT = `mutation ($version: Int!) {
      updateAccount(id: "${account.id}", input: { version: $version, role: partner }) { role version } }`;
    expect((await ask('admin', EDIT, { version: 1 })).data).toEqual({
      updateAccount: { role: 'partner', version: 2 },
    });
    expect(codeOf(await ask('admin', EDIT, { version: 1 }))).toBe('stale_version');
    expect(codeOf(await ask('employee', EDIT, { version: 2 }))).toBe('forbidden');
  });
});

describe('API clients over GraphQL', () => {
  it('are made, listed and revoked', async () => {
    const { data } = await ask<{ createApiClient: { secret: string; apiClient: { id: string } } }>(
      'admin',
      `mutation { createApiClient(input: { name: "BI", scopes: ["deals:read"], expiresAt: "2099-01-01T00:00:00Z" })
        { secret apiClient { id kind expiresAt } } }`,
    );
    const { secret, apiClient } = data.createApiClient;
    expect(apiClient).toMatchObject({ kind: 'api_key', expiresAt: '2099-01-01T00:00:00.000Z' });
    expect((await mak.call('/v1/deals', { key: secret })).status).toBe(200);
    const list = await ask('admin', '{ apiClients(limit: 1) { items { id name } next } }');
    expect(list.data).toMatchObject({ apiClients: { items: [{ id: apiClient.id, name: 'BI' }] } });
    await ask('admin', `mutation { revokeApiClient(id: "${apiClient.id}") { revokedAt } }`);
    expect((await mak.call('/v1/deals', { key: secret })).status).toBe(401);
    expect(codeOf(await ask('employee', '{ apiClients { next } }'))).toBe('forbidden');
  });
});

describe('people of deals', () => {
  const DEALS =
    '{ deals { nodes { owner { id name } responsiblePeople { role accountId person { name } } } } }';

  it('are named to whoever sees the deal, with one look for all deals', async () => {
    const key = apiKey;
    const responsible = { sales: ids['employee'], account: 'k-17' };
    const own = { name: 'One', owner_id: ids['partner'], responsible };
    await mak.call('/v1/deals', { key, body: own });
    const one = await transactions(() => ask('partner', DEALS));
    await mak.call('/v1/deals', { key, body: { ...own, name: 'Two' } });
    await mak.call('/v1/deals', { key, body: { name: 'Three', owner_id: 'outer-7' } });
    expect(await transactions(() => ask('partner', DEALS))).toBe(one);
    const deal = {
      owner: { id: ids['partner'], name: 'The partner' },
      responsiblePeople: [
        { role: 'account', accountId: 'k-17', person: null },
        { role: 'sales', accountId: ids['employee'], person: { name: 'The employee' } },
      ],
    };
    expect((await ask('partner', DEALS)).data).toEqual({ deals: { nodes: [deal, deal] } });
    expect((await ask('employee', DEALS)).data).toEqual({
      deals: { nodes: [{ owner: null, responsiblePeople: [] }, deal, deal] },
    });
  });
});

/** Transactions that `work` opens. */
async function transactions(work: () => Promise<unknown>): Promise<number> {
  const database = mak.app.get(Database);
  const within = database.within.bind(database);
  let count = 0;
  database.within = (scope, run) => {
    count += 1;
    return within(scope, run);
  };
  try {
    await work();
  } finally {
    database.within = within;
  }
  return count;
}
