import type { SimulatedAccount } from './account.ts';
import { filtersOf, includesOf, isNamed, pageOf } from './lists.ts';
import type { ListOptions } from './lists.ts';
import { notFound } from './refusals.ts';
import type { Rows } from './rows.ts';
import { restStamp, stamped } from './stamps.ts';

export interface Question {
  readonly account: SimulatedAccount;
  /** What stands in the place of the names in the path. */
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Of the list, for links to its pages. */
  readonly address: string;
  readonly quirks: Quirks;
}

/** What is not documented, or documented in two ways. */
export interface Quirks {
  /** A card comes alone, as clients see it, or in the envelope of a page, as the document has it. */
  readonly card: 'alone' | 'in a page';
}
export const DEFAULT_QUIRKS: Quirks = { card: 'alone' };

export interface RouteAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (question: Question) => RouteAnswer;
}

/** Throws the refusal with status 404 for what the API does not have. */
export function routeOf(
  method: string,
  path: string,
): { readonly ids: readonly string[]; readonly answer: Route['answer'] } {
  for (const route of ROUTES) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (found !== null) return { ids: found.slice(1), answer: route.answer };
  }
  throw notFound();
}

function route(
  method: string,
  path: string,
  status: number,
  body: (question: Question, ...ids: string[]) => unknown,
): Route {
  const source = path.replaceAll(/:\w+/g, String.raw`(\d+)`);
  return {
    method,
    path: new RegExp(`^${source}$`),
    answer: (question) => ({ status, body: body(question, ...question.ids) }),
  };
}

function list<Row extends { readonly id: number }>(
  path: string,
  rowsOf: (account: SimulatedAccount) => readonly Row[],
  optionsOf: (question: Question) => ListOptions<Row>,
): Route {
  return route('GET', path, 200, (question) =>
    pageOf(rowsOf(question.account), question.query, question.address, optionsOf(question)),
  );
}

/** A list of settings, which can be asked for nothing but its pages. */
function settings<Row extends { readonly id: number }>(
  path: string,
  rowsOf: (account: SimulatedAccount) => Rows<Row>,
  filters: ListOptions<Row>['filters'] = {},
): Route {
  const options = { filters, show: (row: Row) => stamped({ ...row }, restStamp) };
  return list(
    path,
    (account) => rowsOf(account).all,
    () => options,
  );
}

/** A record with what it is asked for with it. */
function one<Row extends { readonly id: number }>(
  rows: Rows<Row>,
  { show, includes = [] }: ListOptions<Row>,
  query: URLSearchParams,
  id: string | undefined,
): object {
  return show(rows.get(id), includesOf(query, includes));
}

const ORDERS: readonly Route[] = [
  list(
    '/order',
    ({ orders }) => orders.rows.all,
    ({ account }) => account.orders.view.list,
  ),
  route('POST', '/order', 201, ({ account, body }) => account.orders.create(body)),
  route('POST', '/order/import', 201, ({ account, body }) => account.orders.import(body)),
  settings('/order/tag', (account) => account.settings.tags),
  settings('/order/source', (account) => account.settings.sources),
  list(
    '/order/status',
    (account) => account.settings.statuses.all.filter(({ is_active }) => is_active),
    () => ({ filters: {}, show: (row) => ({ ...row, deleted_at: null }) }),
  ),
  settings('/order/payment-method', (account) => account.settings.paymentMethods),
  settings('/order/expense-type', (account) => account.settings.expenseTypes),
  settings('/order/delivery-service', (account) => account.settings.deliveryServices),
  settings('/order/product-status', (account) => account.settings.productStatuses),
  route('GET', '/order/:id', 200, ({ account: { orders }, query }, id) =>
    one(orders.rows, orders.view.list, query, id),
  ),
  route('PUT', '/order/:id', 202, ({ account, body }, id) => account.orders.edit(id, body)),
  route('POST', '/order/:id/payment', 201, ({ account, body }, id) =>
    account.orders.addPayment(id, body),
  ),
  route('PUT', '/order/:id/payment/:payment', 202, ({ account, body }, id, payment) =>
    account.orders.editPayment(id, payment, body),
  ),
  route('POST', '/order/:id/tag/:tag', 202, ({ account }, id, tag) =>
    account.orders.tag(id, tag, true),
  ),
  route('DELETE', '/order/:id/tag/:tag', 204, ({ account }, id, tag) => {
    account.orders.tag(id, tag, false);
    return undefined;
  }),
];

