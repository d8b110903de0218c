import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { PASSWORD, signIn } from '../../../test/support/people.ts';
import { Database } from '../../platform/database/index.ts';
import type { NewProvider, StatementLineView, ToppedUp, WalletView } from './wallet.dto.ts';

interface Person {
  readonly id: string;
  readonly token: string;
}

interface Refused {
  readonly code: string;
  readonly field?: string;
}

let mak: TestApp;
let tenant: TestTenant;
let ann: Person;
let ben: Person;
let partner: Person;
let eve: Person;
let staff: string;

beforeAll(async () => {
  mak = await startApp();
  const person = (name: string, role: string) => {
    return { email: `${name}@wallet.example`, name, role, password: PASSWORD };
  };
  tenant = await mak.createTenant({
    accounts: [
      person('ann', 'franchisee'),
      person('ben', 'franchisee'),
      person('pat', 'partner'),
      person('eve', 'employee'),
    ],
  });
  const { body } = await mak.call<{ items: { id: string; email: string }[] }>('/v1/accounts', {
    key: tenant.apiKey,
  });
  const find = async (name: string): Promise<Person> => {
    const email = `${name}@wallet.example`;
    const id = body.items.find((one) => one.email === email)?.id ?? '';
    return { id, token: (await signIn(mak, email)).token };
  };
  [ann, ben, partner, eve] = (await Promise.all(['ann', 'ben', 'pat', 'eve'].map(find))) as [
    Person,
    Person,
    Person,
    Person,
  ];
  const [row] = await mak.database.query<{ id: string }>(
    `INSERT INTO account (id, tenant_id, email, name, role, status, member_of)
     SELECT gen_random_uuid(), tenant_id, 'staff@wallet.example', 'Staff', role, 'active', id FROM account WHERE id = $1
     RETURNING id`,
    [ann.id],
  );
  staff = row?.id ?? '';
});
afterAll(() => mak.close());

let references = 0;
const topUp = (person: Person, amount: number, more: object = {}, key = tenant.apiKey) =>
  mak.call<ToppedUp & Refused>('/v1/wallet/top-ups', {
    key,
    body: { account_id: person.id, amount, reference: `bank ${++references}`, ...more },
  });
const wallet = async (key: string, query = '') =>
  (await mak.call<WalletView & Refused>(`/v1/wallet${query}`, { key })).body;
const statement = async (key: string, query = '') =>
  (
    await mak.call<{ items: StatementLineView[]; next: string | null }>(
      `/v1/wallet/statement${query}`,
      { key },
    )
  ).body;
const expectRightBooks = async () => {
  const { body } = await mak.call('/v1/wallet/audit', { key: tenant.apiKey });
  expect(body).toEqual({ ok: true, faults: [] });
};

