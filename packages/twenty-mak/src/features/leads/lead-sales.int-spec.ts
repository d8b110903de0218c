import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { entered, member } from '../../../test/support/leads.ts';
import type { LeadBody } from '../../../test/support/leads.ts';
import { Database } from '../../platform/database/index.ts';
import { LeadSales } from './index.ts';
import type { SaleMove } from './index.ts';

const LOT = '01a1fe4c-9969-736e-b48e-41142356aa59';

let mak: TestApp;
let tenant: TestTenant;
let sales: LeadSales;
let partner: { id: string; token: string };
let buyer: { id: string; token: string };
let stranger: { id: string; token: string };

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant();
  sales = mak.app.get(LeadSales);
  partner = await member(mak, tenant, 'partner', 'brings');
  buyer = await member(mak, tenant, 'franchisee', 'buys');
  stranger = await member(mak, tenant, 'franchisee', 'looks');
});
afterAll(() => mak.close());

let number = 0;
const lead = (more: object = {}): Promise<LeadBody> =>
  entered(mak, partner.token, {
    name: 'Somebody Secret',
    phones: [`+38050${String((number += 1)).padStart(7, '0')}`],
    city: 'kyiv',
    consent: { answer: 'given', evidence: 'form' },
    ...more,
  });
const move = (more: Omit<SaleMove, 'mover' | 'at'> & Partial<SaleMove>) =>
  mak.app
    .get(Database)
    .within({ tenantId: tenant.id }, (tx) =>
      sales.move(tx, tenant.id, { mover: 'auction', at: Date.now(), ...more }),
    );
const read = (id: string, key: string) => mak.call<LeadBody>(`/v1/leads/${id}`, { key });

describe('leads on the way through the auction', () => {
  it('are seen as a lot may show them, and locked', async () => {
    const { id } = await lead({ amount: 500, currency: 'UAH' });
    const seen = await mak.app
      .get(Database)
      .within({ tenantId: tenant.id }, (tx) => sales.forSale(tx, tenant.id, [id, LOT]));
    expect(seen).toMatchObject([
      { id, kind: 'new', city: 'kyiv', source: 'partner', amount: 500, partnerId: partner.id },
    ]);
    expect(JSON.stringify(seen)).not.toContain('Secret');
  });

  it('belong to the buyer from the sale to the return, and to the partner all the time', async () => {
    const { id } = await lead();
    expect(await move({ leadIds: [id], kind: 'auction', lotId: LOT })).toMatchObject({ ok: true });
    for (const { token } of [buyer, stranger]) expect((await read(id, token)).status).toBe(404);
    await move({ leadIds: [id], kind: 'sold', buyerId: buyer.id });
    const bought = await read(id, buyer.token);
    expect(bought.body).toMatchObject({
      kind: 'sold',
      buyer_id: buyer.id,
      partner_id: null,
      contact: { state: 'open', name: 'Somebody Secret' },
    });
    const sold = await read(id, partner.token);
    expect(sold.body).toMatchObject({ buyer_id: null, contact: { state: 'open' } });
    expect((await read(id, stranger.token)).status).toBe(404);
    await move({ leadIds: [id], kind: 'returned', mover: 'return', reason: 'wrong number' });
    expect((await read(id, buyer.token)).status).toBe(404);
    const { body } = await read(id, tenant.apiKey);
    expect(body).toMatchObject({ kind: 'returned', buyer_id: null, version: 4 });
  });

  it('are given out free of charge when nobody buys them', async () => {
    const { id } = await lead();
    await move({ leadIds: [id], kind: 'auction', lotId: LOT });
    await move({ leadIds: [id], kind: 'unsold' });
    const given = await mak.app
      .get(Database)
      .within({ tenantId: tenant.id }, (tx) =>
        sales.assign(tx, tenant.id, [id], buyer.id, Date.now()),
      );
    expect(given.ok).toBe(true);
    expect((await read(id, buyer.token)).body).toMatchObject({
      kind: 'working',
      buyer_id: buyer.id,
    });
    const answer = await mak.call(`/v1/leads/${id}/comments`, {
      key: buyer.token,
      body: { text: 'called' },
    });
    expect(answer.status).toBe(201);
  });

  it('move all or none, and not without consent', async () => {
    const [good, silent] = [await lead(), await lead({ consent: undefined })];
    const refused = await move({ leadIds: [good.id, silent.id], kind: 'auction', lotId: LOT });
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'consent_missing', field: `leads.${silent.id}` },
    });
    expect((await read(good.id, tenant.apiKey)).body.kind).toBe('new');
    expect(await move({ leadIds: [good.id], kind: 'sold', buyerId: buyer.id })).toMatchObject({
      refusal: { code: 'move_not_possible' },
    });
    expect(await move({ leadIds: [LOT], kind: 'auction' })).toMatchObject({
      refusal: { code: 'not_found' },
    });
  });

  it('tell the world ids and keys, never who somebody is', async () => {
    const { id } = await lead();
    await move({ leadIds: [id], kind: 'auction', lotId: LOT });
    const rows = await mak.database.query<{ type: string; data: object }>(
      'SELECT type, data FROM outbox WHERE deal_id = $1 ORDER BY tx, position',
      [id],
    );
    expect(rows.map(({ type }) => type)).toEqual(['lead.created', 'lead.status.changed']);
    expect(rows[1]?.data).toEqual({
      from: 'from_partner',
      from_kind: 'new',
      to: 'on_auction',
      kind: 'auction',
      by: 'auction',
    });
  });
});
