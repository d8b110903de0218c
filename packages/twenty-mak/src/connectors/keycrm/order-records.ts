import { paymentSteps } from 'twenty-mak-domain';
import type { Values } from 'twenty-mak-domain';
import type { RecordSources } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import type {
  ConnectorContext,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  WrittenThere,
} from '../sync/index.ts';
import type { KeyCrmAccount } from './account.ts';
import type { KeyCrmOrder } from './answers.ts';
import type { KeyCrmApi, Taken } from './api.ts';
import { LATEST, nextCursor, readCursor, writeCursor } from './change-cursor.ts';
import { editOrderBody, newOrderBody } from './order-bodies.ts';
import type { Buyer } from './order-bodies.ts';
import { leftByEdit, leftByMaking, toldOrder } from './order-left.ts';
import { betweenCalls, inTurn } from './order-steps.ts';
import {
  makIdOf,
  PAYMENT_STATES,
  paymentsOf,
  paymentsSchema,
  valuesOfOrder,
  versionOfOrder,
} from './order-values.ts';
import { amountText } from './values.ts';

type Outcome = WrittenThere;
type ReadBack = Extract<Outcome, { kind: 'written' }>;
type Made = Extract<Taken<KeyCrmOrder>, { kind: 'taken' }>;
type Refused = Extract<Outcome, { kind: 'refused' | 'moved' }>;

/** MaK's orders in KeyCRM, where MaK's id is the number at the source. */
export class OrderRecords {
  constructor(
    private readonly api: KeyCrmApi,
    private readonly account: KeyCrmAccount,
    private readonly context: Pick<ConnectorContext, 'tenantId' | 'localIds' | 'bring'>,
    private readonly sources: Pick<RecordSources, 'of'>,
  ) {}

  async read(ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const orders: KeyCrmOrder[] = [];
    for (const id of ids) {
      const order = await this.api.order(id);
      if (order !== null) orders.push(order);
    }
    const records = await this.records(orders);
    return new Map(records.map((record) => [record.remoteId, record]));
  }

  async find(localIds: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    if (localIds.length === 0) return new Map();
    const found = await this.api.ordersNumbered(this.account.sourceId, localIds);
    const records = await this.records([...found.values()]);
    return new Map(records.map((record) => [record.localId ?? '', record]));
  }

  async changedSince(cursor: string | null): Promise<RemotePage> {
    const from = readCursor(cursor);
    const { rows, more } = await this.api.ordersChanged(from.since, LATEST, from.page);
    const next = nextCursor(
      from,
      rows.map(({ updated_at }) => updated_at),
      more,
    );
    return {
      seen: rows.map((order) => ({
        remoteId: order.id,
        localId: makIdOf(order, this.account),
        version: versionOfOrder(order, this.account),
      })),
      cursor: writeCursor(next),
      more,
    };
  }

  between(change: RemoteChange, before: RemoteRecord | null): readonly Values[] {
    return betweenCalls(change, before, this.account);
  }

