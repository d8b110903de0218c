import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Values } from 'twenty-mak-domain';
import { one, valuesOf, written } from '../../../test/amocrm-contract/records.ts';
import { openTarget, places, RUN } from '../../../test/amocrm-contract/target.ts';
import type { Target } from '../../../test/amocrm-contract/target.ts';
import type { RemoteChange } from '../sync/index.ts';
import { readAccount } from './account.ts';
import { BatchSize } from './batch-size.ts';
import { writeCursor } from './change-cursor.ts';
import { PartyRecords } from './party-records.ts';
import { COMPANIES, CONTACTS, storedCompanyValues, storedContactValues } from './party-values.ts';
import type { PartyKind } from './party-values.ts';

/** A real account may find what is new later than at once. */
const LATE = { timeout: 20_000 };

/** Nobody is linked yet. */
const LINKS = {
  remoteIds: () => Promise.resolve(new Map<string, string>()),
  localIds: () => Promise.resolve(new Map<string, string>()),
  bring: () => Promise.resolve(),
  ours: () => Promise.resolve(new Set<string>()),
};

describe.each(places())('people and companies: $name', (place) => {
  let target: Target;
  let contacts: PartyRecords;
  let companies: PartyRecords;
  beforeAll(async () => {
    target = await openTarget(place);
    const account = await readAccount(target.client);
    const fields = new Map();
    const of = (kind: PartyKind): PartyRecords =>
      new PartyRecords(kind, target.client, account, new BatchSize(), fields, LINKS);
    contacts = of(CONTACTS);
    companies = of(COMPANIES);
  });
  afterAll(() => target.close());

  const fresh = (values: Values, localId: string = randomUUID()): RemoteChange => ({
    remoteId: null,
    localId,
    values,
    version: null,
  });
  const email = (): string => `${randomUUID()}@mak.example`;
  const made = async (records: PartyRecords, values: Values) => {
    const change = fresh(values);
    const [written] = await records.write('', [change]);
    if (written?.kind !== 'written') throw new Error(JSON.stringify(written));
    return { ...written, localId: change.localId };
  };

  it.each<[string, () => Values]>([
    ['a name', () => ({ name: `${RUN} Mc Gee` })],
    ['an address and a number', () => ({ name: RUN, email: email(), phone: '+380671112233' })],
    ['a position', () => ({ name: RUN, position: 'CFO' })],
    ['nothing but an address', () => ({ name: null, email: email(), phone: null })],
    ['a long name, which is cut', () => ({ name: `${RUN} ${'x'.repeat(300)}` })],
  ])('keep %s of a person', async (_what, values) => {
    const { id, localId, values: kept, version } = await made(contacts, values());
    const { email: _any, ...same } = storedContactValues(values());
    expect(kept).toMatchObject({ ...same, id: localId });
    const read = await contacts.read('contact', [id]);
    expect(read.get(id)).toMatchObject({ localId, version, values: kept });
    const found = await contacts.find('contact', [localId, randomUUID()]);
    expect([...found.keys()]).toEqual([localId]);
  });

  it('keep the name of a company', async () => {
    const values = { name: ` ${RUN} ї "&<' ` };
    const { values: kept } = await made(companies, values);
    expect(kept).toMatchObject(storedCompanyValues(values));
  });

  it('keep further numbers and their kinds when the first one changes', async () => {
    const { id, localId, version } = await made(contacts, { name: RUN, phone: '+380671112233' });
    const entries = [
      { value: '+38 067 111 22 33', enum_code: 'MOB' },
      { value: '0441234567', enum_code: 'FAX' },
    ];
    const custom_fields_values = [{ field_code: 'PHONE', values: entries }];
    await written(target.client, 'PATCH', 'contacts', [
      { id: Number(id), last_name: 'Renamed', custom_fields_values },
    ]);
    const change = { remoteId: id, localId, values: { phone: '+380501112233' }, version };
    // Somebody changed it meanwhile.
    expect(await contacts.write('contact', [change])).toEqual([{ kind: 'moved' }]);
    const now = (await contacts.read('contact', [id])).get(id)?.version ?? '';
    await contacts.write('contact', [{ ...change, version: now }]);
    const phone = (await one(target.client, `contacts/${id}`)).custom_fields_values?.find(
      ({ field_code }) => field_code === 'PHONE',
    );
    expect(phone?.values).toMatchObject([
      { value: '+380501112233', enum_code: 'MOB' },
      { value: '0441234567', enum_code: 'FAX' },
    ]);
    await contacts.write('contact', [{ ...change, version: null, values: { phone: null } }]);
    expect(valuesOf(await one(target.client, `contacts/${id}`), 'PHONE')).toEqual(['0441234567']);
  });

  it('that are there already get our id and are not made twice', async () => {
    const address = email();
    const custom_fields_values = [{ field_code: 'EMAIL', values: [{ value: address }] }];
    const [theirs] = await written(target.client, 'POST', 'contacts', [
      { first_name: RUN, custom_fields_values },
    ]);
    const change = fresh({ name: 'Somebody', email: address });
    // amoCRM's own search finds what is new only after a while; who writes before that makes a second one.
    const asked = { path: 'contacts', query: [['query', address]] } as const;
    const isFound = async () => (await target.client.ask(asked)).kind;
    await expect.poll(isFound, LATE).toBe('data');
    expect(await contacts.write('contact', [change])).toEqual([{ kind: 'moved' }]);
    const found = async () =>
      (await contacts.find('contact', [change.localId])).get(change.localId);
    await expect
      .poll(found, LATE)
      .toMatchObject({ remoteId: String(theirs?.id), values: { name: RUN } });
    // Of one number and two names there are two people.
    const phone = '+380441234567';
    await made(contacts, { name: `${RUN} One`, phone });
    await made(contacts, { name: `${RUN} Two`, phone });
  }, 60_000);

  it('are told since a change, each with the version that it is read with', async () => {
    const since = Math.floor(Date.now() / 1_000) - 5;
    const { id, localId, version } = await made(companies, { name: RUN });
    const cursor = writeCursor({ since, page: 1, back: false });
    const { seen } = await companies.changedSince('company', cursor);
    expect(seen).toContainEqual({ remoteId: id, localId, version });
  });

  it('are linked many at once: another company takes the place, people come beside each other', async () => {
    const [lead] = await written(target.client, 'POST', 'leads', [{ name: RUN }]);
    const people = await written(target.client, 'POST', 'contacts', [
      { first_name: `${RUN} 1` },
      { first_name: `${RUN} 2` },
    ]);
    const firms = await written(target.client, 'POST', 'companies', [
      { name: `${RUN} 1` },
      { name: `${RUN} 2` },
    ]);
    const send = (path: 'link' | 'unlink', ...to: object[]) =>
      target.client.ask({
        method: 'POST',
        path: `leads/${path}`,
        body: to.map((row) => ({ entity_id: lead?.id, ...row })),
      });
    const company = (index: number) => ({
      to_entity_id: firms[index]?.id,
      to_entity_type: 'companies',
    });
    const contact = (index: number) => ({
      to_entity_id: people[index]?.id,
      to_entity_type: 'contacts',
      metadata: { is_main: true },
    });
    const shown = async () =>
      (await one(target.client, `leads/${lead?.id}`, [['with', 'contacts']]))._embedded;
    await send('link', company(0), contact(0));
    await send('link', company(1), contact(1));
    const linked = await shown();
    expect(linked?.companies).toMatchObject([{ id: firms[1]?.id }]);
    expect(new Map(linked?.contacts?.map(({ id, is_main }) => [id, is_main]))).toEqual(
      new Map([
        [people[0]?.id, false],
        [people[1]?.id, true],
      ]),
    );
    await send('unlink', company(1), contact(1));
    const after = await shown();
    expect(after?.companies ?? []).toEqual([]);
    expect(after?.contacts).toMatchObject([{ id: people[0]?.id }]);
    expect((await send('link', { ...company(0), to_entity_id: 2_000_000_001 })).kind).toBe(
      'refused',
    );
  });
});
