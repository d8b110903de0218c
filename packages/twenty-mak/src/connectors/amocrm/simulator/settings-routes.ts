import { z } from 'zod';
import type { SimulatedPipeline } from './account.ts';
import { LOST, WON } from './account.ts';
import { hal, nothing, problem } from './answers.ts';
import type { Call, Handler, Route } from './call.ts';
import { FIELD_TYPES, shownField } from './custom-fields.ts';
import { readRow, readRows } from './inputs.ts';
import { wholeList } from './lists.ts';
import type { RecordEntity } from './stored.ts';

const requestId = z.union([z.string(), z.int()]).optional();
const statusSchema = z.object({
  id: z.int().optional(),
  request_id: requestId,
  name: z.string().min(1).optional(),
  sort: z.int().optional(),
  color: z.string().optional(),
});
const pipelineSchema = z.object({
  id: z.int().optional(),
  request_id: requestId,
  name: z.string().min(1),
  sort: z.int().optional(),
  _embedded: z.object({ statuses: z.array(statusSchema).max(100).optional() }).optional(),
});
const fieldSchema = z.object({
  request_id: requestId,
  name: z.string().min(1),
  type: z.enum(FIELD_TYPES),
  code: z.string().nullish(),
  enums: z.array(z.object({ value: z.string().min(1), sort: z.int().optional() })).optional(),
});
/** Pipelines of an account. */
const MOST_PIPELINES = 50;

const pipelines: Route[] = [
  [
    'GET',
    '/leads/pipelines',
    ({ account, shower, url }) =>
      wholeList(
        'pipelines',
        account.pipelines.map((one) => shower.pipeline(one)),
        url,
      ),
  ],
  [
    'POST',
    '/leads/pipelines',
    ({ account, shower, body }) => {
      const rows = readRows(pipelineSchema, body);
      if (account.pipelines.length + rows.length > MOST_PIPELINES)
        throw problem(422, 'Unprocessable');
      const made = rows.map(({ input: { name, sort, _embedded } }) => {
        const statuses = (_embedded?.statuses ?? []).map((one) => one.name ?? 'New');
        return account.addPipeline(name, statuses, sort);
      });
      return hal({ _embedded: { pipelines: made.map((one) => shower.pipeline(one)) } });
    },
  ],
  ['GET', '/leads/pipelines/:id', ofPipeline(({ shower }, one) => hal(shower.pipeline(one)))],
  [
    'DELETE',
    '/leads/pipelines/:id',
    ofPipeline(({ account }, one) => {
      const holds = [...account.records.leads.values()].some(
        ({ scalars }) => scalars['pipeline_id'] === one.id,
      );
      if (holds || one.isMain) throw problem(422, 'Unprocessable');
      account.pipelines.splice(account.pipelines.indexOf(one), 1);
      return nothing();
    }),
  ],
  [
    'GET',
    '/leads/pipelines/:id/statuses',
    ofPipeline(({ shower, url }, one) =>
      wholeList(
        'statuses',
        one.statuses.map((status) => shower.status(one.id, status)),
        url,
      ),
    ),
  ],
  [
    'POST',
    '/leads/pipelines/:id/statuses',
    ofPipeline(({ account, shower, body }, one) => {
      const made = readRows(statusSchema, body).map(
        ({ input: { name = 'New', sort = 50, color } }) =>
          account.addStatus(one, name, sort, color),
      );
      return hal({ _embedded: { statuses: made.map((status) => shower.status(one.id, status)) } });
    }),
  ],
  [
    'GET',
    '/leads/pipelines/:id/statuses/:sub',
    ofPipeline(({ shower, subId, unknown }, one) => {
      const status = one.statuses.find(({ id }) => id === subId);
      return status === undefined ? unknown() : hal(shower.status(one.id, status));
    }),
  ],
  [
    'PATCH',
    '/leads/pipelines/:id/statuses/:sub',
    ofPipeline(({ shower, body, subId, unknown }, one) => {
      const status = one.statuses.find(({ id }) => id === subId);
      if (status === undefined) return unknown();
      const [row] = readRow(statusSchema, body, subId);
      const { name, sort, color } = row?.input ?? {};
      Object.assign(status, {
        name: name ?? status.name,
        sort: sort ?? status.sort,
        color: color ?? status.color,
      });
      return hal(shower.status(one.id, status));
    }),
  ],
  [
    'DELETE',
    '/leads/pipelines/:id/statuses/:sub',
    ofPipeline(({ subId, unknown }, one) => {
      const index = one.statuses.findIndex(({ id, type }) => id === subId && type === 0);
      if (index < 0) return unknown();
      if (subId === WON || subId === LOST) throw problem(422, 'Unprocessable');
      one.statuses.splice(index, 1);
      return nothing();
    }),
  ],
];

const users: Route[] = [
  [
    'GET',
    '/users',
    ({ account, shower, url }) =>
      wholeList(
        'users',
        account.users.map((user) => shower.user(user)),
        url,
      ),
  ],
  [
    'GET',
    '/users/:id',
    ({ account, shower, id, unknown }) => {
      const user = account.users.find((one) => one.id === id);
      return user === undefined ? unknown() : hal(shower.user(user));
    },
  ],
];

function fields(entity: RecordEntity): Route[] {
  const own = (call: Call) => call.account.fields.filter((field) => field.entity === entity);
  return [
    [
      'GET',
      `/${entity}/custom_fields`,
      (call) => wholeList('custom_fields', own(call).map(shownField), call.url),
    ],
    [
      'POST',
      `/${entity}/custom_fields`,
      ({ account, body }) => {
        const made = readRows(fieldSchema, body).map(
          ({ input: { name, type, code, enums = [] } }) =>
            account.addField(
              entity,
              name,
              type,
              enums.map(({ value }) => value),
              code ?? null,
            ),
        );
        return hal({ _embedded: { custom_fields: made.map(shownField) } });
      },
    ],
    [
      'GET',
      `/${entity}/custom_fields/:id`,
      (call) => {
        const field = own(call).find(({ id }) => id === call.id);
        return field === undefined ? call.unknown() : hal(shownField(field));
      },
    ],
    [
      'DELETE',
      `/${entity}/custom_fields/:id`,
      ({ account, id, unknown }) => {
        const index = account.fields.findIndex((one) => one.entity === entity && one.id === id);
        if (index < 0) return unknown();
        account.fields.splice(index, 1);
        return nothing();
      },
    ],
  ];
}

const account: Route = [
  'GET',
  '/account',
  ({
    account: {
      id,
      subdomain,
      users: [first],
    },
    shower,
  }) =>
    hal({
      id,
      name: 'Sandbox',
      subdomain,
      currency: 'UAH',
      country: 'UA',
      language: 'en',
      current_user_id: first?.id ?? 0,
      is_api_filter_enabled: true,
      _links: shower.link('account'),
    }),
];

/** Everything that stands still while leads go on. */
export const SETTINGS_ROUTES: readonly Route[] = [
  account,
  ...pipelines,
  ...users,
  ...fields('leads'),
  ...fields('contacts'),
  ...fields('companies'),
];

function ofPipeline(
  handler: (call: Call, pipeline: SimulatedPipeline) => ReturnType<Handler>,
): Handler {
  return (call) => {
    const pipeline = call.account.pipeline(call.id);
    return pipeline === undefined ? call.unknown() : handler(call, pipeline);
  };
}
