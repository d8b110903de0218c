import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp, TestTenant } from '../../../test/support/app.ts';
import { Database } from '../../platform/database/index.ts';
import { isWritable, RecordSources } from '../../platform/records/index.ts';
import type { MakChange, WritableRecordSource, Written } from '../../platform/records/index.ts';

let mak: TestApp;
let tenant: TestTenant;
let database: Database;
let deals: WritableRecordSource;

beforeAll(async () => {
  mak = await startApp();
  database = mak.app.get(Database);
  const source = mak.app.get(RecordSources).of('deal');
  if (!isWritable(source)) throw new Error('deals can be written');
  deals = source;
  tenant = await mak.createTenant({ pipelines: ['credit'] });
  await connect('crm', ['deal', 'sla_run', 'pipeline', 'stage']);
});
afterAll(() => mak.close());

async function connect(connector: string, entities: readonly string[]): Promise<void> {
  await mak.database.query(
    `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities) VALUES ($1, $2, 'running', '{}', $3)`,
    [tenant.id, connector, entities],
  );
}

async function createDeal(name: string): Promise<{ id: string; version: number }> {
  const { status, body } = await mak.call<{ id: string; version: number }>('/v1/deals', {
    key: tenant.apiKey,
    headers: { 'idempotency-key': randomUUID() },
    body: { name, amount: 100_00, currency: 'EUR' },
  });
  expect(status).toBe(201);
  return body;
}

interface Waiting {
  readonly connector: string;
  readonly entity: string;
  readonly key: string;
  readonly urgency: number;
  readonly fields: readonly string[];
  readonly generation: number;
}

const waiting = (key: string): Promise<Waiting[]> =>
  mak.database.query<Waiting>(
    `SELECT connector, entity, key, urgency, generation, ARRAY(SELECT jsonb_object_keys(mak_heard_at)) AS fields
     FROM sync_pending WHERE tenant_id = $1 AND key LIKE $2 || '%' ORDER BY entity, key`,
    [tenant.id, key],
  );

/** As the engine writes: in one transaction, in the tenant's turn. */
const write = (changes: readonly MakChange[]): Promise<readonly Written<string, number>[]> =>
  database.together({ tenantId: tenant.id }, () => deals.write(tenant.id, 'crm', changes));

const change = (localId: string, version: number, values: MakChange['values']): MakChange => ({
  localId,
  remoteId: `remote of ${localId}`,
  version,
  values,
});

describe('the feed of changes', () => {
  it('makes a deal wait in the transaction that changes it, with what a person changed', async () => {
    const { id, version } = await createDeal('Fed');
    expect(await waiting(id)).toEqual([
      { connector: 'crm', entity: 'deal', key: id, urgency: 0, fields: ['*'], generation: 1 },
    ]);
    await mak.call(`/v1/deals/${id}`, {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version, name: 'Fed again' },
    });
    expect((await waiting(id))[0]).toMatchObject({ fields: ['*', 'name'], generation: 2 });
  });

  it('is silent where nothing changed, and for a connector that does not sync the kind', async () => {
    await mak.database.query(
      `INSERT INTO sync_connector (tenant_id, connector, state, settings, entities) VALUES ($1, 'other', 'running', '{}', '{stage}')`,
      [tenant.id],
    );
    const { id, version } = await createDeal('Quiet');
    await mak.call(`/v1/deals/${id}`, {
      key: tenant.apiKey,
      method: 'PATCH',
      body: { version, name: 'Quiet' },
    });
    expect(await waiting(id)).toMatchObject([{ connector: 'crm', generation: 1 }]);
  });

  it('tells each system of its own opportunity of a deal', async () => {
    const { id } = await createDeal('With opportunities');
    for (const system of ['amocrm', 'twenty'])
      await mak.database.query(
        'INSERT INTO deal_ref (tenant_id, deal_id, system, external_id) VALUES ($1, $2, $3, $4)',
        [tenant.id, id, `${system}.opportunity`, `of ${system}`],
      );
    const told = async (system?: string): Promise<unknown> =>
      (await deals.read(tenant.id, [id], system)).get(id)?.values['opportunity'];
    expect(await told('twenty')).toBe('of twenty');
    expect(await told('amocrm')).toBe('of amocrm');
    expect(await told('crm')).toBeNull();
    expect(await told()).toBeNull();
  });

  it('tells of both deals of a merge', async () => {
    const [gone, survivor] = [await createDeal('Gone'), await createDeal('Survivor')];
    await mak.database.query('DELETE FROM sync_pending WHERE tenant_id = $1', [tenant.id]);
    const { status } = await mak.call(`/v1/deals/${gone.id}/merge`, {
      key: tenant.apiKey,
      body: { version: gone.version, into: survivor.id },
    });
    expect(status).toBe(200);
    expect(await waiting(gone.id)).toMatchObject([{ entity: 'deal' }]);
    expect(await waiting(survivor.id)).toMatchObject([{ entity: 'deal' }]);
    const merged = (await deals.read(tenant.id, [gone.id])).get(gone.id);
    expect(merged?.values).toMatchObject({ archived: true, merged_into: survivor.id });
  });

  it('tells of a pipeline that was published, with its stages', async () => {
    await mak.database.query('DELETE FROM sync_pending WHERE tenant_id = $1', [tenant.id]);
    const other = await mak.createTenant({ pipelines: ['credit'] });
    expect(await waiting('')).toEqual([]);
    const sources = mak.app.get(RecordSources);
    const [pipeline = ''] = await sources.of('pipeline').list(other.id, null, 10);
    expect(
      (await sources.of('pipeline').read(other.id, [pipeline])).get(pipeline)?.values,
    ).toMatchObject({
      is_default: true,
      is_archived: false,
      version: 1,
    });
    const stages = await sources.of('stage').list(other.id, null, 200);
    expect(stages.length).toBeGreaterThan(3);
    expect(await sources.of('stage').list(other.id, stages[1] ?? null, 1)).toEqual([stages[2]]);
    const records = await sources.of('stage').read(other.id, stages);
    expect([...records.values()].map(({ values }) => values['kind'])).toContain('won');
  });
});

