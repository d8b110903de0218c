import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SlaService } from '../../src/features/sla/index.ts';
import { Database } from '../../src/platform/database/index.ts';
import {
  envelopeOf,
  EVENT_TYPES,
  OUTBOX_START,
  readOutbox,
} from '../../src/platform/outbox/index.ts';
import type { CanonicalEvent, EventType } from '../../src/platform/outbox/index.ts';
import { isWritable, RecordSources } from '../../src/platform/records/index.ts';
import { startApp } from '../support/app.ts';
import type { TestApp, TestTenant } from '../support/app.ts';
import { ClosingService } from '../../src/features/auction/closing.service.ts';
import { ASCENDING, giveMoney, makeLot, workIn } from '../support/auction.ts';
import { entered, member } from '../support/leads.ts';

const schemas = resolve(import.meta.dirname, '../../schemas/events');
const ajv = addFormats.default(new Ajv2020({ strict: true, allErrors: true }));

let app: TestApp;
let tenant: TestTenant;
let produced: readonly CanonicalEvent[];

beforeAll(async () => {
  app = await startApp();
  tenant = await app.createTenant();
  await setClock('2026-03-01T12:00:00Z');
  const pipeline = { preset: 'adtech', publish: true, is_default: true };
  await app.call('/v1/pipelines', { key: tenant.apiKey, body: pipeline });

  // One deal that is won, one that is lost, one that is merged into the first.
  await send('won', 'crm.deal.created', '2026-03-01T09:00:00Z', { owner_id: 'person-1' });
  for (const [index, type] of [
    'crm.brief.submitted',
    'media.mediaplan.ready',
    'crm.offer.approved',
    'docflow.contract.signed',
    'mediapush.campaign.started',
    'dcm.invoice.issued',
    'dcm.closeout.completed',
  ].entries()) {
    await send('won', type, `2026-03-01T09:1${index}:00Z`, {});
  }
  await send('lost', 'crm.deal.created', '2026-03-01T09:00:00Z', {});
  await send('lost', 'crm.deal.lost', '2026-03-01T10:00:00Z', {});
  const from = await send('merged', 'crm.deal.created', '2026-03-01T09:00:00Z', {});
  const into = await send('survivor', 'crm.deal.created', '2026-03-01T09:30:00Z', {});
  const merged = await app.call(`/v1/deals/${from}/merge`, {
    key: tenant.apiKey,
    body: { version: 1, into },
  });
  if (merged.status !== 200) throw new Error(`not merged: ${JSON.stringify(merged.body)}`);

  // A breach that the sweeper finds, and one that a late event takes back.
  await send('late', 'crm.deal.created', '2026-03-01T09:00:00Z', {});
  await setClock('2026-03-02T12:00:00Z');
  await app.app.get(SlaService).sweepTenant(tenant.id);
  await send('late', 'crm.brief.submitted', '2026-03-01T10:00:00Z', {});

  // Two leads, one of which moves, has its origin corrected and takes in the other.
  const [lead, other] = [
    await entered(app, tenant.apiKey, { name: 'One' }),
    await entered(app, tenant.apiKey, { name: 'Other' }),
  ];
  const move = { status: 'in_work', version: 1 };
  await app.call(`/v1/leads/${lead.id}/move`, { key: tenant.apiKey, body: move });
  const origin = { source: 'cold_base', version: 2 };
  await app.call(`/v1/leads/${lead.id}`, { key: tenant.apiKey, method: 'PATCH', body: origin });
  const leads = [
    { id: lead.id, version: 3 },
    { id: other.id, version: 1 },
  ];
  await app.call('/v1/leads/merge', { key: tenant.apiKey, body: { leads } });

  await auction();
  await catalogue();
  await contact();

  produced = await app.app.get(Database).within({ tenantId: tenant.id }, async (tx) => {
    const { rows } = await readOutbox(tx, tenant.id, OUTBOX_START, 1_000);
    return rows.map((row) => envelopeOf(tenant.id, row));
  });
});
afterAll(() => app.close());