  /**
   * KeyCRM compares no versions: an order is read once more right before it is written. What somebody writes between the write
   * and the look at what it has become is no answer to the write, and comes to MaK.
   */
  async write(changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const change of changes) outcomes.push(await this.one(change));
    return outcomes;
  }

  private async one({ remoteId, localId, values, version }: RemoteChange): Promise<Outcome> {
    if (remoteId === null) return this.make(localId, values);
    const order = await this.api.order(remoteId);
    if (order === null) return { kind: 'moved' };
    if (version !== null && versionOfOrder(order, this.account) !== version)
      return { kind: 'moved' };
    const told = await this.edit(order, values);
    if (told.kind !== 'taken') return told;
    const { account } = this;
    const after = await this.readBack(remoteId);
    return { ...after, left: leftByEdit(values, [order, told.value], after.values, account) };
  }

  private async make(localId: string, values: Values): Promise<Outcome> {
    // Whose answer was lost has been made already.
    const known = (await this.api.ordersNumbered(this.account.sourceId, [localId])).get(localId);
    const answer = known === undefined ? await this.create(localId, values) : taken(known);
    if (answer.kind !== 'taken') return answer;
    const order = answer.value;
    const rest = Object.fromEntries(
      Object.entries(values).filter(([field]) => field === 'status' || field === 'payments'),
    );
    // Also without its status it is there, and must not be made again.
    const told = await this.edit(order, rest);
    if (told.kind === 'moved') return told;
    const after = await this.readBack(order.id);
    const { account } = this;
    const made = known === undefined ? leftByMaking(values, order, account) : {};
    const edited =
      told.kind === 'taken' ? leftByEdit(rest, [order, told.value], after.values, account) : {};
    const spared = told.kind === 'refused' ? told.refusal : null;
    return { ...after, left: { ...made, ...edited }, spared };
  }

  private async create(localId: string, values: Values): Promise<Made | Refused> {
    const { tenantId } = this.context;
    const known = await this.sources.of('order').read(tenantId, [localId], 'keycrm');
    const named = {
      id: localId,
      number: known.get(localId)?.values['number'] ?? null,
      buyer: await this.buyerOf(values['buyer']),
    };
    const body = newOrderBody(named, values, this.account);
    if (body.kind === 'refused') return body;
    const answer = await this.api.createOrder(body.body);
    if (answer.kind !== 'taken') return refusedBy(answer);
    const order = await this.api.order(answer.value.id);
    if (order === null) throw new RemoteFailure('unavailable', NOT_SHOWN);
    return taken(toldOrder(order, answer.value));
  }

  /** The order as its answers tell that it has become. */
  private async edit(order: KeyCrmOrder, values: Values): Promise<Made | Refused> {
    const edit = editOrderBody(order, values, this.account);
    if (edit.kind === 'refused') return edit;
    let told = order;
    if (Object.keys(edit.body).length > 0) {
      const answer = await this.api.editOrder(order.id, edit.body);
      if (answer.kind !== 'taken') return refusedBy(answer);
      told = toldOrder(order, answer.value);
    }
    return 'payments' in values ? this.pay(told, values['payments']) : taken(told);
  }

  private async pay(order: KeyCrmOrder, payments: unknown): Promise<Made | Refused> {
    const wanted = paymentsSchema.safeParse(payments ?? []).data ?? [];
    const { move, add } = paymentSteps(inTurn(paymentsOf(order, this.account)), wanted);
    const currency = this.account.currencies.get(order.source_id) ?? this.account.currency;
    const told = new Map((order.payments ?? []).map((payment) => [payment.id, payment]));
    for (const { id, state } of move) {
      const status = PAYMENT_STATES[state];
      const answer = await this.api.editPayment(order.id, id, { status });
      if (answer.kind !== 'taken') return refusedBy(answer, 'payments');
      told.set(id, answer.value);
    }
    for (const { amount, state } of add) {
      const answer = await this.api.addPayment(order.id, {
        payment_method_id: Number(this.account.paymentMethodId),
        amount: amountText(amount, currency),
        status: PAYMENT_STATES[state],
      });
      if (answer.kind !== 'taken') return refusedBy(answer, 'payments');
      told.set(answer.value.id, answer.value);
    }
    return taken({ ...order, payments: [...told.values()] });
  }

  private async readBack(id: string): Promise<ReadBack> {
    const record = (await this.read([id])).get(id);
    if (record === undefined) throw new RemoteFailure('unavailable', NOT_SHOWN);
    const { values, version } = record;
    return { kind: 'written', id, values, version };
  }

  /** The contact is a buyer first, so that KeyCRM finds that one by what the order says. */
  private async buyerOf(contact: Values[string] | undefined): Promise<Buyer | null> {
    if (typeof contact !== 'string') return null;
    await this.context.bring('contact', { localIds: [contact] });
    const known = await this.sources.of('contact').read(this.context.tenantId, [contact], 'keycrm');
    const values = known.get(contact)?.values;
    if (values === undefined) return null;
    const text = (field: string): string | null => {
      const value = values[field];
      return typeof value === 'string' && value !== '' ? value : null;
    };
    const buyer = { name: text('name'), email: text('email'), phone: text('phone') };
    return Object.values(buyer).some((value) => value !== null) ? buyer : null;
  }

  /** Who buys is brought over before the orders are. */
  private async records(orders: readonly KeyCrmOrder[]): Promise<readonly RemoteRecord[]> {
    const ids = [...new Set(orders.flatMap(({ buyer }) => buyer?.id ?? []))];
    let contacts = await this.context.localIds('contact', ids);
    const missing = ids.filter((id) => !contacts.has(id));
    if (missing.length > 0) {
      await this.context.bring('contact', { remoteIds: missing });
      contacts = await this.context.localIds('contact', ids);
    }
    return orders.map((order) => ({
      remoteId: order.id,
      localId: makIdOf(order, this.account),
      values: valuesOfOrder(order, this.account, contacts.get(order.buyer?.id ?? '') ?? null),
      version: versionOfOrder(order, this.account),
    }));
  }
}

function taken(value: KeyCrmOrder): Made {
  return { kind: 'taken', value };
}

const NOT_SHOWN = 'KeyCRM does not show what was written.';

/** Which of MaK's fields KeyCRM means. */
const FIELDS: Readonly<Record<string, string>> = {
  status_id: 'status',
  buyer_comment: 'comment',
  discount_amount: 'discount',
  shipping_price: 'shipping_price',
  products: 'lines',
  payments: 'payments',
  shipping: 'tracking_code',
  source_id: 'currency',
  buyer: 'buyer',
};

function refusedBy(
  answer: Exclude<Taken<unknown>, { kind: 'taken' }>,
  field: string | null = null,
): Refused {
  if (answer.kind === 'missing') return { kind: 'moved' };
  const { refusal } = answer;
  const named = FIELDS[refusal.field?.split('.')[0] ?? ''] ?? field;
  return { kind: 'refused', refusal: { ...refusal, field: named } };
}
