import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Values } from 'twenty-mak-domain';
import { openTarget, places, RUN } from '../../../test/amocrm-contract/target.ts';
import type { Target } from '../../../test/amocrm-contract/target.ts';
import type { RemoteChange } from '../sync/index.ts';
import { readAccount } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { writeCursor } from './change-cursor.ts';
import { LeadRecords } from './lead-records.ts';
import { storedLeadValues } from './lead-values.ts';

describe.each(places())('leads as deals: $name', (place) => {
  let target: Target;
  let account: AmocrmAccount;
  let leads: LeadRecords;
  beforeAll(async () => {
    target = await openTarget(place);
    account = await readAccount(target.client);
    leads = new LeadRecords(target.client, account);
  });
  afterAll(() => target.close());

  const fresh = (values: Values, localId: string = randomUUID()): RemoteChange => ({
    remoteId: null,
    localId,
    values: { name: RUN, ...values },
    version: null,
  });
  const write = async (...changes: RemoteChange[]) => leads.write('deal', changes);
  const made = async (values: Values = {}) => {
    const change = fresh(values);
    const [written] = await write(change);
    if (written?.kind !== 'written') throw new Error(JSON.stringify(written));
    return { ...written, localId: change.localId };
  };
  const status = (index: number): string => {
    const found = account.statuses[index];
    return `${found?.pipelineId}:${found?.statusId}`;
  };
  const money = (minor: number) => ({ minor, currency: account.currency });

  it('find the field with our id again, and make it once', async () => {
    expect((await readAccount(target.client)).makIdField).toBe(account.makIdField);
  });

  it('know every status but those of incoming leads, by pipeline', () => {
    const ids = account.statuses.map(({ statusId }) => statusId);
    expect(ids).toEqual(expect.arrayContaining([142, 143]));
    expect(account.statuses[0]).toMatchObject({
      pipeline: expect.stringMatching(/./),
      title: expect.stringMatching(/./),
    });
  });

  it.each<[string, () => Values]>([
    ['a name and an amount', () => ({ name: `${RUN} ї "&<'`, amount: money(120_000) })],
    ['a part of a unit, which is cut', () => ({ amount: money(120_099) })],
    ['nothing', () => ({ amount: null })],
    ['zero, which is nothing', () => ({ amount: money(0) })],
    ['a debt, which is nothing', () => ({ amount: money(-500) })],
    ['a stage', () => ({ status: status(1) })],
    ['a person', () => ({ owner: [...account.people.values()][0] ?? null })],
    ['a long name, which is cut', () => ({ name: `${RUN} ${'x'.repeat(300)}` })],
  ])('keep %s', async (_what, values) => {
    const { id, localId, values: kept, version } = await made(values());
    expect(kept).toMatchObject(storedLeadValues(values()));
    const read = await leads.read('deal', [id]);
    expect(read.get(id)).toMatchObject({ localId, version, values: kept });
  });

  it('are made once for each id of MaK, also when the first answer was lost', async () => {
    const first = await made();
    const [second] = await write(fresh({ name: `${RUN} again` }, first.localId));
    expect(second).toMatchObject({ id: first.id, values: { name: `${RUN} again` } });
    const found = await leads.find('deal', [first.localId, randomUUID()]);
    expect([...found.keys()]).toEqual([first.localId]);
  });

  it('that somebody changed meanwhile are left alone', async () => {
    const { id, localId, version } = await made({ amount: money(100_00) });
    const theirs = { price: 7 };
    await target.client.ask({ method: 'PATCH', path: `leads/${id}`, body: theirs });
    const change = { remoteId: id, localId, values: { name: 'ours' }, version };
    expect(await write(change)).toEqual([{ kind: 'moved' }]);
    const now = (await leads.read('deal', [id])).get(id);
    expect(now).toMatchObject({ values: { name: RUN, amount: money(700) } });
    const [written] = await write({ ...change, version: now?.version ?? '' });
    expect(written).toMatchObject({
      kind: 'written',
      values: { name: 'ours', amount: money(700) },
    });
  });

  it('that amoCRM cannot have say which value it is, and the others of the batch are written', async () => {
    const known = await made();
    const to = (values: Values): RemoteChange => ({
      remoteId: known.id,
      localId: known.localId,
      values,
      version: null,
    });
    const foreign = { minor: 100, currency: account.currency === 'XAF' ? 'XOF' : 'XAF' };
    const outcomes = await write(
      to({ owner: 'nobody@mak.example' }),
      to({ status: '1:2' }),
      to({ amount: foreign }),
      fresh({ owner: 'nobody@mak.example', amount: foreign }),
    );
    expect(outcomes).toMatchObject([
      { kind: 'refused', refusal: { code: 'unknown_member', field: 'owner' } },
      { kind: 'refused', refusal: { code: 'unknown_status', field: 'status' } },
      { kind: 'refused', refusal: { code: 'other_currency', field: 'amount' } },
      { kind: 'written' },
    ]);
  });

  it('whose batch is refused as a whole are sent without the one that is named', async () => {
    const [gone, there] = [await made(), await made()];
    const stale = new LeadRecords(target.client, {
      ...account,
      statuses: [
        ...account.statuses,
        { pipelineId: 1, statusId: 2, pipeline: 'Gone', title: 'gone' },
      ],
    });
    const change = (of: typeof gone, values: Values): RemoteChange => ({
      remoteId: of.id,
      localId: of.localId,
      values,
      version: null,
    });
    expect(
      await stale.write('deal', [
        change(gone, { status: '1:2' }),
        change(there, { name: `${RUN} there` }),
      ]),
    ).toMatchObject([
      { kind: 'refused', refusal: { code: 'refused_by_amocrm', field: 'status' } },
      { kind: 'written', values: { name: `${RUN} there` } },
    ]);
  });

  it('come 60 in a call, in any order', async () => {
    const changes = Array.from({ length: 60 }, (_, index) => fresh({ name: `${RUN} ${index}` }));
    const outcomes = await leads.write('deal', changes);
    expect(outcomes.map((one) => one.kind === 'written' && one.values['name'])).toEqual(
      changes.map(({ values }) => values['name']),
    );
  });

  it('are told since a change, each with the version that it is read with', async () => {
    const since = Math.floor(Date.now() / 1_000) - 5;
    const one = await made();
    const { seen } = await leads.changedSince('deal', writeCursor({ since, page: 1, back: false }));
    expect(seen).toContainEqual({ remoteId: one.id, localId: one.localId, version: one.version });
  });
});
