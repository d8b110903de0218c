import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { Database } from '../../platform/database/index.ts';
import { Audit } from './index.ts';

interface Entry {
  readonly id: string;
  readonly action: string;
  readonly entity_id: string;
  readonly entity_name: string | null;
  readonly actor_name: string | null;
}
interface Page {
  readonly items: Entry[];
  readonly next: string | null;
}

let mak: TestApp;

beforeAll(async () => {
  mak = await startApp();
});
afterAll(() => mak.close());

describe('the audit log', () => {
  it('has every change with its actor, newest first, in pages and filtered', async () => {
    const { apiKey, id } = await mak.createTenant();
    const made: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const { body } = await mak.call<{ id: string }>('/v1/api-clients', {
        key: apiKey,
        body: { name, scopes: ['deals:read'] },
      });
      made.unshift(body.id);
    }
    await mak.call('/v1/tenant', {
      key: apiKey,
      method: 'PATCH',
      body: { version: 1, name: 'New' },
    });
    const seen: Entry[] = [];
    let cursor = '';
    do {
      const { body } = await mak.call<Page>(`/v1/audit?limit=2${cursor}`, { key: apiKey });
      seen.push(...body.items);
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(seen.map((entry) => entry.action)).toEqual([
      'tenant.changed',
      'api_client.created',
      'api_client.created',
      'api_client.created',
      'tenant.created',
    ]);
    expect(seen.slice(1, 4).map((entry) => entry.entity_id)).toEqual(made);
    expect(seen.at(-1)).toMatchObject({ actor_kind: 'operator', actor_name: null, entity_id: id });
    expect(seen.slice(1, 4).map((entry) => entry.entity_name)).toEqual(['c', 'b', 'a']);
    expect(seen[0]?.actor_name).toEqual(expect.any(String));
    const { body } = await mak.call<Page>(`/v1/audit?entity=api_client&entity_id=${made[0]}`, {
      key: apiKey,
    });
    expect(body.items).toHaveLength(1);
    expect(
      (await mak.call<Page>('/v1/audit?since=2999-01-01T00:00:00Z', { key: apiKey })).body.items,
    ).toEqual([]);
    expect(
      (await mak.call<Page>('/v1/audit?until=2000-01-01T00:00:00Z', { key: apiKey })).body.items,
    ).toEqual([]);
  });

  it('answers the same over GraphQL', async () => {
    const { apiKey } = await mak.createTenant();
    const query =
      '{ auditEntries(limit: 1, action: "tenant.created") { items { action actorKind detail } next } }';
    expect(await mak.call('/graphql', { key: apiKey, body: { query } })).toMatchObject({
      body: {
        data: {
          auditEntries: {
            items: [{ action: 'tenant.created', actorKind: 'operator' }],
            next: null,
          },
        },
      },
    });
  });

  it('shows a tenant nothing of another, and nobody without the scope anything', async () => {
    const [ours, theirs] = [await mak.createTenant(), await mak.createTenant()];
    const { body } = await mak.call<Page>('/v1/audit', { key: theirs.apiKey });
    expect(body.items.map((entry) => entry.entity_id)).toEqual([theirs.id]);
    const weak = await mak.call<{ secret: string }>('/v1/api-clients', {
      key: ours.apiKey,
      body: { name: 'x', scopes: ['deals:read'] },
    });
    expect((await mak.call('/v1/audit', { key: weak.body.secret })).status).toBe(403);
  });

  it.each(['limit=0', 'limit=201', 'cursor=nonsense', 'since=yesterday', 'until=x', 'colour=red'])(
    'refuses %s',
    async (query) => {
      const { apiKey } = await mak.createTenant();
      expect((await mak.call(`/v1/audit?${query}`, { key: apiKey })).status).toBe(422);
    },
  );

  it('takes no secrets and no contact data', async () => {
    const { id } = await mak.createTenant();
    const database = mak.app.get(Database);
    for (const member of ['password', 'email', 'contact_phone', 'apiSecret']) {
      await expect(
        database.within({ tenantId: id }, (transaction) =>
          Audit.recordFor(
            transaction,
            id,
            { kind: 'system', id: 'test' },
            'tenant.changed',
            'tenant',
            null,
            {
              [member]: 'x',
            },
          ),
        ),
      ).rejects.toThrow(TypeError);
    }
  });

  it('cannot be changed or cut by the application', async () => {
    const { id } = await mak.createTenant();
    const database = mak.app.get(Database);
    for (const sql of ["UPDATE audit_entry SET action = 'x'", 'DELETE FROM audit_entry']) {
      await expect(
        database.within({ tenantId: id }, (transaction) => transaction.execute(sql)),
      ).rejects.toThrow('permission denied');
    }
  });
});