/** A lot that is taken back, one that nobody buys, and one whose end moves, which is sold and of which a lead comes back. */
async function auction(): Promise<void> {
  const key = tenant.apiKey;
  const close = (lot: string): Promise<void> =>
    vi.waitFor(
      async () => {
        const { opensUntil } = await app.app.get(ClosingService).close(tenant.id, lot);
        if (opensUntil !== null) throw new Error('the lot is open still');
      },
      { timeout: 15_000, interval: 100 },
    );
  const withdrawn = await makeLot(app, tenant);
  await app.call(`/v1/lots/${withdrawn}/withdraw`, { key, body: {} });
  await close(await makeLot(app, tenant, { opensIn: -1_000, endsIn: -1 }));
  const buyer = await member(app, tenant, 'franchisee', 'buyer');
  await workIn(app, tenant, buyer.id, ['kyiv'], []);
  await giveMoney(app, tenant, buyer, 10_000);
  const antiSniping = { window: 60_000, extension: 3_000, times: 1 };
  const sold = await makeLot(app, tenant, { terms: { ...ASCENDING, antiSniping }, endsIn: 2_000 });
  const bid = await app.call(`/v1/lots/${sold}/bids`, {
    key: buyer.token,
    body: { key: 'only', amount: 500 },
  });
  if (bid.status !== 200) throw new Error(`no bid: ${JSON.stringify(bid.body)}`);
  await close(sold);
  const won = await app.call<{ items: { lead: { lead_id: string } }[] }>('/v1/lots/won', {
    key: buyer.token,
  });
  const asked = await app.call<{ id: string }>('/v1/returns', {
    key: buyer.token,
    body: {
      lot_id: sold,
      lead_id: won.body.items[0]?.lead.lead_id,
      reason: 'other',
      comment: 'Nobody there',
    },
  });
  const decided = await app.call(`/v1/returns/${asked.body.id}/decision`, {
    key,
    body: { verdict: 'accepted', note: 'Right' },
  });
  if (decided.status !== 200) throw new Error(`not decided: ${JSON.stringify(decided.body)}`);
}

/** An article that is changed and counted, and an order that is changed, moved and paid. */
async function catalogue(): Promise<void> {
  const done = async (path: string, body: object, method = 'POST'): Promise<string> => {
    const answer = await app.call<{ id: string }>(path, { key: tenant.apiKey, method, body });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  const article = await done('/v1/articles', { sku: 'TSH', name: 'T-shirt' });
  await done(`/v1/articles/${article}`, { version: 1, name: 'Shirt' }, 'PATCH');
  const stocks = [{ sku: 'TSH', warehouse: 'main', quantity: 3 }];
  await done('/v1/articles/stocks', { stocks }, 'PUT');
  const client = await done('/v1/clients', { name: 'Buyer' });
  const lines = [{ sku: 'TSH', name: 'Shirt', quantity: 1, price: 1_000 }];
  const body = { number: 'WEB-1', client_id: client, currency: 'EUR', lines };
  const order = await done('/v1/orders', body);
  await done(`/v1/orders/${order}`, { version: 1, comment: 'After 18:00' }, 'PATCH');
  await done(`/v1/orders/${order}/status`, { version: 2, status: 'approved' });
  await done(`/v1/orders/${order}/payments`, { version: 3, amount: 1_000, state: 'paid' });
}

/** A person whom another system brings. */
async function contact(): Promise<void> {
  const source = app.app.get(RecordSources).of('contact');
  if (!isWritable(source)) throw new Error('contacts can be written');
  const values = { name: 'Anna', email: 'anna@contract.example' };
  const brought = { localId: null, remoteId: '7', version: null, values };
  await app.app.get(Database).together({ tenantId: tenant.id }, async (tx) => {
    await app.app.get(RecordSources).takeTurns(tx, tenant.id, 'contact');
    await source.write(tenant.id, 'crm', [brought]);
  });
}

async function setClock(at: string): Promise<void> {
  await app.database.query('UPDATE tenant SET clock_frozen_at = $2 WHERE id = $1', [tenant.id, at]);
}

async function send(deal: string, type: string, at: string, data: object): Promise<string> {
  const { body } = await app.call<{ results: { status: string; master_deal_id: string }[] }>(
    '/v1/events',
    {
      key: tenant.apiKey,
      body: [
        {
          event_id: randomUUID(),
          type,
          source: 'crm',
          occurred_at: at,
          external_refs: [{ system: 'crm', id: deal }],
          correlation_id: 'contract-test',
          data,
        },
      ],
    },
  );
  expect(body.results).toMatchObject([{ status: 'applied' }]);
  return body.results[0]?.master_deal_id ?? '';
}

function validatorOf(type: EventType): ReturnType<typeof ajv.compile> {
  const schema = JSON.parse(readFileSync(`${schemas}/${type}.json`, 'utf8')) as { $id: string };
  return ajv.getSchema(schema.$id) ?? ajv.compile(schema);
}

describe('every canonical event that the server produces', () => {
  it.each(EVENT_TYPES)('%s is as its schema says', (type) => {
    const events = produced.filter((event) => event.type === type);
    expect(events.length).toBeGreaterThan(0);
    const validate = validatorOf(type);
    for (const event of events) {
      const sent: unknown = JSON.parse(JSON.stringify(event));
      expect([validate(sent), validate.errors]).toEqual([true, null]);
    }
  });

  it('is of a known type', () => {
    expect(EVENT_TYPES).toEqual(
      expect.arrayContaining([...new Set(produced.map(({ type }) => type))]),
    );
  });

  it.each(EVENT_TYPES)('%s: the schema refuses what does not belong', (type) => {
    const [event] = produced.filter((one) => one.type === type);
    const validate = validatorOf(type);
    const { data, ...rest } = event ?? { data: {} };
    expect(validate({ ...rest, data: { ...data, email: 'a@example.test' } })).toBe(false);
    expect(validate({ ...rest, data, more: 1 })).toBe(false);
    expect(validate(rest)).toBe(false);
  });
});
