import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';

const EMAIL = 'zoe.secret@example.com';
const PHONE = '380671112233';
// With a hyphen: a sealed contact is Base64, in which three letters turn up by chance.
const contact = { name: 'Zoe-Marie', email: EMAIL, phones: [`+${PHONE}`] };

let mak: TestApp;
let tenant: TestTenant;
/** A key that may do everything but read personal data. */
let stranger: string;
let dealId: string;

const event = (more: object): object => ({
  event_id: randomUUID(),
  type: 'crm.deal.created',
  source: 'crm',
  occurred_at: new Date().toISOString(),
  external_refs: [{ system: 'crm', id: 'deal-1' }],
  ...more,
});

/** Sends events that all meet the same fate, and gives the ids of their deals. */
async function send(fate: 'applied' | 'rejected', ...events: unknown[]): Promise<string[]> {
  const { body } = await mak.call<{ results: { status: string; master_deal_id: string }[] }>(
    '/v1/events',
    { key: tenant.apiKey, body: events },
  );
  expect(body.results.map(({ status }) => status)).toEqual(events.map(() => fate));
  return body.results.map((result) => result.master_deal_id);
}

beforeAll(async () => {
  mak = await startApp();
  tenant = await mak.createTenant({ pipelines: ['adtech'] });
  const scopes = ['deals:read', 'deals:write', 'events:write', 'files:export', 'audit:read'];
  const client = await mak.call<{ secret: string }>('/v1/api-clients', {
    key: tenant.apiKey,
    body: { name: 'stranger', scopes },
  });
  stranger = client.body.secret;
  const ids = await send(
    'applied',
    event({
      data: {
        name: 'A deal',
        contact,
        contacts: [contact, EMAIL],
        lead: { contact: [contact] },
        attributes: { size: 5, contact, crm: [{ contacts: contact }] },
      },
    }),
    event({ type: 'deal.updated', data: { attributes: { contact } } }),
    event({ type: 'deal.note.added', data: { text: 'called', contact } }),
  );
  dealId = ids[0] ?? '';
  const wrong = { occurred_at: 'yesterday' };
  await send(
    'rejected',
    event({ ...wrong, data: { contact } }),
    event({ ...wrong, data: { attributes: { contacts: [contact] } } }),
    event({ ...wrong, data: [{ contact }] }),
    event({ ...wrong, data: JSON.stringify({ contact }) }),
    event({ ...wrong, contact }),
    event({ event_id: { contact } }),
    [contact],
    JSON.stringify(contact),
    event({ data: { contact, pad: 'x'.repeat(70_000) } }),
  );
});
afterAll(() => mak.close());

function expectNoContact(text: string): void {
  for (const secret of ['zoe-marie', EMAIL, PHONE])
    expect(text.toLowerCase()).not.toContain(secret);
}

describe('contact data that was sent in', () => {
  it.each([
    '/v1/deals',
    '/v1/deals?text=deal',
    '/v1/deals/:id',
    '/v1/deals/:id/events',
    '/v1/deals/:id/timeline',
    '/v1/deals/:id/gates',
    '/v1/deals/export?format=xes',
    '/v1/deals/export?format=csv',
    '/v1/deals/export?format=jsonl',
    '/v1/events/rejections',
    '/v1/audit',
  ])('is not in %s without the scope for it', async (path) => {
    const answer = await fetch(`${mak.url}${path.replace(':id', dealId)}`, {
      headers: { authorization: `Bearer ${stranger}` },
    });
    expect(answer.status).toBe(200);
    expectNoContact(await answer.text());
  });

  it('is not in GraphQL without the scope for it', async () => {
    const query = `{ deal(id: "${dealId}") { attributes timeline(first: 50) { nodes { kind detail } } }
      eventRejections { items { payload reason } } }`;
    const { body } = await mak.call<{ errors?: unknown }>('/graphql', {
      key: stranger,
      body: { query },
    });
    expect(body.errors).toBeUndefined();
    expect(JSON.stringify(body)).toContain('hidden');
    expectNoContact(JSON.stringify(body));
  });

  it.each(['event', 'event_rejection', 'deal', 'outbox', 'audit_entry'])(
    'is not in the table %s',
    async (table) => {
      const rows = await mak.database.query(`SELECT to_jsonb(t)::text AS row FROM ${table} t`);
      expect(rows.length).toBeGreaterThan(0);
      expectNoContact(JSON.stringify(rows));
    },
  );

  it('becomes no attribute, and the other attributes stay', async () => {
    const { body } = await mak.call<{ attributes: unknown }>(`/v1/deals/${dealId}`, {
      key: tenant.apiKey,
    });
    expect(body.attributes).toEqual({ size: 5, crm: [{}] });
  });

  it('is refused as an attribute of a deal that people make', async () => {
    const { status, body } = await mak.call<{ field: string; title: string }>('/v1/deals', {
      key: tenant.apiKey,
      body: { name: 'x', attributes: { crm: { contact } } },
    });
    expect(status).toBe(422);
    expect(body.field).toBe('attributes');
    expect(body.title).toContain('data.contact');
  });

  it('is opened with the scope, audited, and gone after the person was erased', async () => {
    const read = async (path: string): Promise<string> => {
      const { body } = await mak.call(`/v1/deals/${dealId}/${path}`, { key: tenant.apiKey });
      return JSON.stringify(body);
    };
    expect(await read('events')).toContain(EMAIL);
    expect(await read('timeline')).toContain(EMAIL);
    const audit = await mak.call<{ items: { action: string; entity_id: string }[] }>(
      '/v1/audit?action=person.read',
      { key: tenant.apiKey },
    );
    expect(audit.body.items.map(({ entity_id }) => entity_id)).toEqual([dealId, dealId]);
    await mak.call('/v1/persons/erase', { key: tenant.apiKey, body: { email: EMAIL } });
    for (const path of ['events', 'timeline']) {
      const text = await read(path);
      expect(text).toContain('"erased":true');
      expectNoContact(text);
    }
  });
});
