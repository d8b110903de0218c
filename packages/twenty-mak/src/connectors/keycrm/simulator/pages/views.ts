import type { SimulatedAccount } from '../account.ts';
import type { OrderRow } from '../order-rows.ts';
import { sumsOf } from '../order-sums.ts';
import { restStamp } from '../stamps.ts';
import { TRIGGER_EVENTS } from '../webhooks.ts';
import { choice, field, form, table } from './frame.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** How many of the newest are shown. */
const SHOWN = 100;

const newest = <Row>(rows: readonly Row[]): readonly Row[] => rows.toReversed().slice(0, SHOWN);

export function ordersPage({ orders, settings, buyers, catalogue }: SimulatedAccount): Html {
  const rows = newest(orders.rows.all).map((order) => {
    const { grand_total, payment_status } = sumsOf(order);
    return html`<tr>
      <th scope="row"><a href="/orders/${order.id}">${order.id}</a></th>
      <td>${buyers.rows.get(order.buyer_id).full_name}</td>
      <td>${settings.statuses.get(order.status_id).name}</td>
      <td>${grand_total}, ${payment_status}</td>
      <td>${String(order.shipping?.['tracking_code'] ?? '')}</td>
      <td>${restStamp(order.updated_at)}</td>
    </tr>`;
  });
  const goods = catalogue.offers.all.map(({ sku }) => [sku ?? '', sku ?? ''] as const);
  return html`${table('Orders', ['Order', 'Buyer', 'Status', 'Total', 'Tracking', 'Changed, UTC'], rows)}
    <h2>New order</h2>
    ${form('/orders', 'Add', [
      choice('source_id', 'Source', namesOf(settings.sources.all)),
      field('full_name', 'Buyer'),
      field('phone', 'Phone', '', 'tel'),
      choice('sku', 'Article', goods),
      field('quantity', 'Quantity', 1, 'number'),
      field('price', 'Price of one', '', 'number'),
    ])}`;
}

export function orderPage({ settings, buyers, orders }: SimulatedAccount, order: OrderRow): Html {
  const to = `/orders/${order.id}`;
  const buyer = buyers.rows.get(order.buyer_id);
  const { grand_total, payments_total, payment_status } = sumsOf(order);
  const payments = order.payments.map(
    (payment) =>
      html`<tr>
        <th scope="row">${payment.id}</th>
        <td>${payment.amount} ${payment.actual_currency}</td>
        <td>${payment.status}</td>
        <td>
          ${payment.status === 'canceled' ? '' : form(`${to}/payments/${payment.id}`, 'Cancel', [])}
        </td>
      </tr>`,
  );
  const lines = order.products.map(
    ({ sku, name, quantity, price }) =>
      html`<tr>
        <th scope="row">${sku}</th>
        <td>${name}</td>
        <td>${quantity}</td>
        <td>${price}</td>
      </tr>`,
  );
  return html`<p>
      <a href="/buyers/${buyer.id}">${buyer.full_name}</a>, total ${grand_total}, paid
      ${payments_total} (${payment_status}), number of the source: ${order.source_uuid ?? 'none'}
    </p>
    ${form(to, 'Move', [
      choice(
        'status_id',
        'Status',
        settings.statuses.all.map(({ id, name }) => [id, name] as const),
        order.status_id,
      ),
    ])}
    ${form(to, 'Save', [field('manager_comment', 'Comment of the manager', order.manager_comment)])}
    ${
      order.shipping?.['tracking_code'] == null
        ? form(to, 'Set', [field('tracking_code', 'Tracking number')])
        : html`<p>Tracking number: ${String(order.shipping['tracking_code'])}</p>`
    }
    <h2>Payments</h2>
    ${table('Payments', ['Payment', 'Amount', 'State', ''], payments)}
    ${form(`${to}/payments`, 'Add payment', [
      field('amount', 'Amount', '', 'number'),
      choice('payment_method_id', 'How', namesOf(settings.paymentMethods.all)),
    ])}
    <h2>Goods</h2>
    ${table('Goods', ['Article', 'Name', 'Quantity', 'Price'], lines)}
    <h2>As programs read it</h2>
    <pre>${JSON.stringify(orders.view.show(order, EVERYTHING), null, 2)}</pre>`;
}

const EVERYTHING = new Set(
  'buyer products.offer payments shipping status manager tags custom_fields'.split(' '),
);

export function buyersPage({ buyers }: SimulatedAccount): Html {
  const rows = newest(buyers.rows.all).map(
    ({ id, full_name, phone, email }) =>
      html`<tr>
        <th scope="row"><a href="/buyers/${id}">${id}</a></th>
        <td>${full_name}</td>
        <td>${phone.join(', ')}</td>
        <td>${email.join(', ')}</td>
      </tr>`,
  );
  return html`${table('Buyers', ['Buyer', 'Name', 'Phones', 'E-mail'], rows)}
    <h2>New buyer</h2>
    ${form('/buyers', 'Add', PERSON)}`;
}

const PERSON = [
  field('full_name', 'Name'),
  field('phone', 'Phones, divided by commas'),
  field('email', 'E-mail addresses, divided by commas'),
];

