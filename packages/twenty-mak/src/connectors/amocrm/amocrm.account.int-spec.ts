import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openAmocrmStage, startAmocrmWorker } from '../../../test/support/amocrm-stage.ts';
import type { AmocrmStage } from '../../../test/support/amocrm-stage.ts';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { AmocrmConnector } from './amocrm.connector.ts';
import type { StoredRecord } from './simulator/stored.ts';

/*
 * What becomes of deals while somebody changes the account itself, or takes access back, or pauses the first import. Two workers
 * share the work, and amoCRM enforces its limits.
 */
let api: TestApp;
const workers: TestApp[] = [];
let stage: AmocrmStage;

beforeAll(async () => {
  api = await startApp();
  for (let count = 0; count < 2; count += 1) workers.push(await startAmocrmWorker(api));
});
afterAll(async () => {
  for (const worker of workers) await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openAmocrmStage(api, 'adtech');
  return () => stage.close();
});

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly owner_id: string | null;
}
interface View {
  readonly state: string;
  readonly version: number;
  readonly resync: { readonly found: number; readonly found_all: boolean } | null;
}

const create = (name: string): Promise<Deal> =>
  stage.call('POST', '/v1/deals', { name, amount: 1_000, currency: 'UAH' });
const dealOf = (id: string): Promise<Deal> => stage.call('GET', `/v1/deals/${id}`);
async function edit(id: string, changes: object): Promise<void> {
  const { version } = await dealOf(id);
  await stage.call('PATCH', `/v1/deals/${id}`, { version, ...changes });
}
const view = (): Promise<View> => stage.call('GET', '/v1/connectors/amocrm');
const set = async (state: 'pause' | 'resume'): Promise<void> => {
  const { version } = await view();
  await stage.call('POST', `/v1/connectors/amocrm/${state}`, { version });
};
const leads = (): readonly StoredRecord[] => stage.there('leads');
/** MaK's ids that leads carry. */
const marks = (): readonly unknown[] => {
  const field = stage.amocrm.account.fields.find(({ name }) => name === 'master_deal_id');
  return leads().map(({ custom }) => custom.get(field?.id ?? 0)?.[0]?.value);
};
const leadOf = (id: string): StoredRecord | undefined => leads()[marks().indexOf(id)];
/** Ids here and there of what is linked. */
const linked = async (): Promise<ReadonlyMap<string, number>> => {
  const links = await stage.rows<{ local_id: string; remote_id: string }>(
    "SELECT local_id, remote_id FROM sync_link WHERE tenant_id = $1 AND entity = 'deal'",
  );
  return new Map(links.map(({ local_id, remote_id }) => [local_id, Number(remote_id)]));
};
/** Every deal has a lead of its own, of the same name, there are no others, and amoCRM was never asked too often. */
async function expectEqual(count: number): Promise<void> {
  expect(stage.amocrm.limits.rejected).toBe(0);
  const [deals, there] = [await here(), await linked()];
  expect([deals.length, leads().length, there.size]).toEqual([count, count, count]);
  expect(new Set(there.values()).size).toBe(count);
  const names = new Map(leads().map(({ id, scalars }) => [id, scalars['name']]));
  for (const { id, name } of deals) expect(names.get(there.get(id) ?? 0)).toBe(name);
}
const refusals = async (): Promise<readonly object[]> =>
  (await stage.call<{ items: object[] }>('GET', '/v1/connectors/amocrm/divergences')).items;
const here = () => stage.rows<Deal>('SELECT id, name FROM deal WHERE tenant_id = $1');
/** Minutes later: the account is read anew. */
const minutesLater = (): void => {
  for (const worker of workers) worker.app.get(AmocrmConnector)['prepared'].forget(stage.tenant.id);
};

