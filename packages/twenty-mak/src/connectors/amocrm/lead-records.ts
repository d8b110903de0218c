import { z } from 'zod';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import type {
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  Written,
} from '../sync/index.ts';
import { MAK_ID_FIELD } from './account.ts';
import type { AmocrmAccount } from './account.ts';
import { readAs, TookTooLong } from './answers.ts';
import type { AmocrmAnswer, RowRefusal } from './answers.ts';
import { BatchSize } from './batch-size.ts';
import { nextCursor, readCursor, writeCursor } from './change-cursor.ts';
import type { AmocrmClient } from './client.ts';
import { leadSchema, makIdOf, rowOfLead, valuesOfLead, versionOf } from './lead-values.ts';
import type { Lead, LeadRow } from './lead-values.ts';
import { eachRow, readPage } from './pages.ts';

type Outcome = Written<string, string>;

interface Step {
  readonly change: RemoteChange;
  readonly row: LeadRow;
  /** Null makes a lead. */
  readonly id: number | null;
}

/** Ids in one address; more would make it longer than web servers take. */
const NAMED = 100;

/** MaK's deals as leads of one account. amoCRM deletes nothing through its API, and lists no leads that people deleted. */
export class LeadRecords implements RemoteRecords {
  constructor(
    private readonly client: AmocrmClient,
    private readonly account: AmocrmAccount,
    private readonly batch = new BatchSize(),
    /** The account is not as it was when it was read. */
    private readonly onChanged: () => void = () => undefined,
  ) {}

  async read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, RemoteRecord>> {
    const leads = await this.leads('filter[id][]', ids);
    return new Map(leads.map((lead) => [String(lead.id), this.recordOf(lead)]));
  }

  async find(
    _entity: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    const name = `filter[custom_fields_values][${this.account.makIdField}][]`;
    const found = new Map<string, RemoteRecord>();
    for (const lead of await this.leads(name, localIds)) {
      const localId = makIdOf(lead, this.account);
      const known = found.get(localId ?? '');
      // A person may have copied a lead with the id in it: the older one is ours.
      if (localId === null || !localIds.includes(localId)) continue;
      if (known === undefined || lead.id < Number(known.remoteId))
        found.set(localId, this.recordOf(lead));
    }
    return found;
  }

  async changedSince(_entity: string, cursor: string | null): Promise<RemotePage> {
    const from = readCursor(cursor);
    const query = [
      ['filter[updated_at][from]', from.since],
      ['order[updated_at]', 'asc'],
    ] as const;
    const { rows, more } = await readPage(
      this.client,
      { path: 'leads', query },
      leadSchema,
      from.page,
    );
    const go = nextCursor(from, rows.at(-1)?.updated_at, more);
    return {
      seen: rows.map((lead) => ({
        remoteId: String(lead.id),
        localId: makIdOf(lead, this.account),
        version: versionOf(lead, this.account),
      })),
      cursor: writeCursor(go.next),
      more: go.more,
    };
  }

  /**
   * amoCRM compares no versions, so leads are read once more before they are written; what a person writes in between, some
   * tens of milliseconds, would be lost in the fields that are written.
   */
  async write(_entity: string, changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const outcomes = new Map<RemoteChange, Outcome>();
    const steps = await this.steps(changes, outcomes);
    for (const isNew of [true, false]) {
      const group = steps.filter(({ id }) => (id === null) === isNew);
      for (let sent = 0; sent < group.length;) {
        const part = group.slice(sent, sent + this.batch.now);
        await this.sendInTime(part, outcomes);
        sent += part.length;
      }
    }
    return changes.map((change) => outcomes.get(change) ?? { kind: 'moved' });
  }

