import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../../../test/support/app.ts';
import type { TestApp } from '../../../test/support/app.ts';
import { openKeyCrmStage } from '../../../test/support/keycrm-stage.ts';
import type { KeyCrmStage } from '../../../test/support/keycrm-stage.ts';
import { member } from '../../../test/support/leads.ts';
import { KeyCrmConnector } from './keycrm.connector.ts';

/* Who manages cards in KeyCRM and owns deals in MaK, by the real worker over HTTP. */
let api: TestApp;
let worker: TestApp;
let stage: KeyCrmStage;

beforeAll(async () => {
  api = await startApp();
  const env = { MAK_POLL_INTERVAL_MS: '200' };
  worker = await startApp({ role: 'worker', database: api.database, env });
});
afterAll(async () => {
  await worker.close();
  await api.close();
});
beforeEach(async () => {
  stage = await openKeyCrmStage(api, { pipelines: ['adtech'] });
  return () => stage.close();
});

interface Deal {
  readonly id: string;
  readonly name: string;
  readonly owner_id: string | null;
}

const dealOf = (id: string): Promise<Deal> => stage.call('GET', `/v1/deals/${id}`);
const deals = async (): Promise<readonly Deal[]> =>
  (await stage.call<{ items: Deal[] }>('GET', '/v1/deals')).items;
const cards = () => stage.keycrm.account.cards.rows.all;
const settings = () => stage.keycrm.account.settings;
const refusals = async (): Promise<readonly object[]> =>
  (await stage.call<{ items: object[] }>('GET', '/v1/connectors/keycrm/divergences')).items;
/** Minutes later: the account is read anew. */
const minutesLater = (): void =>
  worker.app.get(KeyCrmConnector)['preparedCards'].forget(stage.tenant.id);

/** An account here with this address, whatever it is there. */
async function colleague(name: string): Promise<{ readonly id: string; readonly email: string }> {
  const { id } = await member(api, stage.tenant, 'employee', name);
  return { id, email: `${name}.${stage.tenant.key}@example.com` };
}

const CARDS = { cards: { funnels: [1], field: 'LD_1021' } };

describe('managers of cards', () => {
  it('whose addresses differ are who the settings say, both ways', async () => {
    const here = await colleague('iryna');
    const [ira] = settings().users.all;
    const { id } = await stage.call<Deal>('POST', '/v1/deals', { name: 'Ours', owner_id: here.id });
    const theirs = { title: 'Theirs', manager_id: ira?.id, contact: { phone: '1' } };
    stage.keycrm.account.cards.create(theirs);
    await stage.connect({ ...CARDS, people: [{ mak: here.email, keycrm: 'IRA@example.test' }] });
    expect(cards().find(({ title }) => title === 'Ours')?.manager_id).toBe(ira?.id);
    const own = (await deals()).find(({ name }) => name === 'Theirs');
    expect((await dealOf(own?.id ?? '')).owner_id).toBe(here.id);
    expect((await dealOf(id)).owner_id).toBe(here.id);
    expect(await refusals()).toEqual([]);
    const answer = await stage.call<{ items: object[] }>(
      'POST',
      '/v1/connectors/keycrm/options',
      {},
    );
    expect(answer.items).toContainEqual({
      ...{ setting: 'people', value: 'ira@example.test', title: 'Ira Bondar' },
    });
  });

  it('who were removed there leave the owner here, and that is told', async () => {
    const here = await colleague('iryna');
    const ira = settings().addUser('Iryna', 'Sych', here.email);
    const { id } = await stage.call<Deal>('POST', '/v1/deals', { name: 'Kept', owner_id: here.id });
    await stage.connect(CARDS);
    expect(cards()).toMatchObject([{ title: 'Kept', manager_id: ira.id }]);

    settings().users.remove(ira.id);
    minutesLater();
    stage.keycrm.account.cards.edit(cards()[0]?.id, { title: 'Kept, renamed' });
    await stage.settled();
    expect(await dealOf(id)).toMatchObject({ name: 'Kept, renamed', owner_id: here.id });
    expect(await refusals()).toMatchObject([
      { entity: 'deal', local_id: id, refusal: { code: 'unknown_owner', field: 'owner' } },
    ]);

    // Somebody who has no address there is no less a person.
    const nameless = settings().addUser('No', 'Address', '');
    stage.keycrm.account.cards.edit(cards()[0]?.id, { manager_id: nameless.id });
    stage.keycrm.account.cards.create({
      ...{ title: 'Theirs', manager_id: nameless.id, contact: { phone: '1' } },
    });
    minutesLater();
    await stage.settled();
    expect((await dealOf(id)).owner_id).toBe(here.id);
    expect((await deals()).map(({ name }) => name).toSorted()).toEqual(['Kept, renamed', 'Theirs']);
    // Nobody is nobody on both sides.
    stage.keycrm.account.cards.edit(cards()[0]?.id, { manager_id: null });
    await stage.settled();
    expect((await dealOf(id)).owner_id).toBeNull();
  });
});