describe('what somebody deletes in amoCRM', () => {
  /** Stages of adtech have these statuses. */
  async function tables(status_of: object): Promise<object> {
    const [row] = await stage.rows<{ id: string }>(
      "SELECT id FROM pipeline WHERE tenant_id = $1 AND key = 'adtech'",
    );
    return { stage_tables: [{ pipeline: row?.id, status_of, event_of: {} }] };
  }
  async function mend(status_of: object): Promise<void> {
    const own = { version: (await view()).version, secrets: undefined };
    await stage.connect(['deal'], { ...own, ...(await tables(status_of)) });
  }
  const brief = (id: string) =>
    stage.call('POST', '/v1/events', {
      event_id: randomUUID(),
      ...{ type: 'crm.brief.submitted', source: 'crm', master_deal_id: id, data: {} },
      occurred_at: new Date().toISOString(),
    });

  it('is a difference when it was the status of a stage; all else goes over, and so does the status once another is chosen', async () => {
    const pipeline = stage.amocrm.account.addPipeline('Ads', ['Draft', 'Briefed']);
    const statusOf = (title: string): string =>
      `${pipeline.id}:${pipeline.statuses.find(({ name }) => name === title)?.id}`;
    const [draft, briefed] = [statusOf('Draft'), statusOf('Briefed')];
    const shown = (id: string) => {
      const { pipeline_id, status_id } = leadOf(id)?.scalars ?? {};
      return `${String(pipeline_id)}:${String(status_id)}`;
    };
    const deal = await create('Kept');
    await stage.connect(['deal'], await tables({ draft, briefed }));
    expect(shown(deal.id)).toBe(draft);

    pipeline.statuses.splice(
      pipeline.statuses.findIndex(({ name }) => name === 'Briefed'),
      1,
    );
    minutesLater();
    await brief(deal.id);
    await edit(deal.id, { name: 'Kept, renamed' });
    await stage.settled();
    expect(await refusals()).toMatchObject([
      { entity: 'deal', local_id: deal.id, refusal: { code: 'unknown_status', field: 'status' } },
    ]);
    expect(leadOf(deal.id)?.scalars).toMatchObject({ name: 'Kept, renamed' });
    expect(shown(deal.id)).toBe(draft);

    // A new one, of which MaK does not know yet.
    stage.amocrm.account.addStatus(pipeline, 'Agreed', 40);
    await mend({ draft, briefed: statusOf('Agreed') });
    expect(shown(deal.id)).toBe(statusOf('Agreed'));
    expect(await refusals()).toEqual([]);

    // The whole pipeline, whose leads go elsewhere.
    const { account } = stage.amocrm;
    const [main] = account.mainPipeline.statuses.filter(({ type }) => type === 0);
    const elsewhere = { pipeline_id: account.mainPipeline.id, status_id: main?.id };
    stage.byHand('leads', { id: leadOf(deal.id)?.id, ...elsewhere });
    account.pipelines.splice(account.pipelines.indexOf(pipeline), 1);
    minutesLater();
    await edit(deal.id, { name: 'Kept, elsewhere' });
    await stage.settled();
    expect(await refusals()).toMatchObject([{ local_id: deal.id, refusal: { field: 'status' } }]);
    expect(leadOf(deal.id)?.scalars).toMatchObject({ name: 'Kept, elsewhere', ...elsewhere });
    await mend({ briefed: `${account.mainPipeline.id}:${main?.id}` });
    expect(await refusals()).toEqual([]);
    expect(leads()).toHaveLength(1);
  });

  it('is a difference when it was a person who is to be responsible, until somebody else is', async () => {
    const [, olena, taras] = stage.amocrm.account.users;
    const ids = [randomUUID(), randomUUID()];
    for (const [index, person] of [olena, taras].entries())
      await stage.rows(
        `INSERT INTO account (id, tenant_id, email, name, role, status)
         VALUES ('${ids[index]}', $1, '${person?.email}', '${person?.name}', 'manager', 'active')`,
      );
    const [hers, his] = ids;
    const deal = await create('Owned');
    await stage.connect(['deal']);
    const responsible = () => leadOf(deal.id)?.scalars['responsible_user_id'];
    const before = responsible();

    stage.amocrm.account.users.splice(1, 1);
    minutesLater();
    await edit(deal.id, { name: 'Owned, renamed', owner_id: hers });
    await stage.settled();
    expect(leadOf(deal.id)?.scalars).toMatchObject({ name: 'Owned, renamed' });
    expect(responsible()).toBe(before);
    expect(await dealOf(deal.id)).toMatchObject({ owner_id: hers });
    const refusal = { code: 'unknown_member', field: 'owner' };
    expect(await refusals()).toMatchObject([{ local_id: deal.id, refusal }]);

    await edit(deal.id, { owner_id: his });
    await stage.settled();
    expect(responsible()).toBe(taras?.id);
    expect(await refusals()).toEqual([]);

    // Who is responsible there is removed, and somebody goes on with the lead: that is no word about the owner here.
    stage.amocrm.account.users.splice(1, 1);
    minutesLater();
    stage.byHand('leads', { id: leadOf(deal.id)?.id, name: 'Renamed there' });
    await stage.settled();
    expect(await dealOf(deal.id)).toMatchObject({ name: 'Renamed there', owner_id: his });
    const unknown = { code: 'unknown_owner', field: 'owner' };
    expect(await refusals()).toMatchObject([{ local_id: deal.id, refusal: unknown }]);
  });
});

