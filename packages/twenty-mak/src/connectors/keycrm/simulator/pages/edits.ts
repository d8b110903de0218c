import type { SimulatedAccount } from '../account.ts';
import { notFound, unknownValue } from '../refusals.ts';
import { TRIGGER_EVENTS } from '../webhooks.ts';

interface Edit {
  readonly path: RegExp;
  /** Gives where the person is afterwards. */
  readonly apply: (
    account: SimulatedAccount,
    sent: URLSearchParams,
    ids: readonly string[],
  ) => string;
}

/** What a person does in the pages. It goes the way of the API, so that its rules hold and messages are sent. */
export function applyEdit(account: SimulatedAccount, path: string, sent: URLSearchParams): string {
  for (const edit of EDITS) {
    const found = edit.path.exec(path);
    if (found !== null) return edit.apply(account, sent, found.slice(1));
  }
  throw notFound();
}

const EDITS: readonly Edit[] = [
  {
    path: /^\/orders$/,
    apply: ({ orders, settings }, sent) => {
      const { full_name, phone, sku, quantity, price } = given(sent);
      orders.create({
        source_id: sent.get('source_id') ?? settings.sources.all[0]?.id,
        buyer: { full_name, phone },
        products: [{ sku, quantity, price }],
      });
      return '/';
    },
  },
  {
    path: /^\/orders\/(\d+)$/,
    apply: ({ orders }, sent, [id]) => {
      const { tracking_code, ...values } = given(sent);
      orders.edit(id, {
        ...values,
        ...(tracking_code === undefined ? {} : { shipping: { tracking_code } }),
      });
      return `/orders/${id}`;
    },
  },
  {
    path: /^\/orders\/(\d+)\/payments$/,
    apply: ({ orders }, sent, [id]) => {
      orders.addPayment(id, given(sent));
      return `/orders/${id}`;
    },
  },
  {
    path: /^\/orders\/(\d+)\/payments\/(\d+)$/,
    apply: ({ orders }, _sent, [id, payment]) => {
      orders.editPayment(id, payment, { status: 'canceled' });
      return `/orders/${id}`;
    },
  },
  {
    path: /^\/buyers$/,
    apply: ({ buyers }, sent) => {
      buyers.create(personOf(sent));
      return '/buyers';
    },
  },
  {
    path: /^\/buyers\/(\d+)$/,
    apply: ({ buyers }, sent, [id]) => {
      buyers.edit(id, personOf(sent));
      return `/buyers/${id}`;
    },
  },
  {
    path: /^\/goods$/,
    apply: ({ catalogue }, sent) => {
      catalogue.createProduct(given(sent));
      return '/goods';
    },
  },
  {
    path: /^\/goods\/(\d+)$/,
    apply: ({ catalogue }, sent, [id]) => {
      const { price, quantity, warehouse_id } = given(sent);
      if (warehouse_id === undefined) catalogue.editOffers({ offers: [{ id, price }] });
      else catalogue.setStocks({ warehouse_id, stocks: [{ id, quantity }] });
      return '/goods';
    },
  },
  {
    path: /^\/cards$/,
    apply: ({ cards }, sent) => {
      const { title, pipeline_id, full_name, phone, email } = given(sent);
      cards.create({ title, pipeline_id, contact: { full_name, phone, email } });
      return '/cards';
    },
  },
  {
    path: /^\/cards\/(\d+)$/,
    apply: ({ cards }, sent, [id]) => {
      cards.edit(id, given(sent));
      return '/cards';
    },
  },
  {
    path: /^\/funnels$/,
    apply: ({ cards }) => {
      cards.areEnabled = !cards.areEnabled;
      return '/cards';
    },
  },
  {
    path: /^\/messages$/,
    apply: ({ webhooks }, sent) => {
      const { url = '', event } = given(sent);
      if (!URL.canParse(url)) throw unknownValue('url');
      const known = TRIGGER_EVENTS.find((one) => one === event);
      if (known === undefined) webhooks.stockHooks.push({ url, warehouses: [] });
      else webhooks.triggers.push({ event: known, url, method: 'POST', statuses: [], sources: [] });
      return '/messages';
    },
  },
  {
    path: /^\/messages\/(trigger|stock)-(\d+)$/,
    apply: ({ webhooks }, _sent, [kind, index]) => {
      (kind === 'stock' ? webhooks.stockHooks : webhooks.triggers).splice(Number(index), 1);
      return '/messages';
    },
  },
];

/** Fields that hold something; an empty one says nothing. */
function given(sent: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries([...sent].filter(([, value]) => value.trim() !== ''));
}

function personOf(sent: URLSearchParams): object {
  const listOf = (name: string): readonly string[] =>
    (sent.get(name) ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  return {
    full_name: sent.get('full_name') ?? '',
    phone: listOf('phone'),
    email: listOf('email'),
    note: sent.get('note'),
  };
}