  private async steps(
    changes: readonly RemoteChange[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<readonly Step[]> {
    const ids = changes.flatMap(({ remoteId, version }) =>
      remoteId === null || version === null ? [] : [remoteId],
    );
    const fresh = changes.flatMap(({ remoteId, localId }) => (remoteId === null ? [localId] : []));
    const current = await this.read('deal', ids);
    // Whose answer was lost has been made already.
    const made = await this.find('deal', fresh);
    return changes.flatMap((change): Step[] => {
      const { remoteId, localId, version, values } = change;
      if (remoteId !== null && version !== null && current.get(remoteId)?.version !== version) {
        outcomes.set(change, { kind: 'moved' });
        return [];
      }
      const row = remoteId === null ? this.newRow(values) : rowOfLead(values, this.account);
      if ('code' in row) {
        outcomes.set(change, { kind: 'refused', refusal: row });
        return [];
      }
      const id = remoteId ?? made.get(localId)?.remoteId;
      return [{ change, row, id: id === undefined ? null : Number(id) }];
    });
  }

  /** A lead is made without an owner whom amoCRM does not know, and without an amount in another currency. */
  private newRow(values: RemoteChange['values']): ReturnType<typeof rowOfLead> {
    const row = rowOfLead(values, this.account);
    if (!('code' in row) || (row.field !== 'owner' && row.field !== 'amount')) return row;
    const { [row.field]: _refused, ...others } = values;
    return this.newRow(others);
  }

  /**
   * What changes leads may be sent once more at once. What makes them is not: some may be there already, so they are looked for
   * when it is tried again.
   */
  private async sendInTime(
    steps: readonly Step[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<void> {
    try {
      await this.send(steps, outcomes);
      this.batch.succeeded();
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      this.batch.tookTooLong();
      if (steps.length === 1 || steps[0]?.id === null) throw error;
      for (const part of halves(steps)) await this.sendInTime(part, outcomes);
    }
  }

  /** A batch is refused as a whole; the others of it are sent again without those that amoCRM names. */
  private async send(steps: readonly Step[], outcomes: Map<RemoteChange, Outcome>): Promise<void> {
    const [first] = steps;
    if (first === undefined) return;
    const isNew = first.id === null;
    const answer = await this.client.ask({
      method: isNew ? 'POST' : 'PATCH',
      path: 'leads',
      body: steps.map((step, index) => ({ ...this.sentRow(step), request_id: String(index) })),
    });
    if (answer.kind === 'refused') {
      if (answer.rows.some(isFieldGone)) {
        this.onChanged();
        throw new RemoteFailure(
          'unavailable',
          `Somebody has removed the custom field ${MAK_ID_FIELD} in amoCRM; MaK makes it anew.`,
        );
      }
      const reasons = new Map(answer.rows.map((row) => [Number(row.row), row]));
      const wrong = steps.filter((_step, index) => reasons.has(index) || steps.length === 1);
      for (const step of wrong) {
        const reason = reasons.get(steps.indexOf(step));
        outcomes.set(step.change, { kind: 'refused', refusal: refusalOf(reason, answer.reason) });
      }
      const rest = steps.filter((step) => !wrong.includes(step));
      const parts = wrong.length > 0 ? [rest] : halves(rest);
      for (const part of parts) await this.send(part, outcomes);
      return;
    }
    const ids = isNew ? madeIds(answer) : steps.map(({ id }) => String(id));
    await this.readBack(steps, ids, outcomes);
  }

  /** amoCRM answers ids alone, and may have changed what it was sent. */
  private async readBack(
    steps: readonly Step[],
    ids: readonly string[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<void> {
    const read = await this.read('deal', ids);
    for (const [index, { change }] of steps.entries()) {
      const record = read.get(ids[index] ?? '');
      if (record === undefined)
        throw new RemoteFailure('unavailable', 'amoCRM does not show what was written.');
      const { remoteId, values, version } = record;
      outcomes.set(change, { kind: 'written', id: remoteId, values, version });
    }
  }

  private sentRow({ change, row, id }: Step): object {
    const { makIdField } = this.account;
    return {
      ...row,
      ...(id === null ? {} : { id }),
      custom_fields_values: [{ field_id: makIdField, values: [{ value: change.localId }] }],
    };
  }

  private async leads(name: string, values: readonly string[]): Promise<readonly Lead[]> {
    const leads: Lead[] = [];
    for (let start = 0; start < values.length; start += NAMED) {
      const named = values.slice(start, start + NAMED);
      const query = named.map((value) => [name, value] as const);
      for await (const lead of eachRow(this.client, { path: 'leads', query }, leadSchema))
        if (!lead.is_deleted) leads.push(lead);
    }
    return leads;
  }

  private recordOf(lead: Lead): RemoteRecord {
    const { account } = this;
    return {
      remoteId: String(lead.id),
      localId: makIdOf(lead, account),
      values: valuesOfLead(lead, account),
      version: versionOf(lead, account),
    };
  }
}

const madeSchema = z.object({
  _embedded: z.object({ leads: z.array(z.object({ id: z.int(), request_id: z.string() })) }),
});

/** Which of MaK's fields a value of a row is. */
const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  price: 'amount',
  responsible_user_id: 'owner',
  status_id: 'status',
  pipeline_id: 'status',
};

function refusalOf(
  row: { readonly path: string; readonly reason: string } | undefined,
  reason: string,
): WriteRefusal {
  const name = row?.path.split('.')[0] ?? '';
  return { code: 'refused_by_amocrm', reason: row?.reason ?? reason, field: FIELDS[name] ?? null };
}

/** We send one custom field, and it was there. */
function isFieldGone({ code, path }: RowRefusal): boolean {
  return code === 'NotSupportedChoice' && /^custom_fields_values\.\d+\.field_id$/.test(path);
}

/** Ids of new leads in the order of the rows, which `request_id` tells. */
function madeIds(answer: AmocrmAnswer): readonly string[] {
  const made = readAs(madeSchema, answer.kind === 'data' ? answer.data : undefined);
  return made._embedded.leads
    .toSorted((left, right) => Number(left.request_id) - Number(right.request_id))
    .map(({ id }) => String(id));
}

function halves<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)];
}
