import type { Values } from 'twenty-mak-domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../../test/support/receiver.ts';
import {
  bin,
  destroy,
  destroyRun,
  edit,
  fresh,
  RUN,
  told,
  written,
} from '../../../test/twenty-contract/records.ts';
import { limitedPlaces, openTarget, places } from '../../../test/twenty-contract/target.ts';
import type { Target } from '../../../test/twenty-contract/target.ts';
import type { RemoteChange, SeenRecord } from '../sync/index.ts';
import { entityNamed, storedValues } from './entities.ts';
import type { TwentyRecords } from './records.ts';
import {
  missingFields,
  OPERATIONS,
  ensureWebhook,
  removeWebhook,
  webhooksTo,
} from './settings-api.ts';
import { isFromTwenty } from './webhook-signature.ts';

const DEAL = entityNamed('deal');
const LONG = 'Länge 📦 '.repeat(2_000);

/** What a real twenty gives back other than it was sent is what `storedValues` says, and nothing else. */
const VALUES: readonly (readonly [string, Values])[] = [
  ['a name with blanks at both ends', { name: '  two  blanks  ' }],
  ['a long name', { name: LONG }],
  ['marks that mean something elsewhere', { name: `"'<b>\\ %_ \u202e 🏳️‍🌈` }],
  ['no name', { name: null }],
  ['an amount', { amount: { minor: 123_456, currency: 'EUR' } }],
  ['an amount without hundredths', { amount: { minor: 987, currency: 'JPY' } }],
  ['an amount with thousandths', { amount: { minor: 1_234, currency: 'KWD' } }],
  ['a debt', { amount: { minor: -1, currency: 'UAH' } }],
  ['nothing, in a currency', { amount: { minor: 0, currency: 'EUR' } }],
  [
    'more than a double can count in millionths',
    { amount: { minor: 9_007_199_254_740_991, currency: 'EUR' } },
  ],
  ['no amount', { amount: null }],
  ['lists', { gates: ['a', 'b, c', '{"d"}'], missing_gates: [] }],
  ['instants', { stage_started_at: '2026-11-21T22:45:25.052Z', sla_due_at: null }],
  ['choices', { sla_state: 'breached', outcome: 'won' }],
  ['no choices', { sla_state: null, outcome: null }],
];

