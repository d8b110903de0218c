import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openTwentyStage, startTwentyWorker } from '../../../test/support/twenty-stage.ts';
import type { TwentyStage } from '../../../test/support/twenty-stage.ts';

/* Deals from opportunities: the real worker and the simulator over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: TwentyStage;
/** Neither the default pipeline nor that of twenty's events. */
let credit: string;
let adtech: string;

beforeAll(async () => {
  api = await startApp();
  worker = await startTwentyWorker(api);
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openTwentyStage(api, 'adtech', 'credit');
  credit = await pipelineId('credit');
  adtech = await pipelineId('adtech');
  stage.twenty.workspace.upsert('workspaceMember', [{ userEmail: 'anna@example.test' }], {
    userId: null,
  });
  await stage.rows(
    `INSERT INTO account (id, tenant_id, email, name, role, status)
     VALUES ($2, $1, 'anna@example.test', 'Anna', 'manager', 'active')`,
    randomUUID(),
  );
  return () => stage.close();
});

async function pipelineId(key: string): Promise<string> {
  const [found] = await stage.rows<{ id: string }>(
    'SELECT id FROM pipeline WHERE tenant_id = $1 AND key = $2',
    key,
  );
  return found?.id ?? '';
}

const table = (object: string) => [...stage.twenty.workspace.table(object).rows.values()];
const add = (object: string, fields: object): string =>
  stage.twenty.workspace.upsert(object, [{ ...fields }], stage.person)[0]?.id ?? '';
const editThere = (object: string, id: string, data: object): void => {
  stage.twenty.workspace.update(object, { id: { eq: id } }, { ...data }, stage.person);
};
interface Deal {
  readonly id: string;
  readonly name: string;
  readonly amount: number | null;
  readonly pipeline_id: string;
  readonly stage: string;
  readonly owner: string | null;
  readonly version: number;
}
const deals = (): Promise<Deal[]> =>
  stage.rows(
    `SELECT d.id, d.name, d.amount::float8 AS amount, d.pipeline_id, d.stage, a.email AS owner, d.version
     FROM deal d LEFT JOIN account a ON a.id::text = d.owner_id WHERE d.tenant_id = $1 ORDER BY d.name`,
  );
const connect = (pipeline = credit): Promise<void> =>
  stage.connect({ opportunities: { pipeline } });