describe('a wallet', () => {
  it('is empty before anything was put into it', async () => {
    expect(await wallet(partner.token)).toEqual({
      account_id: partner.id,
      owner_name: null,
      currency: 'EUR',
      balance: 0,
      held: 0,
      available: 0,
      holds: [],
    });
    expect(await statement(partner.token)).toEqual({ items: [], next: null });
  });

  it('gets what an admin records, once for a reference, and shows it in pages', async () => {
    const first = await topUp(ann, 500, { reference: 'bank A', note: 'By bank' });
    expect(first).toMatchObject({
      status: 200,
      body: { repeated: false, wallet: { balance: 500 } },
    });
    const again = await topUp(ann, 500, { reference: 'bank A' });
    expect(again.body).toMatchObject({ repeated: true, wallet: { balance: 500 } });
    const other = await topUp(ann, 501, { reference: 'bank A' });
    expect(other).toMatchObject({ status: 409, body: { code: 'entry_conflict' } });
    expect((await topUp(ben, 500, { reference: 'bank A' })).status).toBe(409);
    await topUp(ann, 70);
    const newest = await statement(ann.token, '?limit=1');
    expect(newest.items).toMatchObject([{ kind: 'top_up', amount: 70, balance: 570 }]);
    const rest = await statement(ann.token, `?cursor=${newest.next}`);
    expect(rest).toMatchObject({
      items: [{ amount: 500, balance: 500, note: 'By bank' }],
      next: null,
    });
    await expectRightBooks();
  });

  it('gets every one of many top-ups at once, and one that comes many times once', async () => {
    const before = (await wallet(ben.token)).balance;
    const answers = await Promise.all([
      ...Array.from({ length: 20 }, () => topUp(ben, 10)),
      ...Array.from({ length: 20 }, () => topUp(ben, 1_000, { reference: 'many times' })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(200));
    expect((await wallet(ben.token)).balance).toBe(before + 200 + 1_000);
    await expectRightBooks();
  });

  it('gives back a top-up that was a mistake, once, even if that leaves a debt', async () => {
    const { body } = await topUp(partner, 300);
    const reverse = (entryId: string) =>
      mak.call<ToppedUp & Refused>('/v1/wallet/reversals', {
        key: tenant.apiKey,
        body: { entry_id: entryId, note: 'Wrong account' },
      });
    expect((await reverse(body.entry_id)).body).toMatchObject({
      repeated: false,
      wallet: { balance: 0 },
    });
    expect((await reverse(body.entry_id)).body).toMatchObject({ repeated: true });
    expect((await reverse(`${body.entry_id}/reversal`)).body.code).toBe('not_a_top_up');
    expect((await reverse('top_up/manual/none')).status).toBe(404);
    await expectRightBooks();
  });

  it('belongs to a company or the head office, and to none of their people', async () => {
    for (const id of [eve.id, staff]) {
      expect((await topUp({ id, token: '' }, 5)).body).toMatchObject({
        code: 'not_a_company',
        field: 'account_id',
      });
      expect((await wallet(tenant.apiKey, `?account_id=${id}`)).balance).toBe(0);
    }
    expect((await topUp({ id: tenant.id, token: '' }, 5)).body.wallet).toMatchObject({
      account_id: tenant.id,
      balance: 5,
    });
    await expectRightBooks();
  });

  it('is nobody else’s business', async () => {
    expect((await wallet(ann.token, `?account_id=${ben.id}`)).code).toBe('not_found');
    expect((await wallet(tenant.apiKey, `?account_id=${ben.id}`)).account_id).toBe(ben.id);
    expect((await topUp(ann, 5, {}, ann.token)).status).toBe(403);
    const database = mak.app.get(Database);
    const seen = await database.within({ tenantId: tenant.id, restrictedTo: ann.id }, (tx) =>
      tx.query<{ owner_id: string }>('SELECT owner_id FROM wallet_account'),
    );
    expect(seen).toEqual([{ owner_id: ann.id }]);
    const other = await mak.createTenant();
    expect(await wallet(other.apiKey, `?account_id=${ben.id}`)).toMatchObject({ balance: 0 });
    expect((await topUp(ben, 5, {}, other.apiKey)).body.code).toBe('unknown_account');
  });

  it.each([
    ['nothing', { amount: 0 }, 'amount'],
    ['less than nothing', { amount: -5 }, 'amount'],
    ['part of a unit', { amount: 0.5 }, 'amount'],
    ['more than sums can count', { amount: 1e15 }, 'amount'],
    ['no currency', { currency: 'eur' }, 'currency'],
    ['an empty reference', { reference: '' }, 'reference'],
    ['NUL characters', { reference: 'a\0b' }, 'reference'],
    ['the name of a reversal', { reference: 'bank A/reversal' }, 'reference'],
    ['a stranger', { account_id: 'nobody' }, 'account_id'],
  ])('does not get %s', async (_case, wrong, field) => {
    const before = await statement(ann.token);
    expect((await topUp(ann, 5, wrong)).body).toMatchObject({ code: 'invalid_request', field });
    expect(await statement(ann.token)).toEqual(before);
  });
});

describe('the books', () => {
  const within = <T>(work: Parameters<Database['within']>[1]): Promise<T> =>
    mak.app.get(Database).within({ tenantId: tenant.id }, work) as Promise<T>;

  it('take no entry that does not sum to zero', async () => {
    await topUp(ann, 1);
    await expect(
      within(async (tx) => {
        await tx.execute(
          `INSERT INTO wallet_entry (tenant_id, id, kind, currency, at, actor) VALUES ($1, 'x', 'top_up', 'EUR', now(), 'x')`,
          [tenant.id],
        );
        await tx.execute(
          `INSERT INTO wallet_posting (tenant_id, entry_id, account_id, amount, balance)
           SELECT $1, 'x', id, 5, 5 FROM wallet_account WHERE tenant_id = $1 AND currency = 'EUR' LIMIT 2`,
          [tenant.id],
        );
      }),
    ).rejects.toThrow('must sum to zero');
    await expect(
      within((tx) =>
        tx.execute(
          `INSERT INTO wallet_entry (tenant_id, id, kind, currency, at, actor) VALUES ($1, 'y', 'top_up', 'EUR', now(), 'x')`,
          [tenant.id],
        ),
      ),
    ).rejects.toThrow('must sum to zero');
    await expectRightBooks();
  });

  it.each([
    'UPDATE wallet_entry SET kind = $1',
    'UPDATE wallet_posting SET amount = length($1)',
    'DELETE FROM wallet_posting WHERE entry_id <> $1',
    'DELETE FROM wallet_entry WHERE id <> $1',
    'DELETE FROM wallet_account WHERE currency <> $1',
    'UPDATE wallet_account SET currency = $1',
  ])('are never changed: %s', async (sql) => {
    await expect(within((tx) => tx.execute(sql, ['x']))).rejects.toThrow('permission denied');
  });

  it('are found wrong when they are', async () => {
    await mak.database.query(
      'UPDATE wallet_account SET balance = balance + 1 WHERE owner_id = $1',
      [ann.id],
    );
    const { body } = await mak.call('/v1/wallet/audit', { key: tenant.apiKey });
    expect(body).toMatchObject({ ok: false, faults: [{ kind: 'balance' }] });
    await mak.database.query(
      'UPDATE wallet_account SET balance = balance - 1 WHERE owner_id = $1',
      [ann.id],
    );
    await expectRightBooks();
  });
});

describe('a payment that its provider tells of', () => {
  let provider: NewProvider;
  beforeAll(async () => {
    const answer = await mak.call<NewProvider>('/v1/wallet/providers', {
      key: tenant.apiKey,
      body: { provider: 'acquirer' },
    });
    provider = answer.body;
  });

  interface Sending {
    readonly path?: string;
    readonly secret?: string;
    readonly at?: Date;
    readonly sent?: string;
  }

  async function tell(payment: object, sending: Sending = {}) {
    const { path = provider.path, secret = provider.secret, at = new Date() } = sending;
    // With a blank that a JSON reader would not give back.
    const body = `${JSON.stringify(payment)} `;
    const answer = await fetch(`${mak.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': 'message',
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(secret).sign('message', at, body),
      },
      body: sending.sent ?? body,
    });
    const text = await answer.text();
    return { status: answer.status, code: text === '' ? '' : (JSON.parse(text) as Refused).code };
  }
  const payment = (id: string, amount = 250) => {
    return { payment_id: id, account_id: ann.id, amount, currency: 'EUR', more: 'is not read' };
  };

  it('is recorded once, however often it is told of', async () => {
    const before = (await wallet(ann.token)).balance;
    const answers = await Promise.all(Array.from({ length: 8 }, () => tell(payment('P1'))));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(204));
    expect((await wallet(ann.token)).balance).toBe(before + 250);
    expect(await tell(payment('P1', 251))).toEqual({ status: 409, code: 'entry_conflict' });
    await expectRightBooks();
  });

  it('is refused alike, whatever is wrong with its signature', async () => {
    const before = await statement(ann.token);
    const foreign = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const wrong = [
      await tell(payment('P2'), { secret: foreign }),
      await tell(payment('P2'), { path: '/v1/payments/nobody/acquirer' }),
      await tell(payment('P2'), { path: `/v1/payments/${tenant.key}/other` }),
      await tell(payment('P2'), { at: new Date(Date.now() - 400_000) }),
      await tell(payment('P2'), { sent: JSON.stringify(payment('P3')) }),
    ];
    for (const answer of wrong) expect(answer).toEqual({ status: 401, code: 'payment_refused' });
    expect(await statement(ann.token)).toEqual(before);
  });

  it.each([
    ['an amount below zero', { amount: -250 }, 'invalid_request'],
    ['text as an amount', { amount: '250' }, 'invalid_request'],
    ['nobody', { account_id: '01a1fe4c-9969-736e-b48e-41142356aa59' }, 'unknown_account'],
    ['the name of a reversal', { payment_id: 'P1/reversal' }, 'invalid_request'],
  ])('is refused with %s', async (_case, wrong, code) => {
    expect(await tell({ ...payment('P4'), ...wrong })).toEqual({ status: 422, code });
  });

  it('comes from no provider of the name that is kept for people', async () => {
    const answer = await mak.call<Refused>('/v1/wallet/providers', {
      key: tenant.apiKey,
      body: { provider: 'manual' },
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'provider_reserved', field: 'provider' },
    });
    // One that was let in before is not believed either.
    await mak.database.query(
      `INSERT INTO payment_provider (tenant_id, provider, secret)
       SELECT tenant_id, 'manual', secret FROM payment_provider WHERE tenant_id = $1 AND provider = 'acquirer'`,
      [tenant.id],
    );
    const before = await statement(ann.token);
    expect(await tell(payment('P7'), { path: `/v1/payments/${tenant.key}/manual` })).toEqual({
      status: 401,
      code: 'payment_refused',
    });
    expect(await statement(ann.token)).toEqual(before);
    const removed = await mak.call('/v1/wallet/providers/manual', {
      key: tenant.apiKey,
      method: 'DELETE',
    });
    expect(removed.status).toBe(204);
  });

  it('is not believed with an earlier secret, nor from a provider that was removed', async () => {
    const earlier = provider.secret;
    const renewed = await mak.call<NewProvider>('/v1/wallet/providers', {
      key: tenant.apiKey,
      body: { provider: 'acquirer' },
    });
    expect((await tell(payment('P5'), { secret: earlier })).status).toBe(401);
    expect((await tell(payment('P5'), { secret: renewed.body.secret })).status).toBe(204);
    const removed = await mak.call('/v1/wallet/providers/acquirer', {
      key: tenant.apiKey,
      method: 'DELETE',
    });
    expect(removed.status).toBe(204);
    expect((await tell(payment('P6'), { secret: renewed.body.secret })).status).toBe(401);
  });
});

it('is there over GraphQL', async () => {
  const query = `mutation { topUpWallet(input: { accountId: "${ben.id}", amount: 5, reference: "by GraphQL" }) {
    repeated wallet { accountId currency } } }`;
  const { body } = await mak.call('/graphql', { key: tenant.apiKey, body: { query } });
  expect(body).toEqual({
    data: { topUpWallet: { repeated: false, wallet: { accountId: ben.id, currency: 'EUR' } } },
  });
  const read = '{ wallet { available } walletStatement(limit: 1) { items { kind amount } } }';
  const own = await mak.call('/graphql', { key: ben.token, body: { query: read } });
  expect(own.body).toMatchObject({
    data: { walletStatement: { items: [{ kind: 'top_up', amount: 5 }] } },
  });
});