describe('deals for another system', () => {
  it('are read in its terms', async () => {
    const { id, version } = await createDeal('Read');
    const record = (await deals.read(tenant.id, [id, randomUUID(), 'no id'])).get(id);
    expect(record).toMatchObject({
      version,
      values: {
        name: 'Read',
        amount: { minor: 100_00, currency: 'EUR' },
        owner: null,
        outcome: null,
        archived: false,
      },
    });
  });

  it('take over what it changed, as an event of its own', async () => {
    const { id, version } = await createDeal('Before');
    const [answer] = await write([
      change(id, version, { name: 'After', amount: { minor: 5, currency: 'USD' }, archived: true }),
    ]);
    expect(answer).toMatchObject({
      kind: 'written',
      id,
      values: { name: 'After', amount: { minor: 5, currency: 'USD' }, archived: true },
    });
    const sources = await mak.database.query(
      "SELECT DISTINCT source FROM event WHERE deal_id = $1 AND type <> 'deal.created'",
      [id],
    );
    expect(sources).toEqual([{ source: 'crm' }]);
  });

  it('are left alone when they went on, and refuse what they cannot hold, each for itself', async () => {
    const [moved, refused, fine] = [
      await createDeal('A'),
      await createDeal('B'),
      await createDeal('C'),
    ];
    const answers = await write([
      change(moved.id, moved.version + 1, { name: 'Too late' }),
      change(refused.id, refused.version, { owner: 'nobody@example.com' }),
      change(fine.id, fine.version, { name: 'D' }),
      change(fine.id, fine.version, { stage: 'anything' }),
      change(randomUUID(), 1, { name: 'Nowhere' }),
    ]);
    expect(answers).toMatchObject([
      { kind: 'moved' },
      { kind: 'refused', refusal: { code: 'unknown_owner', field: 'owner' } },
      { kind: 'written', values: { name: 'D' } },
      { kind: 'refused', refusal: { code: 'field_read_only', field: 'stage' } },
      { kind: 'refused', refusal: { code: 'deal_gone', field: null } },
    ]);
  });

  it('are made of a record that only the other system has, once', async () => {
    const made: MakChange = {
      localId: null,
      remoteId: 'opportunity-1',
      version: null,
      values: { name: 'From outside', amount: { minor: 700, currency: 'EUR' } },
    };
    const [first] = await write([made]);
    expect(first).toMatchObject({ kind: 'written', values: { name: 'From outside' } });
    const [again] = await write([made]);
    expect(again?.kind === 'written' && first?.kind === 'written' && again.id === first.id).toBe(
      true,
    );
  });

  it('are nothing of what was written when the transaction fails', async () => {
    const { id, version } = await createDeal('Stays');
    const failing = database.together({ tenantId: tenant.id }, async () => {
      await deals.write(tenant.id, 'crm', [change(id, version, { name: 'Gone' })]);
      throw new Error('afterwards');
    });
    await expect(failing).rejects.toThrow('afterwards');
    expect((await deals.read(tenant.id, [id])).get(id)).toMatchObject({
      version,
      values: { name: 'Stays' },
    });
  });
});