const BUYERS: readonly Route[] = [
  list(
    '/buyer',
    ({ buyers }) => buyers.rows.all,
    ({ account }) => account.buyers.list,
  ),
  route('POST', '/buyer', 201, ({ account, body }) => account.buyers.create(body)),
  route('POST', '/buyer/import', 201, ({ account, body }) => account.buyers.import(body)),
  route('GET', '/buyer/:id', 200, ({ account: { buyers }, query }, id) =>
    one(buyers.rows, buyers.list, query, id),
  ),
  route('PUT', '/buyer/:id', 202, ({ account, body }, id) => account.buyers.edit(id, body)),
];

const CATALOGUE: readonly Route[] = [
  list(
    '/products',
    ({ catalogue }) => catalogue.products.all,
    (q) => q.account.catalogue.productList,
  ),
  route('POST', '/products', 201, ({ account, body }) => account.catalogue.createProduct(body)),
  route('POST', '/products/import', 201, ({ account, body }) =>
    account.catalogue.importProducts(body),
  ),
  route('GET', '/products/:id', 200, ({ account: { catalogue }, query }, id) =>
    one(catalogue.products, catalogue.productList, query, id),
  ),
  route('PUT', '/products/:id', 202, ({ account, body }, id) =>
    account.catalogue.editProduct(id, body),
  ),
  route('POST', '/products/:id/offers', 201, ({ account, body }, id) =>
    account.catalogue.createOffers(id, body),
  ),
  list(
    '/offers',
    ({ catalogue }) => catalogue.offers.all,
    (q) => q.account.catalogue.offerList,
  ),
  route('PUT', '/offers', 202, ({ account, body }) => account.catalogue.editOffers(body)),
  list(
    '/offers/stocks',
    ({ catalogue }) => catalogue.offers.all,
    (q) => q.account.catalogue.stockList(q.query),
  ),
  route('PUT', '/offers/stocks', 202, ({ account, body }) => account.catalogue.setStocks(body)),
];

const CARDS: readonly Route[] = [
  list(
    '/pipelines',
    ({ settings: { pipelines }, cards }) => {
      cards.requireFunnels();
      return pipelines.all;
    },
    () => ({ filters: {}, show: (pipeline) => pipeline }),
  ),
  route('GET', '/pipelines/:id/statuses', 200, ({ account, query, address }, id) => {
    account.cards.requireFunnels();
    const { pipelines } = account.settings;
    const statuses = account.settings.statusesOf(pipelines.get(id).id);
    const count = (status: number): number =>
      account.cards.rows.all.filter(({ status_id }) => status_id === status).length;
    const show = (row: (typeof statuses)[number]): object => ({
      ...row,
      leads_count: count(row.id),
    });
    return pageOf(statuses, query, address, { filters: {}, show });
  }),
  list(
    '/pipelines/cards',
    ({ cards }) => {
      cards.requireFunnels();
      return cards.rows.all;
    },
    ({ account }) => account.cards.list,
  ),
  route('POST', '/pipelines/cards', 201, ({ account, body }) => account.cards.create(body)),
  route('GET', '/pipelines/cards/:id', 200, ({ account: { cards }, query, quirks }, id) => {
    cards.requireFunnels();
    const card = one(cards.rows, cards.list, query, id);
    return quirks.card === 'alone' ? card : { total: 1, current_page: 1, per_page: 15, data: card };
  }),
  route('PUT', '/pipelines/cards/:id', 202, ({ account, body }, id) =>
    account.cards.edit(id, body),
  ),
];

const ROUTES: readonly Route[] = [
  ...ORDERS,
  ...BUYERS,
  ...CATALOGUE,
  ...CARDS,
  settings('/users', (account) => account.settings.users, {
    id: ({ id }, value) => isNamed(id, value),
    full_name: ({ full_name }, value) => full_name.includes(value),
    role_id: ({ role_id }, value) => isNamed(role_id, value),
    status: ({ status }, value) => isNamed(status, value),
    email: ({ email }, value) => isNamed(email, value),
    phone: ({ phone }, value) => isNamed(phone, value),
  }),
  // Not divided into pages.
  route('GET', '/custom-fields', 200, ({ account, query }) => {
    const withOptions = includesOf(query, ['options']).has('options');
    const model = filtersOf(query).get('model');
    return account.settings.customFields.all
      .filter((field) => model === undefined || isNamed(field.model, model))
      .map(({ options, ...field }) => ({
        ...field,
        ...(withOptions
          ? {
              options: options.map((value, index) => ({
                id: field.id * 100 + index,
                field_id: field.id,
                value,
              })),
            }
          : {}),
      }));
  }),
];
