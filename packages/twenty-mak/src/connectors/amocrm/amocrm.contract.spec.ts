import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dataOf, one, rowsOf, valuesOf, written } from '../../../test/amocrm-contract/records.ts';
import { openTarget, places, RUN } from '../../../test/amocrm-contract/target.ts';
import type { Target } from '../../../test/amocrm-contract/target.ts';
import { eachRow, readPage } from './pages.ts';
import { ensureWebhook } from './webhook-subscription.ts';

const named = z.object({ id: z.int(), name: z.string() });
const statusSchema = z.object({ id: z.int(), type: z.int(), sort: z.int() });
const pipelineSchema = z.object({
  id: z.int(),
  is_main: z.boolean(),
  _embedded: z.object({ statuses: z.array(statusSchema) }),
});
const fieldSchema = named.extend({
  type: z.string(),
  enums: z.array(z.object({ id: z.int(), value: z.string() })).nullish(),
});
const WON = 142;
const LOST = 143;

describe.each(places())('amoCRM as we rely on it: $name', (place) => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget(place);
  });
  afterAll(() => target.close());

  const all = async <T>(path: string, schema: z.ZodType<T>): Promise<readonly T[]> => {
    const rows: T[] = [];
    for await (const row of eachRow(target.client, { path }, schema)) rows.push(row);
    return rows;
  };
  const main = async () => {
    const pipelines = await all('leads/pipelines', pipelineSchema);
    const found = pipelines.find(({ is_main }) => is_main) ?? pipelines[0];
    const [first, second] = found?._embedded.statuses.filter(({ type }) => type === 0) ?? [];
    return { pipeline: found?.id ?? 0, first: first?.id ?? 0, second: second?.id ?? 0 };
  };
  const lead = async (values: object = {}): Promise<number> => {
    const [made] = await written(target.client, 'POST', 'leads', [{ name: RUN, ...values }]);
    return made?.id ?? 0;
  };

  describe('settings', () => {
    it('name the account and its people, with the addresses that they are matched by', async () => {
      const account = dataOf(await target.client.ask({ path: 'account' }));
      expect(account).toMatchObject({ id: expect.any(Number), subdomain: expect.any(String) });
      const users = await all('users', named.extend({ email: z.string() }));
      expect(users.length).toBeGreaterThan(0);
    });

    it('give each pipeline one status of incoming leads and the two closed ones', async () => {
      for (const { _embedded } of await all('leads/pipelines', pipelineSchema)) {
        const ids = _embedded.statuses.map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining([WON, LOST]));
        expect(_embedded.statuses.filter(({ type }) => type === 1)).toHaveLength(1);
      }
    });

    it('take no other token', async () => {
      const asked = target.withToken('not.a.token').ask({ path: 'account' });
      await expect(asked).rejects.toMatchObject({ kind: 'blocked' });
    });
  });

  describe('records', () => {
    it('are made in the order of the rows, and named by what we call them', async () => {
      const rows = ['a', 'b', 'c'].map((key) => ({ name: `${RUN} ${key}`, request_id: key }));
      const made = await written(target.client, 'POST', 'leads', rows);
      expect(made.map(({ request_id }) => request_id)).toEqual(['a', 'b', 'c']);
      const query = made.map(({ id }) => ['filter[id][]', id] as const);
      const found = rowsOf(await target.client.ask({ path: 'leads', query }), 'leads');
      expect(new Set(found.map(({ name }) => name))).toEqual(new Set(rows.map(({ name }) => name)));
    });

    it('that are not there are nothing, one by one and in a list', async () => {
      const nobody = 2_000_000_001;
      expect(await target.client.ask({ path: `leads/${nobody}` })).toEqual({ kind: 'nothing' });
      const query = [['filter[id][]', nobody]] as const;
      expect(await target.client.ask({ path: 'leads', query })).toEqual({ kind: 'nothing' });
    });

    it('keep what an update does not name', async () => {
      const id = await lead({ price: 100 });
      expect((await one(target.client, `leads/${id}`)).custom_fields_values).toBeNull();
      const [after] = await written(target.client, 'PATCH', 'leads', [{ id, name: `${RUN} 2` }]);
      expect(after).toMatchObject({ id, updated_at: expect.any(Number) });
      expect(await one(target.client, `leads/${id}`)).toMatchObject({
        name: `${RUN} 2`,
        price: 100,
      });
    });

    it('move through the stages, and close in their pipeline', async () => {
      const { pipeline, first, second } = await main();
      const id = await lead({ pipeline_id: pipeline, status_id: first });
      const move = (status_id: number) =>
        written(target.client, 'PATCH', 'leads', [{ id, pipeline_id: pipeline, status_id }]);
      await move(second);
      expect(await one(target.client, `leads/${id}`)).toMatchObject({ status_id: second });
      await move(WON);
      const won = await one(target.client, `leads/${id}`);
      expect(won).toMatchObject({ status_id: WON, closed_at: expect.any(Number) });
      await move(first);
      const open = await one(target.client, `leads/${id}`);
      expect(open).toMatchObject({ status_id: first, closed_at: null });
    });

    it('are changed all or not at all, and the row that is wrong is named', async () => {
      const id = await lead();
      const wrong = { custom_fields_values: [{ field_id: 1, values: [{ value: 'x' }] }] };
      const answer = await target.client.ask({
        method: 'PATCH',
        path: 'leads',
        body: [
          { id, name: `${RUN} changed`, request_id: 'good' },
          { id, ...wrong, request_id: 'bad' },
        ],
      });
      expect(answer).toMatchObject({
        kind: 'refused',
        rows: [{ row: 'bad', code: 'NotSupportedChoice', path: 'custom_fields_values.0.field_id' }],
      });
      expect((await one(target.client, `leads/${id}`)).name).toBe(RUN);
    });

    it('are not taken in larger batches, nor deleted', async () => {
      const rows = Array.from({ length: 251 }, () => ({ name: RUN }));
      const answer = await target.client.ask({ method: 'POST', path: 'leads', body: rows });
      expect(answer.kind).toBe('refused');
      const id = await lead();
      const deleted = await target.client.ask({ method: 'DELETE', path: `leads/${id}` });
      expect(deleted.kind).toBe('refused');
    });

    it('come page by page, in the order of their changes', async () => {
      const since = Math.floor(Date.now() / 1_000) - 3_600;
      await lead();
      await lead();
      const list = {
        path: 'leads',
        query: [
          ['filter[updated_at][from]', since],
          ['order[updated_at]', 'asc'],
        ] as const,
      };
      const schema = z.object({ id: z.int(), updated_at: z.int() });
      const { rows } = await readPage(target.client, list, schema, 1);
      const times = rows.map(({ updated_at }) => updated_at);
      expect(times).toEqual(times.toSorted((left, right) => left - right));
      expect(Math.min(...times)).toBeGreaterThanOrEqual(since);
      const query = [...list.query, ['limit', 1], ['page', 2]] as const;
      const second = await target.client.ask({ path: 'leads', query });
      expect(rowsOf(second, 'leads')).toHaveLength(1);
      expect(dataOf(second)).toMatchObject({ _page: 2, _links: { prev: {} } });
    });

    it('are linked with people and companies, which are told when they are asked for', async () => {
      const [person] = await written(target.client, 'POST', 'contacts', [{ first_name: RUN }]);
      const [company] = await written(target.client, 'POST', 'companies', [{ name: RUN }]);
      const contacts = [{ id: person?.id, is_main: true }];
      const id = await lead({ _embedded: { contacts, companies: [{ id: company?.id }] } });
      const plain = await one(target.client, `leads/${id}`);
      expect(plain._embedded?.contacts).toBeUndefined();
      expect(plain._embedded?.companies).toMatchObject([{ id: company?.id }]);
      const asked = await one(target.client, `leads/${id}`, [['with', 'contacts']]);
      expect(asked._embedded?.contacts).toMatchObject(contacts);
    });

    it('have tags that are added and taken away one by one', async () => {
      const id = await lead({ _embedded: { tags: [{ name: 'mak-a' }] } });
      const change = { tags_to_add: [{ name: 'mak-b' }], tags_to_delete: [{ name: 'mak-a' }] };
      await written(target.client, 'PATCH', 'leads', [{ id, ...change }]);
      const { _embedded } = await one(target.client, `leads/${id}`);
      expect(_embedded?.tags?.map(({ name }) => name)).toEqual(['mak-b']);
    });

    it('come with their people at once, answered by a plain list', async () => {
      const answer = await target.client.ask({
        method: 'POST',
        path: 'leads/complex',
        body: [
          {
            name: RUN,
            request_id: '991',
            _embedded: { contacts: [{ first_name: RUN }], companies: [{ name: RUN }] },
          },
        ],
      });
      expect(dataOf(answer)).toMatchObject([
        {
          id: expect.any(Number),
          contact_id: expect.any(Number),
          company_id: expect.any(Number),
          request_id: ['991'],
          merged: false,
        },
      ]);
    });
  });

  describe('custom fields', () => {
    const field = async (type: string, enums?: readonly string[]) => {
      const name = `MaK contract ${type}`;
      const known = (await all('leads/custom_fields', fieldSchema)).find(
        (one) => one.name === name,
      );
      if (known !== undefined) return known;
      const choices = enums?.map((value, sort) => ({ value, sort }));
      const body = [{ name, type, ...(choices === undefined ? {} : { enums: choices }) }];
      await target.client.ask({ method: 'POST', path: 'leads/custom_fields', body });
      const made = (await all('leads/custom_fields', fieldSchema)).find((one) => one.name === name);
      return fieldSchema.parse(made);
    };
    const kept = async (fieldId: number, value: object) => {
      const id = await lead({ custom_fields_values: [{ field_id: fieldId, values: [value] }] });
      return { id, values: valuesOf(await one(target.client, `leads/${id}`), fieldId) };
    };

    it.each([
      ['text', 'a text', 'a text'],
      ['numeric', 77, '77'],
      ['checkbox', true, true],
      ['date', 1_772_668_800, 1_772_668_800],
    ])('of the kind %s give %s back as %s', async (type, sent, read) => {
      const { id } = await field(type);
      expect((await kept(id, { value: sent })).values).toEqual([read]);
    });

    it('with choices take one by its id or its text', async () => {
      const { id, enums } = await field('select', ['One', 'Two']);
      const two = enums?.find(({ value }) => value === 'Two')?.id;
      expect((await kept(id, { enum_id: two })).values).toEqual(['Two']);
      expect((await kept(id, { value: 'One' })).values).toEqual(['One']);
    });

    it('are empty when null is written, and untouched when they are not named', async () => {
      const { id: fieldId } = await field('text');
      const { id } = await kept(fieldId, { value: 'x' });
      await written(target.client, 'PATCH', 'leads', [{ id, name: RUN }]);
      expect(valuesOf(await one(target.client, `leads/${id}`), fieldId)).toEqual(['x']);
      const cleared = [{ field_id: fieldId, values: null }];
      await written(target.client, 'PATCH', 'leads', [{ id, custom_fields_values: cleared }]);
      expect(valuesOf(await one(target.client, `leads/${id}`), fieldId)).toBeUndefined();
    });

    it('with telephone numbers are written as a whole', async () => {
      const phone = (...numbers: string[]) => ({
        custom_fields_values: [
          { field_code: 'PHONE', values: numbers.map((value) => ({ value, enum_code: 'WORK' })) },
        ],
      });
      const both = phone('+380671112233', '+380671112234');
      const [made] = await written(target.client, 'POST', 'contacts', [{ name: RUN, ...both }]);
      const path = `contacts/${made?.id}`;
      expect(valuesOf(await one(target.client, path), 'PHONE')).toHaveLength(2);
      const change = { id: made?.id, ...phone('+380671112235') };
      await written(target.client, 'PATCH', 'contacts', [change]);
      expect(valuesOf(await one(target.client, path), 'PHONE')).toEqual(['+380671112235']);
    });
  });

  describe('work', () => {
    it('is a task that is done with a result', async () => {
      const entity = { entity_id: await lead(), entity_type: 'leads' };
      const complete_till = Math.floor(Date.now() / 1_000) + 3_600;
      const task = { text: RUN, complete_till, ...entity };
      const [made] = await written(target.client, 'POST', 'tasks', [task]);
      const done = { is_completed: true, result: { text: 'done' } };
      await target.client.ask({ method: 'PATCH', path: `tasks/${made?.id}`, body: done });
      expect(await one(target.client, `tasks/${made?.id}`)).toMatchObject({ ...entity, ...done });
    });

    it('is a note on a lead', async () => {
      const id = await lead();
      const note = { entity_id: id, note_type: 'common', params: { text: RUN } };
      await written(target.client, 'POST', 'leads/notes', [note]);
      const notes = rowsOf(await target.client.ask({ path: `leads/${id}/notes` }), 'notes');
      expect(notes).toMatchObject([note]);
    });
  });

  describe('webhooks', () => {
    it('are one for each address: subscribed, found, changed and taken away by it', async () => {
      const destination = `https://mak.example.com/${RUN.replaceAll(' ', '-')}`;
      const path = 'webhooks';
      const subscribe = (...settings: string[]) =>
        target.client.ask({ method: 'POST', path, body: { destination, settings } });
      const query = [['filter[destination]', destination]] as const;
      expect(dataOf(await subscribe('add_lead'))).toMatchObject({ destination, disabled: false });
      await subscribe('add_lead', 'status_lead');
      const found = rowsOf(await target.client.ask({ path, query }), 'webhooks');
      expect(found).toMatchObject([{ destination, disabled: false }]);
      expect(new Set(found[0]?.['settings'] as string[])).toEqual(
        new Set(['add_lead', 'status_lead']),
      );
      const gone = await target.client.ask({ method: 'DELETE', path, body: { destination } });
      expect(gone).toEqual({ kind: 'nothing' });
      expect(await target.client.ask({ path, query })).toEqual({ kind: 'nothing' });
    });

    it('are ours once, whatever was asked before', async () => {
      const ours = `https://mak.example.com/${RUN.replaceAll(' ', '-')}/own/`;
      const path = 'webhooks';
      for (const door of ['first', 'second', 'second'])
        expect(await ensureWebhook(target.client, ours, `${ours}${door}`)).toBeNull();
      const found = rowsOf(await target.client.ask({ path }), 'webhooks').filter((one) =>
        String(one['destination']).startsWith(ours),
      );
      expect(found).toMatchObject([{ destination: `${ours}second`, disabled: false }]);
      const body = { destination: `${ours}second` };
      await target.client.ask({ method: 'DELETE', path, body });
    });
  });
});