describe.each(places())('twenty as we rely on it: $name', (place) => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget(place);
  });
  afterAll(async () => {
    await destroyRun(target.client);
    await target.close();
  });

  const make = async (changes: readonly RemoteChange[]) =>
    (await target.records.write('deal', changes)).map(written);
  const one = async (localId: string, values: Values = {}) => {
    const [made] = await make([fresh(localId, values)]);
    return written(made);
  };

  describe('settings', () => {
    it('name every field of the MaK app', async () => {
      expect(await missingFields(target.client)).toEqual([]);
    });

    it('answer null for a field that does not exist, without a word', async () => {
      const { id } = await one('unknown-field');
      const answer = await told(
        target.client,
        'query Unknown($filter: MasterDealFilterInput!) { masterDeals(filter: $filter) { edges { node { id madeUp } } } }',
        { filter: { id: { eq: id } } },
      );
      const [edge] = (answer as { masterDeals: { edges: { node: object }[] } }).masterDeals.edges;
      expect({ madeUp: null, ...edge?.node }).toEqual({ id, madeUp: null });
    });

    it('say of an object that does not exist that the app does not fit', async () => {
      const asked = target.client.ask('graphql', '{ madeUps { edges { node { id } } } }', {});
      await expect(asked).rejects.toMatchObject({ kind: 'blocked' });
    });

    it('take no other key', async () => {
      const { client } = target.open({ apiKey: 'a.wrong.key' });
      const asked = client.ask(
        'graphql',
        '{ masterDeals(first: 1) { edges { node { id } } } }',
        {},
      );
      await expect(asked).rejects.toMatchObject({ kind: 'blocked' });
    });
  });

  describe('records', () => {
    it.each(VALUES)('keep %s', async (name, values) => {
      const made = await one(name, values);
      const expected = storedValues(DEAL, values);
      expect(made.values).toMatchObject(expected);
      const read = await target.records.read('deal', [made.id]);
      expect(read.get(made.id)?.values).toMatchObject(expected);
      expect(read.get(made.id)?.version).toBe(made.version);
    });

    it('lose a value that is taken away', async () => {
      const full = {
        name: 'n',
        amount: { minor: 1, currency: 'EUR' },
        gates: ['a'],
        outcome: 'won',
        owner: target.email,
      };
      const made = await one('emptied', full);
      expect(made.values).toMatchObject(full);
      const empty: Values = { name: null, amount: null, gates: [], outcome: null, owner: null };
      const [after] = await make([
        { remoteId: made.id, localId: `${RUN}/emptied`, values: empty, version: null },
      ]);
      expect(after?.values).toMatchObject(empty);
    });

    it('exist once for each id of MaK, however often they are made', async () => {
      const first = await one('once', { name: 'first', gates: ['kept'] });
      const second = await one('once', { name: 'second' });
      expect(second).toMatchObject({ id: first.id, values: { name: 'second', gates: ['kept'] } });
      const found = await target.records.find('deal', [`${RUN}/once`, `${RUN}/never`]);
      expect([...found.keys()]).toEqual([`${RUN}/once`]);
      expect(found.get(`${RUN}/once`)?.remoteId).toBe(first.id);
    });

    it('come 200 in a call, in any order', async () => {
      const changes = Array.from({ length: 200 }, (_, index) =>
        fresh(`many-${index}`, { name: `${index}` }),
      );
      const made = await make(changes);
      expect(made.map(({ values }) => values['name'])).toEqual(
        changes.map(({ values }) => values['name']),
      );
      const read = await target.records.read(
        'deal',
        made.map(({ id }) => id),
      );
      expect(read.size).toBe(200);
    });

    it('are refused when one call brings 201', async () => {
      const data = Array.from({ length: 201 }, (_, index) => ({
        makId: `${RUN}/too-many-${index}`,
      }));
      const answer = await target.client.ask(
        'graphql',
        'mutation Many($data: [MasterDealCreateInput!]!) { createMasterDeals(data: $data, upsert: true) { id } }',
        { data },
      );
      expect(answer.kind).toBe('refused');
      expect((await target.records.find('deal', [`${RUN}/too-many-0`])).size).toBe(0);
    });

    it('are not found by none of several ids: such a filter is refused', async () => {
      const answer = await target.client.ask(
        'graphql',
        'query None($filter: MasterDealFilterInput!) { found: masterDeals(filter: $filter) { edges { node { id } } } }',
        { filter: { and: [{ id: { in: [] } }] } },
      );
      expect(answer).toMatchObject({
        kind: 'refused',
        refusal: { reason: expect.stringContaining('non-empty array') },
      });
    });

    it('refuse the one that is wrong, and take the others of its batch', async () => {
      const wrong = { name: 'a\u0000b' };
      const outcomes = await target.records.write('deal', [
        fresh('good-1', { name: 'good' }),
        fresh('wrong-text', wrong),
        fresh('wrong-choice', { outcome: 'maybe' }),
        fresh('good-2', { name: 'good' }),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual([
        'written',
        'refused',
        'refused',
        'written',
      ]);
      expect(outcomes[2]).toMatchObject({
        refusal: { code: 'refused_by_twenty', field: 'outcome' },
      });
      expect((await target.records.find('deal', [`${RUN}/wrong-text`])).size).toBe(0);
    });
  });

  describe('what records refer to', () => {
    it('is made when it is not there yet, and found again', async () => {
      const values = { pipeline: `${RUN}/p`, stage: `${RUN}/p/draft` };
      const first = await one('stage-1', values);
      expect(first.values).toMatchObject(values);
      const later = target.open().records;
      const [second] = await later.write('deal', [fresh('stage-2', values)]);
      expect(written(second).values).toMatchObject(values);
      const found = await later.find('stage', [`${RUN}/p/draft`]);
      expect(found.size).toBe(1);
    });

    it('is a member by e-mail address, whatever its case', async () => {
      const made = await one('owner', { owner: target.email.toUpperCase() });
      expect(made.values['owner']).toBe(target.email);
    });

    it('is nobody for an address that twenty does not know', async () => {
      const owner = 'nobody@example.invalid';
      const made = await one('stranger', { owner, name: 'n' });
      expect(made.values).toMatchObject({ owner: null, name: 'n' });
      const change = {
        remoteId: made.id,
        localId: `${RUN}/stranger`,
        values: { owner },
        version: made.version,
      };
      const [outcome] = await target.records.write('deal', [change]);
      expect(outcome).toMatchObject({
        kind: 'refused',
        refusal: { code: 'unknown_member', field: 'owner' },
      });
    });
  });

  describe('a write with the version that was read', () => {
    it('happens, and gives another version', async () => {
      const made = await one('guarded', { name: 'before' });
      const change = {
        remoteId: made.id,
        localId: `${RUN}/guarded`,
        values: { name: 'after' },
        version: made.version,
      };
      const after = written((await target.records.write('deal', [change]))[0]);
      expect(after.values['name']).toBe('after');
      expect(after.version).not.toBe(made.version);
    });

    it.each([1, 12])('does not when a person was faster (%s at once)', async (count) => {
      const names = Array.from({ length: count }, (_, index) => `raced-${count}-${index}`);
      const made = await make(names.map((name) => fresh(name, { name: 'read' })));
      await edit(target.client, made[0]?.id ?? '', { name: 'a person' });
      const outcomes = await target.records.write(
        'deal',
        made.map(({ id, version }, index) => ({
          remoteId: id,
          localId: `${RUN}/${names[index]}`,
          values: { name: 'the sync' },
          version,
        })),
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual([
        'moved',
        ...names.slice(1).map(() => 'written'),
      ]);
      const read = await target.records.read(
        'deal',
        made.map(({ id }) => id),
      );
      expect(made.map(({ id }) => read.get(id)?.values['name'])).toEqual([
        'a person',
        ...names.slice(1).map(() => 'the sync'),
      ]);
    });

    it('goes through once when several try', async () => {
      const made = await one('contended', { name: 'read' });
      const outcomes = await Promise.all(
        ['a', 'b', 'c', 'd'].map(async (name) => {
          const change = {
            remoteId: made.id,
            localId: `${RUN}/contended`,
            values: { name },
            version: made.version,
          };
          return (await target.records.write('deal', [change]))[0]?.kind;
        }),
      );
      expect(outcomes.toSorted()).toEqual(['moved', 'moved', 'moved', 'written']);
    });
  });

  describe('the bin', () => {
    it('hides a record, tells of it as a change, and gives it back when it is written', async () => {
      const made = await one('binned', { name: 'kept' });
      await bin(target.client, made.id);
      expect((await target.records.read('deal', [made.id])).size).toBe(0);
      expect((await target.records.find('deal', [`${RUN}/binned`])).size).toBe(0);
      const seen = await changes(target.records);
      expect(seen.find(({ remoteId }) => remoteId === made.id)?.version).not.toBe(made.version);
      const back = await one('binned', { gates: ['a'] });
      expect(back).toMatchObject({ id: made.id, values: { name: 'kept', gates: ['a'] } });
    });

    it('may be emptied; the record is then made again, with the id that MaK knows it by', async () => {
      const made = await one('destroyed', { name: 'old' });
      await destroy(target.client, { id: { eq: made.id } });
      const change = {
        remoteId: made.id,
        localId: `${RUN}/destroyed`,
        values: { name: 'new' },
        version: null,
      };
      const again = written((await target.records.write('deal', [change]))[0]);
      expect(
        (await target.records.find('deal', [`${RUN}/destroyed`])).get(`${RUN}/destroyed`)?.remoteId,
      ).toBe(again.id);
    });
  });

  describe('changes', () => {
    it('are listed in pages, each once, and go on where the last poll ended', async () => {
      const made = await make(Array.from({ length: 3 }, (_, index) => fresh(`listed-${index}`)));
      // Somebody who has not written yet does not know which changes are their own.
      const { records } = target.open();
      const all = await changes(records);
      expect(new Set(all.map(({ remoteId }) => remoteId)).size).toBe(all.length);
      expect(all.length).toBeGreaterThan(200);
      expect(all.filter(({ localId }) => localId?.startsWith(`${RUN}/listed-`))).toHaveLength(3);
      const cursor = await lastCursor(records);
      await edit(target.client, made[1]?.id ?? '', { name: 'later' });
      const later = await changes(records, cursor);
      const found = later.find(({ remoteId }) => remoteId === made[1]?.id);
      expect(found?.version).not.toBe(made[1]?.version);
      const others = await changes(target.records);
      expect(others.map(({ localId }) => localId)).not.toContain(`${RUN}/listed-0`);
    });

    it('leave out what MaK itself wrote last, but not what lies in the bin', async () => {
      const cursor = await lastCursor(target.records);
      const made = await make([fresh('own'), fresh('own-binned')]);
      const [again] = await make([
        {
          remoteId: made[0]?.id ?? '',
          localId: `${RUN}/own`,
          values: { name: 'b' },
          version: null,
        },
      ]);
      await bin(target.client, made[1]?.id ?? '');
      const ids = made.map(({ id }) => id);
      const listed = async (records: TwentyRecords) =>
        (await changes(records, cursor)).filter(({ remoteId }) => ids.includes(remoteId));
      expect(await listed(target.records)).toMatchObject([{ remoteId: made[1]?.id }]);
      const all = await listed(target.open().records);
      expect(all.map(({ remoteId }) => remoteId).toSorted()).toEqual(ids.toSorted());
      expect(all.find(({ remoteId }) => remoteId === again?.id)?.version).toBe(again?.version);
    });

    it('are told of, signed, and not a second time when nobody takes them', async () => {
      const receiver = await startReceiver(() => 500);
      const secret = 'secret of the contract';
      try {
        // Both kinds of work of a worker begin at once.
        await Promise.all([1, 2].map(() => ensureWebhook(target.client, receiver.url, secret)));
        const first = await webhooksTo(target.client, receiver.url);
        expect(first).toMatchObject([{ operations: OPERATIONS }]);
        await ensureWebhook(target.client, receiver.url, secret);
        expect(await webhooksTo(target.client, receiver.url)).toEqual(first);
        // Its worker knows the webhooks of a workspace for ten seconds before it asks again.
        const versions = await writtenUntil(one, () => receiver.received.length > 0);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        expect(receiver.received.length).toBeLessThanOrEqual(versions.length);
        const message = receiver.received[0];
        const body = JSON.parse(message?.text ?? '') as { record: { updatedAt: string } };
        expect(body).toMatchObject({
          eventName: expect.stringMatching(/^masterDeal[.](created|updated)$/) as string,
          objectMetadata: { nameSingular: 'masterDeal' },
          record: { makId: `${RUN}/told` },
        });
        expect(versions).toContain(body.record.updatedAt);
        const raw = Buffer.from(message?.text ?? '');
        const headers = {
          timestamp: String(message?.headers['x-twenty-webhook-timestamp']),
          signature: String(message?.headers['x-twenty-webhook-signature']),
        };
        expect(isFromTwenty(raw, headers, secret, Date.now())).toBe(true);
        expect(isFromTwenty(raw, headers, 'another', Date.now())).toBe(false);
        const anew = () => ensureWebhook(target.client, receiver.url, 'another secret');
        // Processes that come at once each make one and remove the old one; the next look leaves one.
        await Promise.all([anew(), anew()]);
        await anew();
        const second = await webhooksTo(target.client, receiver.url);
        expect(second.map(({ id }) => id)).not.toEqual(first.map(({ id }) => id));
        expect(second).toHaveLength(1);
      } finally {
        for (const { id } of await webhooksTo(target.client, receiver.url))
          await removeWebhook(target.client, id);
        await receiver.close();
      }
    });
  });
});

describe.each(limitedPlaces())('the limit of $name', (place) => {
  it('is told with the time that it is counted over', async () => {
    const target = await openTarget(place);
    try {
      // One after the other: calls at the same time spend one token together in 2.21.
      const askOften = async (): Promise<void> => {
        for (let calls = 0; calls < 400; calls += 1)
          await told(target.client, '{ masterDeals(first: 1) { edges { node { id } } } }', {});
      };
      const failure = { kind: 'rate_limited', wait: expect.any(Number) as number };
      await expect(askOften()).rejects.toMatchObject(failure);
    } finally {
      await target.close();
    }
  });
});

/** Changes one deal every second until something happens; gives its versions. */
async function writtenUntil(
  write: (localId: string, values: Values) => Promise<{ readonly version: string }>,
  happened: () => boolean,
): Promise<readonly string[]> {
  const versions: string[] = [];
  for (let index = 0; index < 30 && !happened(); index += 1) {
    versions.push((await write('told', { name: `told ${index}` })).version);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  return versions;
}

async function changes(
  records: TwentyRecords,
  from: string | null = null,
): Promise<readonly SeenRecord[]> {
  const seen: SeenRecord[] = [];
  let cursor = from;
  for (let more = true; more;) {
    const page = await records.changedSince('deal', cursor);
    seen.push(...page.seen);
    ({ cursor, more } = page);
  }
  return seen;
}

async function lastCursor(records: TwentyRecords): Promise<string | null> {
  let cursor: string | null = null;
  for (let more = true; more;) ({ cursor, more } = await records.changedSince('deal', cursor));
  return cursor;
}