export function buyerPage({ buyers }: SimulatedAccount, id: number): Html {
  const { full_name, phone, email, note } = buyers.rows.get(id);
  return form(`/buyers/${id}`, 'Save', [
    field('full_name', 'Name', full_name),
    field('phone', 'Phones, divided by commas', phone.join(', ')),
    field('email', 'E-mail addresses, divided by commas', email.join(', ')),
    field('note', 'Note', note),
  ]);
}

export function goodsPage({ catalogue, settings }: SimulatedAccount): Html {
  const warehouses = settings.warehouses.all;
  const rows = catalogue.offers.all.slice(0, SHOWN).map(
    (offer) =>
      html`<tr>
        <th scope="row">${offer.sku}</th>
        <td>${catalogue.products.get(offer.product_id).name}</td>
        <td>
          ${form(`/goods/${offer.id}`, 'Set', [field('price', 'Price', offer.price, 'number')])}
        </td>
        ${warehouses.map(
          ({ id }) =>
            html`<td>
              ${form(`/goods/${offer.id}`, 'Set', [
                html`<input type="hidden" name="warehouse_id" value="${id}" />`,
                field('quantity', 'In stock', offer.stock.get(id) ?? 0, 'number'),
              ])}
            </td>`,
        )}
      </tr>`,
  );
  const heads = ['Article', 'Name', 'Price', ...warehouses.map(({ name }) => name)];
  return html`${table('Goods', heads, rows)}
    <h2>New article</h2>
    ${form('/goods', 'Add', [
      field('sku', 'Article number'),
      field('name', 'Name'),
      field('price', 'Price', '', 'number'),
    ])}`;
}

export function cardsPage({ cards, settings, buyers }: SimulatedAccount): Html {
  const toggle = form(
    '/funnels',
    cards.areEnabled ? 'Switch funnels off' : 'Switch funnels on',
    [],
  );
  if (!cards.areEnabled)
    return html`<p>Leads are not enabled.</p>
      ${toggle}`;
  const people = settings.users.all.map(({ id, full_name }) => [id, full_name] as const);
  const clients = buyers.rows.all.map(({ id, full_name }) => [id, full_name] as const);
  const statuses = settings.pipelineStatuses.all.map(
    ({ id, title, pipeline_id }) =>
      [id, `${settings.pipelines.get(pipeline_id).name}: ${title}`] as const,
  );
  const rows = newest(cards.rows.all).map(
    ({ id, title, contact, manager_id, manager_comment, status_id }) =>
      html`<tr>
        <th scope="row">${id}</th>
        <td>
          ${form(`/cards/${id}`, 'Edit', [
            field('title', 'Title', title),
            choice('manager_id', 'Manager', [['', '–'], ...people], manager_id),
          ])}
          ${manager_comment}
        </td>
        <td>
          ${contact.full_name}
          ${form(`/cards/${id}`, 'Set', [
            choice('client_id', 'Buyer', [['', '–'], ...clients], contact.client_id),
          ])}
        </td>
        <td>
          ${form(`/cards/${id}`, 'Move', [choice('status_id', 'Status', statuses, status_id)])}
        </td>
      </tr>`,
  );
  return html`${table('Cards', ['Card', 'Title', 'Contact', 'Status'], rows)}
    <h2>New card</h2>
    ${form('/cards', 'Add', [
      field('title', 'Title'),
      choice('pipeline_id', 'Funnel', namesOf(settings.pipelines.all)),
      field('full_name', 'Contact'),
      field('phone', 'Phone', '', 'tel'),
      field('email', 'E-mail', '', 'email'),
    ])}
    ${toggle}`;
}

export function messagesPage({ webhooks }: SimulatedAccount): Html {
  const set = [
    ...webhooks.triggers.map(({ event, url }, index) => [event, url, `trigger-${index}`] as const),
    ...webhooks.stockHooks.map(({ url }, index) => ['stocks', url, `stock-${index}`] as const),
  ].map(
    ([event, url, key]) =>
      html`<tr>
        <th scope="row">${event}</th>
        <td><pre>${url}</pre></td>
        <td>${form(`/messages/${key}`, 'Remove', [])}</td>
      </tr>`,
  );
  const sent = webhooks.deliveries.slice(0, SHOWN).map(
    ({ at, url, body, answers, state }) =>
      html`<tr>
        <th scope="row">${restStamp(at)}</th>
        <td>${state}: ${answers.map((answer) => answer ?? 'no answer').join(', ')}</td>
        <td><pre>${url}</pre></td>
        <td><pre>${body}</pre></td>
      </tr>`,
  );
  const events = [...TRIGGER_EVENTS, 'stocks'].map((event) => [event, event] as const);
  return html`${table('Who is told', ['Event', 'Address', ''], set)}
    ${form('/messages', 'Add', [
      choice('event', 'Event', events),
      field('url', 'Address, with the secret in it', '', 'url'),
    ])}
    <h2>What was told</h2>
    ${table('What was told', ['When, UTC', 'Answers', 'Address', 'Body'], sent)}`;
}

function namesOf(
  rows: readonly { readonly id: number; readonly name: string }[],
): readonly (readonly [number, string])[] {
  return rows.map(({ id, name }) => [id, name] as const);
}