async function send(method: string, path: string, body: object): Promise<unknown> {
  const answer = await api.call(path, {
    key: stage.tenant.apiKey,
    method,
    headers: { 'idempotency-key': randomUUID() },
    body,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
}
/** Sets the connector anew, with what it was. */
async function change(own: object): Promise<unknown> {
  const path = '/v1/connectors/twenty';
  const { body } = await api.call<{ version: number; settings: object }>(path, {
    key: stage.tenant.apiKey,
  });
  const { version, settings } = body;
  return send('PUT', path, { version, settings, poll_seconds: 5, ...own });
}

describe('deals from opportunities', () => {
  it('are none unless a pipeline is named for them, and there is none of what was before twice', async () => {
    await stage.connect();
    add('opportunity', { name: 'Alone' });
    await stage.settled();
    expect(await deals()).toEqual([]);
    expect(stage.twenty.workspace.webhooks.all.size).toBe(1);
    expect(await change({ settings: await settingsWith(credit) })).toMatchObject({
      entities: expect.arrayContaining([
        expect.objectContaining({ name: 'opportunity', enabled: true }),
      ]),
    });
    await stage.settled();
    expect(await deals()).toMatchObject([{ name: 'Alone', pipeline_id: credit }]);

    await change({ settings: await settingsWith(null) });
    editThere('opportunity', table('opportunity')[0]?.id ?? '', { name: 'Unheard' });
    add('opportunity', { name: 'Another' });
    await stage.settled();
    expect(await deals()).toMatchObject([{ name: 'Alone' }]);
    await change({ settings: await settingsWith(credit) });
    await stage.settled();
    expect(await deals()).toMatchObject([{ name: 'Another' }, { name: 'Unheard' }]);
  }, 90_000);

  it('have what the opportunity has, and are shown with it; names follow from all three', async () => {
    await connect();
    stage.twenty.workspace.webhooks.fate = () => 'repeated';
    const company = add('company', { name: 'Acme' });
    const person = add('person', {
      name: { firstName: 'Ada', lastName: 'Byron' },
      emails: { primaryEmail: 'ada@acme.example' },
      companyId: company,
    });
    const opportunity = add('opportunity', {
      name: 'Machine',
      stage: 'MEETING',
      amount: { amountMicros: 12_000_000, currencyCode: 'EUR' },
      ownerId: table('workspaceMember')[0]?.id,
      companyId: company,
      pointOfContactId: person,
    });
    await stage.settled();
    const [deal, ...others] = await deals();
    expect(others).toEqual([]);
    expect(deal).toMatchObject({
      name: 'Machine',
      amount: 1_200,
      pipeline_id: credit,
      owner: 'anna@example.test',
    });
    expect(table('opportunity')).toMatchObject([{ makId: deal?.id, stage: 'MEETING' }]);
    expect(table('masterDeal')).toMatchObject([
      {
        makId: deal?.id,
        name: 'Machine',
        opportunityId: opportunity,
        companyId: company,
        pointOfContactId: person,
      },
    ]);
    const names = async (): Promise<unknown[]> => [
      ...(await deals()).map(({ name }) => name),
      ...table('opportunity').map((row) => row['name']),
      ...table('masterDeal').map((row) => row['name']),
    ];
    editThere('opportunity', opportunity, { name: 'There' });
    await stage.settled();
    expect(await names()).toEqual(['There', 'There', 'There']);
    const [{ version } = { version: 0 }] = await deals();
    await send('PATCH', `/v1/deals/${deal?.id}`, { version, name: 'Here', amount: 1_300 });
    await stage.settled();
    expect(await names()).toEqual(['Here', 'Here', 'Here']);
    expect(table('opportunity')[0]?.['amount']).toMatchObject({ amountMicros: 13_000_000 });
    editThere('masterDeal', table('masterDeal')[0]?.id ?? '', { name: 'Beside' });
    await stage.settled();
    expect(await names()).toEqual(['Beside', 'Beside', 'Beside']);

    const state = (): string => JSON.stringify([table('opportunity'), table('masterDeal')]);
    const before = state();
    await change({});
    await send('POST', '/v1/connectors/twenty/resync', {});
    await stage.settled();
    expect(state()).toBe(before);
  }, 90_000);

  it('are not made into opportunities, and one that is deleted there is not made anew', async () => {
    await connect();
    await send('POST', '/v1/deals', { name: 'Of MaK' });
    await stage.settled();
    expect(table('opportunity')).toEqual([]);
    expect(table('masterDeal')).toMatchObject([{ opportunityId: null }]);
    const opportunity = add('opportunity', { name: 'Short' });
    await stage.settled();
    stage.twenty.workspace.delete('opportunity', opportunity, stage.person);
    await stage.settled();
    const deal = (await deals()).find(({ name }) => name === 'Short');
    await send('PATCH', `/v1/deals/${deal?.id}`, { version: deal?.version, name: 'Goes on' });
    await stage.settled();
    expect(table('opportunity')).toMatchObject([{ id: opportunity, name: 'Short' }]);
    expect(table('masterDeal').map((row) => row['name'])).toEqual(['Of MaK', 'Goes on']);
    const { body } = await api.call<{ items: object[] }>('/v1/connectors/twenty/divergences', {
      key: stage.tenant.apiKey,
    });
    expect(body.items).toMatchObject([
      { entity: 'opportunity', local_id: deal?.id, refusal: { code: 'deleted_there' } },
    ]);
  }, 90_000);

  it('keep the relation when they are merged, and an edit of the opportunity of the other one is refused', async () => {
    await connect();
    const opportunity = add('opportunity', { name: 'Loser' });
    await stage.settled();
    const [loser] = await deals();
    const survivor = (await send('POST', '/v1/deals', {
      name: 'Survivor',
      pipeline: 'credit',
    })) as { id: string };
    await stage.settled();
    await send('POST', `/v1/deals/${loser?.id}/merge`, {
      version: loser?.version,
      into: survivor.id,
    });
    await stage.settled();
    expect(table('masterDeal').find((row) => row['makId'] === survivor.id)).toMatchObject({
      opportunityId: opportunity,
    });
    editThere('opportunity', opportunity, { name: 'Renamed' });
    await stage.settled();
    const refused = `SELECT detail ->> 'code' AS code FROM sync_journal
       WHERE tenant_id = $1 AND entity = 'opportunity' AND kind = 'refused'`;
    expect(await stage.rows(refused)).toEqual([{ code: 'deal_merged' }]);
    expect(table('opportunity')).toHaveLength(1);
  }, 90_000);

  it('name their own opportunity when both of a merge have one', async () => {
    await connect();
    // The first one by its id is that of the deal that goes.
    const gone = add('opportunity', { id: `0${randomUUID().slice(1)}`, name: 'Loser' });
    const own = add('opportunity', { id: `f${randomUUID().slice(1)}`, name: 'Survivor' });
    await stage.settled();
    const [loser, survivor] = await deals();
    const { id, version } = loser ?? { id: '', version: 0 };
    await send('POST', `/v1/deals/${id}/merge`, { version, into: survivor?.id });
    await stage.settled();
    expect(table('masterDeal').find((row) => row['makId'] === survivor?.id)).toMatchObject({
      opportunityId: own,
    });
    editThere('opportunity', own, { name: 'Renamed' });
    await stage.settled();
    expect(await deals()).toMatchObject([{ name: 'Loser' }, { id: survivor?.id, name: 'Renamed' }]);
    expect(table('opportunity').map((row) => [row.id, row['name']])).toEqual([
      [gone, 'Loser'],
      [own, 'Renamed'],
    ]);
  }, 60_000);

  it('are made once when twenty does not answer what they are called here', async () => {
    await connect();
    let failures = 0;
    stage.twenty.disturb = (body, response) => {
      if (!body.includes('createOpportunities') || failures > 1) return 'arrives';
      failures += 1;
      response.writeHead(503).end('away');
      return 'answered';
    };
    add('opportunity', { name: 'Once' });
    await stage.settled();
    expect(failures).toBe(2);
    expect(await deals()).toMatchObject([{ name: 'Once' }]);
    expect(table('opportunity')).toMatchObject([{ makId: (await deals())[0]?.id }]);
  }, 90_000);

  it('are none of opportunities that were made before the settings say', async () => {
    add('opportunity', { name: 'Old' });
    const since = new Date(Date.now() + 1).toISOString();
    await expect.poll(() => Date.now()).toBeGreaterThan(Date.parse(since));
    await stage.connect({ opportunities: { pipeline: credit, since } });
    await stage.settled();
    editThere('opportunity', table('opportunity')[0]?.id ?? '', { name: 'Old, and edited' });
    add('opportunity', { name: 'New' });
    await stage.settled();
    expect(await deals()).toMatchObject([{ name: 'New' }]);
    editThere('opportunity', table('opportunity')[1]?.id ?? '', { name: 'Newer' });
    await stage.settled();
    expect(await deals()).toMatchObject([{ name: 'Newer' }]);
  }, 60_000);

  it('need a pipeline that is there', async () => {
    await connect();
    const { body } = await api.call('/v1/connectors/twenty', {
      key: stage.tenant.apiKey,
      method: 'PUT',
      body: {
        version: 1,
        settings: { ...(await settingsWith(randomUUID())) },
      },
    });
    expect(body).toMatchObject({ code: 'unknown_pipeline', field: 'settings' });
  }, 30_000);
});

async function settingsWith(pipeline: string | null): Promise<object> {
  const { body } = await api.call<{ settings: object }>('/v1/connectors/twenty', {
    key: stage.tenant.apiKey,
  });
  return { ...body.settings, opportunities: pipeline === null ? null : { pipeline } };
}

describe('the stage of an opportunity', () => {
  it('follows from that of the deal by the table; what people move is a fact, or is put right', async () => {
    await connect(adtech);
    const opportunity = add('opportunity', { name: 'Moves', stage: 'SCREENING' });
    await stage.settled();
    const refused = await api.call('/v1/connectors/twenty', {
      key: stage.tenant.apiKey,
      method: 'PUT',
      body: {
        version: 1,
        settings: await settingsWith(adtech),
        stage_tables: [{ pipeline: adtech, status_of: { draft: 'LEAD' }, event_of: {} }],
      },
    });
    expect(refused.body).toMatchObject({ code: 'unknown_status' });
    await change({
      stage_tables: [
        {
          pipeline: adtech,
          status_of: { draft: 'NEW', briefed: 'PROPOSAL' },
          event_of: { PROPOSAL: 'crm.brief.submitted' },
        },
      ],
    });
    await stage.settled();
    const there = (): unknown => table('opportunity')[0]?.['stage'];
    expect(there()).toBe('NEW');
    expect(await journal('conflict')).toEqual([
      { name: 'Moves', detail: expect.objectContaining({ mak: 'NEW', remote: 'SCREENING' }) },
    ]);
    editThere('opportunity', opportunity, { stage: 'PROPOSAL' });
    await stage.settled();
    expect(await deals()).toMatchObject([{ stage: 'briefed' }]);
    expect(there()).toBe('PROPOSAL');
    editThere('opportunity', opportunity, { stage: 'CUSTOMER' });
    await stage.settled();
    expect(await deals()).toMatchObject([{ stage: 'briefed' }]);
    expect(there()).toBe('PROPOSAL');
  }, 90_000);

  it('that was there before its deal is a move of people: a fact, or put right with a word of what it was', async () => {
    await stage.connect();
    await stage.settled();
    for (const status of ['NEW', 'MEETING', 'PROPOSAL'])
      add('opportunity', { name: status, stage: status });
    await change({
      settings: await settingsWith(adtech),
      stage_tables: [
        {
          pipeline: adtech,
          status_of: { draft: 'NEW', briefed: 'PROPOSAL' },
          event_of: { PROPOSAL: 'crm.brief.submitted' },
        },
      ],
    });
    await stage.settled();
    expect(await deals()).toMatchObject([
      { name: 'MEETING', stage: 'draft' },
      { name: 'NEW', stage: 'draft' },
      { name: 'PROPOSAL', stage: 'briefed' },
    ]);
    expect(table('opportunity').map(({ name, stage: now }) => [name, now])).toEqual([
      ['NEW', 'NEW'],
      ['MEETING', 'NEW'],
      ['PROPOSAL', 'PROPOSAL'],
    ]);
    const statuses = (lines: readonly Line[]): unknown[] =>
      lines.flatMap(({ name, detail }) => ('status' in detail ? [[name, detail['status']]] : []));
    expect(statuses(await journal('to_mak'))).toEqual([
      ['MEETING', 'MEETING'],
      ['PROPOSAL', 'PROPOSAL'],
    ]);
    expect(statuses(await journal('to_remote'))).toEqual([['MEETING', 'NEW']]);
    expect(await journal('conflict')).toEqual([]);
  }, 90_000);
});

interface Line {
  readonly name: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const journal = (kind: string): Promise<Line[]> =>
  stage.rows(
    `SELECT d.name, j.detail FROM sync_journal j JOIN deal d ON d.id::text = j.local_id
     WHERE j.tenant_id = $1 AND j.entity = 'opportunity' AND j.kind = $2 ORDER BY d.name, j.id`,
    kind,
  );
