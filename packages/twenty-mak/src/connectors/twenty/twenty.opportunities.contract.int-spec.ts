import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyRun, fresh, RUN, told, written } from '../../../test/twenty-contract/records.ts';
import { openTarget, places } from '../../../test/twenty-contract/target.ts';
import type { Target } from '../../../test/twenty-contract/target.ts';
import { optionsOf } from './settings-api.ts';

/** What MaK relies on of opportunities. */
describe.each(places())('opportunities of twenty as we rely on them: $name', (place) => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget(place);
  });
  afterAll(async () => {
    await told(
      target.client,
      'mutation Destroy($filter: OpportunityFilterInput!) { destroyOpportunities(filter: $filter) { id } }',
      {
        filter: {
          and: [
            { name: { like: `${RUN}%` } },
            { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] },
          ],
        },
      },
    );
    await destroyRun(target.client);
    await target.close();
  });

  /** A person makes one. */
  const byPerson = async (name: string): Promise<string> => {
    const id = randomUUID();
    await told(
      target.client,
      'mutation Make($data: [OpportunityCreateInput!]!) { createOpportunities(data: $data) { id } }',
      { data: [{ id, name: `${RUN} ${name}`, stage: 'NEW' }] },
    );
    return id;
  };
  const read = async (id: string) => (await target.records.read('opportunity', [id])).get(id);

  it('get the id that they have in MaK, and keep what is written', async () => {
    const id = await byPerson('named');
    expect(await read(id)).toMatchObject({
      localId: null,
      values: { name: `${RUN} named`, status: 'NEW', amount: null, owner: null, client: null },
    });
    const localId = `${RUN}/named`;
    const [first] = await target.records.write('opportunity', [
      { remoteId: id, localId, values: { id: localId }, version: null },
    ]);
    expect(written(first)).toMatchObject({ id, values: { id: localId, name: `${RUN} named` } });
    const values = {
      name: `${RUN} renamed`,
      amount: { minor: 1_250, currency: 'EUR' },
      owner: target.email,
      status: 'PROPOSAL',
    };
    const [second] = await target.records.write('opportunity', [
      { remoteId: id, localId, values, version: written(first).version },
    ]);
    expect(written(second).values).toMatchObject(values);
    expect(await read(id)).toMatchObject({ localId, values });
  });

  it('have stages of a list that twenty tells', async () => {
    expect(await optionsOf(target.client, 'opportunity', 'stage')).toEqual(
      expect.arrayContaining(['NEW', 'PROPOSAL', 'CUSTOMER']),
    );
  });

  it('stay those of their deal when they lie in the bin; one that is not there is never named', async () => {
    const id = await byPerson('binned');
    const change = fresh('deal of one', { name: 'deal', opportunity: id });
    const made = written((await target.records.write('deal', [change]))[0]);
    expect(made.values['opportunity']).toBe(id);
    await told(target.client, 'mutation Bin($id: UUID!) { deleteOpportunity(id: $id) { id } }', {
      id,
    });
    expect(await read(id)).toBeUndefined();
    const after = (await target.records.read('deal', [made.id])).get(made.id);
    expect(after?.values['opportunity']).toBe(id);
    const gone = { ...change, remoteId: made.id, values: { opportunity: randomUUID() } };
    expect(await target.records.write('deal', [gone])).toMatchObject([
      { kind: 'refused', refusal: { code: 'unknown_record', field: 'opportunity' } },
    ]);
  });
});
