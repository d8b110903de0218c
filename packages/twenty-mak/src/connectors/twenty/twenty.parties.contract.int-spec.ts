import type { Values } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { destroyRun, fresh, RUN, told, written } from '../../../test/twenty-contract/records.ts';
import { openTarget, places } from '../../../test/twenty-contract/target.ts';
import type { Target } from '../../../test/twenty-contract/target.ts';
import type { RemoteChange } from '../sync/index.ts';
import { entityNamed, storedValues } from './entities.ts';

const HOST = `${RUN}.example`;
const at = (name: string): string => `${name}@${HOST}`;

/** What a real twenty gives back other than it was sent is what `storedValues` says, and nothing else. */
const VALUES: readonly (readonly [string, 'company' | 'contact', Values])[] = [
  ['a company', 'company', { name: 'Nord & Süd 📦', domain: HOST }],
  ['a company without a domain', 'company', { name: 'None', domain: null }],
  [
    'a person',
    'contact',
    { name: 'Anna Maria Weiß', email: at('Anna'), phone: '+4915112345678', position: 'CFO' },
  ],
  ['a number without its country', 'contact', { name: 'Otto', phone: '0151 123' }],
  ['nobody in particular', 'contact', { name: null, email: null, phone: null, position: null }],
];

describe.each(places())('companies and people of twenty as we rely on them: $name', (place) => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget(place);
  });
  afterAll(async () => {
    await destroyRun(target.client);
    await target.close();
  });

  const write = (entity: string, change: RemoteChange) =>
    target.records.write(entity, [change]).then(([outcome]) => outcome);
  const make = async (entity: string, localId: string, values: Values) =>
    written(await write(entity, fresh(localId, values)));
  const person = async (data: object): Promise<string> => {
    const answer = (await told(
      target.client,
      'mutation Make($data: [PersonCreateInput!]!) { rows: createPeople(data: $data, upsert: true) { id } }',
      { data: [data] },
    )) as { rows: { id: string }[] };
    return answer.rows[0]?.id ?? '';
  };

  it.each(VALUES)('keep %s as it is stored', async (name, entity, values) => {
    const { values: kept, id } = await make(entity, `values ${name}`, values);
    expect(kept).toMatchObject(storedValues(entityNamed(entity), values));
    expect((await target.records.read(entity, [id])).get(id)?.values).toEqual(kept);
    const again = written(
      await write(entity, {
        remoteId: id,
        localId: `${RUN}/values ${name}`,
        values: { name: 'Else' },
        version: null,
      }),
    );
    expect(again.values).toEqual({ ...kept, name: 'Else' });
  });

  it('are found by an address that they have, and are the ones that MaK means', async () => {
    const id = await person({
      name: { firstName: 'Known', lastName: 'There' },
      emails: { primaryEmail: at('known') },
      phones: { primaryPhoneNumber: '+4915100000001' },
    });
    const change = fresh('twin', { name: 'Known', email: at('Known') });
    expect(await write('contact', change)).toEqual({ kind: 'moved' });
    const found = (await target.records.find('contact', [change.localId])).get(change.localId);
    expect(found).toMatchObject({ remoteId: id, values: { name: 'Known There' } });
    expect(await write('contact', fresh('third', { email: at('known') }))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'already_linked' },
    });
  });

  it('are found by their name, whatever the letters, and by their domain', async () => {
    const made = (await told(
      target.client,
      'mutation Make($data: [CompanyCreateInput!]!) { rows: createCompanies(data: $data, upsert: true) { id } }',
      {
        data: [
          { name: `By Name ${RUN}` },
          { name: 'Other', domainName: { primaryLinkUrl: `https://by.${HOST}` } },
        ],
      },
    )) as { rows: { id: string }[] };
    const [byName, byDomain] = made.rows;
    const first = fresh('by name', { name: `by name ${RUN.toUpperCase()}` });
    const second = fresh('by domain', { name: 'Anything', domain: `by.${HOST}` });
    expect(await target.records.write('company', [first, second])).toEqual([
      { kind: 'moved' },
      { kind: 'moved' },
    ]);
    const found = await target.records.find('company', [first.localId, second.localId]);
    expect([...found.values()].map(({ remoteId }) => remoteId).toSorted()).toEqual(
      [byName?.id, byDomain?.id].toSorted(),
    );
  });

  it('keep further numbers when the first one is written', async () => {
    const { id, version } = await make('contact', 'numbers', { phone: '+4915100000002' });
    const further = [{ number: '15100000003', callingCode: '+49', countryCode: 'DE' }];
    const localId = `${RUN}/numbers`;
    const phones = { primaryPhoneNumber: '+4915100000002', additionalPhones: further };
    await person({ id, makId: localId, phones });
    expect(
      await write('contact', {
        remoteId: id,
        localId,
        version,
        values: { phone: '+4915100000004' },
      }),
    ).toEqual({ kind: 'moved' });
    const now = (await target.records.read('contact', [id])).get(id);
    written(
      await write('contact', {
        remoteId: id,
        localId,
        version: now?.version ?? null,
        values: { phone: '+4915100000004' },
      }),
    );
    const answer = (await told(
      target.client,
      'query Numbers($filter: PersonFilterInput!) { found: people(filter: $filter) { edges { node { phones { primaryPhoneNumber additionalPhones } } } } }',
      { filter: { id: { eq: id } } },
    )) as { found: { edges: { node: { phones: object } }[] } };
    expect(answer.found.edges[0]?.node.phones).toMatchObject({
      primaryPhoneNumber: '15100000004',
      additionalPhones: [{ number: '15100000003' }],
    });
  });

  it('are refused with what another one has or no country has, and without a word of it', async () => {
    await make('contact', 'first', { email: at('taken') });
    const { id, version } = await make('contact', 'second', { email: at('free') });
    for (const values of [{ email: at('taken') }, { phone: '+999123456789' }] as const) {
      const outcome = await write('contact', {
        remoteId: id,
        localId: `${RUN}/second`,
        version,
        values,
      });
      expect(outcome?.kind).toBe('refused');
      expect(JSON.stringify(outcome)).not.toMatch(/taken|999123/);
    }
  });

  it('are the same record when an answer was lost and they are made again', async () => {
    const change = fresh('again', { name: 'Once' });
    const first = written(await write('contact', change));
    expect(await write('contact', change)).toEqual({ kind: 'moved' });
    const found = (await target.records.find('contact', [change.localId])).get(change.localId);
    expect(found?.remoteId).toBe(first.id);
  });
});
