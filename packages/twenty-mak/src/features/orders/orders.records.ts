import { Inject, Injectable } from '@nestjs/common';
import type { Refusal } from 'twenty-mak-domain';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { Bus, OUTBOX_CHANNEL } from '../../platform/outbox/index.ts';
import { ProvidesRecords, RecordFeed } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  WritableRecordSource,
  Written,
} from '../../platform/records/index.ts';
import { uuidField } from '../../platform/validation/index.ts';
import { Audit } from '../audit/index.ts';
import { lockPersons } from '../persons/index.ts';
import { presentOf } from '../tenants/index.ts';
import { isBuyerErased } from './order-erasure.repository.ts';
import { announceOrder } from './order-events.ts';
import { fieldsOf } from './order-fields.ts';
import {
  clientOfContact,
  findSyncedOrders,
  idOfNumber,
  listOrderIds,
} from './order-records.repository.ts';
import type { SyncedOrderRow } from './order-records.repository.ts';
import { newOrder, orderSteps, orderValues, readSent } from './order-records.values.ts';
import type { OrderStep, SentOrder } from './order-records.values.ts';
import { insertOrder, updateOrder } from './orders.repository.ts';

type Answer = Written<string, number>;
type Sent = SentOrder & { readonly client?: string };

/** Orders, for other systems. An order that only the other system has becomes one here, numbered by that system. */
@Injectable()
@ProvidesRecords({ entity: 'order' })
export class OrderRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Bus) private readonly bus: Bus,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    const named = ids.filter((id) => uuidField.safeParse(id).success);
    const rows = await this.database.within({ tenantId }, (tx) =>
      findSyncedOrders(tx, tenantId, named),
    );
    return new Map(rows.map((row) => [row.id, recordOf(row)]));
  }

  async list(tenantId: string, after: string | null, limit: number): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) => listOrderIds(tx, tenantId, after, limit));
  }

  /** Who buys may be erased at the same moment. */
  takeTurns(tx: Transaction, tenantId: string): Promise<void> {
    return lockPersons(tx, tenantId);
  }

  async write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Answer[]> {
    const answers = await this.database.within({ tenantId }, async (tx) => {
      const written: Answer[] = [];
      for (const change of changes) written.push(await this.one(tx, tenantId, author, change));
      return written;
    });
    this.bus.ring(OUTBOX_CHANNEL, tenantId);
    return answers;
  }

  private async one(
    tx: Transaction,
    tenantId: string,
    author: string,
    change: MakChange,
  ): Promise<Answer> {
    const { values, version } = change;
    const read = readSent(values);
    if (!read.ok)
      return 'buyer' in values && values['buyer'] === null
        ? { kind: 'refused', refusal: UNKNOWN_CLIENT }
        : refused(read.refusal);
    const { buyer } = read.value;
    const client = buyer === undefined ? null : await clientOfContact(tx, tenantId, buyer);
    if (buyer !== undefined && client === null) return { kind: 'refused', refusal: UNKNOWN_CLIENT };
    const sent = { ...read.value, ...(client === null ? {} : { client }) };
    const number = `${author}-${change.remoteId ?? ''}`;
    // An order that came once already, under a link that is gone.
    const id = change.localId ?? (await idOfNumber(tx, tenantId, number));
    if (id === null) {
      const heard = await this.withoutErased(tx, tenantId, sent, sent.client);
      return this.make(tx, tenantId, author, number, heard);
    }
    const [before] = await findSyncedOrders(tx, tenantId, [id], true);
    const isKnown = change.localId !== null;
    if (before === undefined || (isKnown && before.version !== version)) return { kind: 'moved' };
    const heard = await this.withoutErased(tx, tenantId, sent, sent.client ?? before.client);
    return this.change(tx, tenantId, author, before, heard);
  }

  /** What people wrote who were erased does not come back, nor does what they are said to have written since. */
  private async withoutErased(
    tx: Transaction,
    tenantId: string,
    sent: Sent,
    client: string | undefined,
  ): Promise<Sent> {
    if (sent.comment == null || client === undefined) return sent;
    return (await isBuyerErased(tx, tenantId, client)) ? { ...sent, comment: null } : sent;
  }

  private async make(
    tx: Transaction,
    tenantId: string,
    author: string,
    number: string,
    sent: Sent,
  ): Promise<Answer> {
    if (sent.client === undefined) return { kind: 'refused', refusal: UNKNOWN_CLIENT };
    const made = newOrder(number, sent.client, sent, await presentOf(tx, tenantId), newId);
    if (!made.ok) return refused(made.refusal);
    const id = newId();
    const row = await insertOrder(tx, tenantId, id, made.value.fields);
    if (row === undefined) return { kind: 'moved' };
    await this.tell(tx, tenantId, author, row, made.value);
    return this.answer(tx, tenantId, id);
  }

  private async change(
    tx: Transaction,
    tenantId: string,
    author: string,
    row: SyncedOrderRow,
    sent: Sent,
  ): Promise<Answer> {
    const { buyer, client, ...same } = row;
    // The order may be another contact's of the same client; then it stays named as it is.
    const named = sent.client === same.client_id || sent.buyer === buyer ? client : sent.client;
    const steps = orderSteps(
      fieldsOf(same, client),
      { ...sent, ...(named === undefined ? {} : { client: named }) },
      await presentOf(tx, tenantId),
      newId,
    );
    if (!steps.ok) return refused(steps.refusal);
    for (const step of steps.value) {
      const after = await updateOrder(tx, tenantId, row.id, step.fields);
      await this.tell(tx, tenantId, author, after, step);
    }
    return this.answer(tx, tenantId, row.id);
  }

  /** The world, the audit log and other systems. */
  private async tell(
    tx: Transaction,
    tenantId: string,
    author: string,
    row: Parameters<typeof announceOrder>[2],
    { news }: OrderStep,
  ): Promise<void> {
    announceOrder(tx, tenantId, row, news, await presentOf(tx, tenantId));
    this.feed.changed(tx, tenantId, 'order', [{ id: row.id, urgency: 'system', fields: [] }]);
    const actor = { kind: 'system', id: `connector:${author}` } as const;
    await Audit.recordFor(tx, tenantId, actor, news.type, 'order', row.id, { number: row.number });
  }

  private async answer(tx: Transaction, tenantId: string, id: string): Promise<Answer> {
    const [row] = await findSyncedOrders(tx, tenantId, [id]);
    if (row === undefined) throw new Error('An order that was written is not there.');
    return { kind: 'written', id, ...recordOf(row) };
  }
}

const UNKNOWN_CLIENT = {
  code: 'unknown_client',
  reason:
    'MaK does not have who buys. Sync contacts too; the journal of the contact says why it is not there.',
  field: 'buyer',
} as const;

function refused({ code, reason, field }: Refusal): Answer {
  return { kind: 'refused', refusal: { code, reason, field: field ?? null } };
}

function recordOf(row: SyncedOrderRow): MakRecord {
  return { values: orderValues(row), version: row.version };
}