describe('access that is taken back in the middle of a batch', () => {
  it('loses nothing and makes nothing twice: it goes on with another token', async () => {
    await stage.connect(['deal']);
    await set('pause');
    const made = await Promise.all(Array.from({ length: 5 }, (_, index) => create(`D ${index}`)));
    let isSent = false;
    stage.amocrm.disturb = ({ method, url }) => {
      // They are made there, and nobody can read what they are called.
      if (isSent) stage.amocrm.oauth.revokeAll();
      isSent = isSent || (method === 'POST' && url === '/api/v4/leads');
      return 'arrives';
    };
    await set('resume');
    await expect.poll(view).toMatchObject({ state: 'stopped' });
    expect(leads()).toHaveLength(made.length);
    expect((await linked()).size).toBe(0);

    stage.amocrm.disturb = () => 'arrives';
    const token = stage.amocrm.oauth.longLived();
    const { version, settings } = await stage.call<View & { settings: object }>(
      'GET',
      '/v1/connectors/amocrm',
    );
    await stage.call('PUT', '/v1/connectors/amocrm', {
      ...{ version, settings, secrets: { token }, entities: ['deal'], poll_seconds: 3_600 },
    });
    if ((await view()).state === 'stopped') await set('resume');
    await stage.settled();
    expect(marks().toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    await expectEqual(made.length);
  });
});

describe('a first import', () => {
  const PAGE = 250;
  const LEADS = 300;

  it('that is paused in the middle keeps what came, and goes on from there', async () => {
    const ours = await create('Ours');
    const names = Array.from({ length: LEADS }, (_, index) => `Theirs ${index}`);
    for (const name of names) stage.byHand('leads', { name });
    // Nobody answers for the second page until it is paused.
    let isHeld = true;
    stage.amocrm.disturb = ({ url = '' }, _body, response) => {
      const { pathname, searchParams } = new URL(url, 'http://amocrm');
      const isList = pathname === '/api/v4/leads' && searchParams.has('filter[updated_at][from]');
      if (!isList) return 'arrives';
      if (!isHeld || searchParams.get('page') === '1') return 'arrives';
      response.writeHead(503).end();
      return 'answered';
    };
    const connecting = stage.connect(['deal']);
    await expect.poll(async () => (await here()).length).toBe(1 + PAGE);
    await set('pause');
    isHeld = false;
    const before = await here();
    expect(await view()).toMatchObject({ state: 'paused', resync: { found_all: false } });

    await set('resume');
    await connecting;
    await stage.settled();
    expect(await view()).toMatchObject({ state: 'running', resync: { found_all: true } });
    const after = await here();
    expect(after.map(({ name }) => name).toSorted()).toEqual([...names, ours.name].toSorted());
    expect(after).toEqual(expect.arrayContaining(before));
    await expectEqual(LEADS + 1);
  });
});

describe('two workers', () => {
  it('bring many deals over both ways, each once, and never ask too often', async () => {
    const made = await Promise.all(Array.from({ length: 60 }, (_, index) => create(`O ${index}`)));
    for (let count = 0; count < 60; count += 1) stage.byHand('leads', { name: `T ${count}` });
    await stage.connect(['deal']);
    for (const { id } of made.slice(0, 20)) await edit(id, { name: `Renamed ${id}` });
    for (const { id } of leads().slice(0, 20)) stage.byHand('leads', { id, name: `There ${id}` });
    await stage.settled();
    await expectEqual(120);
  });
});
