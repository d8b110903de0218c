import type { WriteRefusal } from '../../platform/records/index.ts';
import { Parties } from '../sync/index.ts';
import type {
  Here,
  Links,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
  There,
} from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import { BatchSize } from './batch-size.ts';
import { nextCursor, readCursor, writeCursor } from './change-cursor.ts';
import type { AmocrmClient } from './client.ts';
import { leadsOf } from './lead-kinds.ts';
import { embedded, linkedFields, partiesOf, relinked } from './lead-parties.ts';
import type { NamedParties } from './lead-parties.ts';
import {
  companyOf,
  leadSchema,
  mainContactOf,
  makIdOf,
  rowOfLead,
  storedLeadValues,
  valuesOfLead,
  versionOfLead,
} from './lead-values.ts';
import type { Lead } from './lead-values.ts';
import { link } from './links.ts';
import { readPage, rowsNamed } from './pages.ts';
import { RowWriter } from './row-writer.ts';
import type { Outcome, ReadRecord, Sent, Step } from './row-writer.ts';

interface LeadStep extends Step, NamedParties {
  /** As it was right before it is written; null of a new one. */
  readonly before: Lead | null;
}

/** People of a lead are told only when they are asked for. */
const WITH = ['with', 'contacts'] as const;
/** Nobody else is known. */
const ALONE: Links = {
  remoteIds: () => Promise.resolve(new Map()),
  localIds: () => Promise.resolve(new Map()),
  bring: () => Promise.resolve(),
  ours: () => Promise.resolve(new Set()),
};

/** MaK's deals as leads of one account. amoCRM deletes nothing through its API, and lists no leads that people deleted. */
export class LeadRecords implements RemoteRecords {
  private readonly parties: Parties;
  private readonly writer: RowWriter<LeadStep>;

  constructor(
    private readonly client: AmocrmClient,
    private readonly account: AmocrmAccount,
    batch = new BatchSize(),
    /** The account is not as it was when it was read. */
    onChanged: () => void = () => undefined,
    private readonly links: Links = ALONE,
  ) {
    this.parties = new Parties(links);
    this.writer = new RowWriter<LeadStep>(client, batch, {
      path: 'leads',
      fieldOf: (path) => FIELDS[path.split('.')[0] ?? ''] ?? null,
      read: (ids) => this.read('deal', ids),
      own: { userId: account.userId, stored: storedLeadValues, linked: linkedFields },
      complete: (sent) => this.link(sent),
      onFieldGone: onChanged,
    });
  }

  async read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, ReadRecord>> {
    const leads = await this.leads('filter[id][]', ids);
    const here = await this.named(leads);
    return new Map(leads.map((lead) => [String(lead.id), this.recordOf(lead, here)]));
  }

  async find(
    _entity: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    const leads = await this.marked(localIds);
    const here = await this.named([...leads.values()]);
    return new Map([...leads].map(([localId, lead]) => [localId, this.recordOf(lead, here)]));
  }

  async changedSince(_entity: string, cursor: string | null): Promise<RemotePage> {
    const from = readCursor(cursor);
    const query = [
      ['filter[updated_at][from]', from.since],
      ['order[updated_at]', 'asc'],
      WITH,
    ] as const;
    const { rows, more } = await readPage(
      this.client,
      { path: 'leads', query },
      leadSchema,
      from.page,
    );
    const go = nextCursor(from, rows.at(-1)?.updated_at, more);
    const deals = await leadsOf('deal', rows, this.account, this.links);
    return {
      seen: deals.map((lead) => ({
        remoteId: String(lead.id),
        localId: makIdOf(lead, this.account),
        version: versionOfLead(lead, this.account),
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
    return this.writer.writeInTurn(changes, (...group) => this.steps(...group));
  }

  private async steps(
    changes: readonly RemoteChange[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<readonly LeadStep[]> {
    const there = await this.parties.wanted({
      company: changes.map(({ values }) => values['client']),
      contact: changes.map(({ values }) => values['contact']),
    });
    const ids = changes.flatMap(({ remoteId }) => remoteId ?? []);
    const fresh = changes.flatMap(({ remoteId, localId }) => (remoteId === null ? [localId] : []));
    const leads = await this.leads('filter[id][]', ids);
    const current = new Map(leads.map((lead) => [String(lead.id), lead]));
    // Whose answer was lost has been made already.
    const made = await this.marked(fresh);
    return changes.flatMap((change): LeadStep[] => {
      const { remoteId, localId, version } = change;
      const before = remoteId === null ? made.get(localId) : current.get(remoteId);
      if (remoteId !== null && version !== null && this.versionOf(before) !== version) {
        outcomes.set(change, { kind: 'moved' });
        return [];
      }
      const step = this.stepOf(change, before ?? null, there);
      if (!('code' in step)) return [step];
      outcomes.set(change, { kind: 'refused', refusal: step });
      return [];
    });
  }

  private stepOf(change: RemoteChange, before: Lead | null, there: There): LeadStep | WriteRefusal {
    const { remoteId, localId, values } = change;
    const row = remoteId === null ? this.newRow(values) : rowOfLead(values, this.account);
    if ('code' in row) return row;
    const named = partiesOf(values, there, remoteId === null);
    if ('code' in named) return named;
    const id = before?.id ?? (remoteId === null ? null : Number(remoteId));
    const { makIdField } = this.account;
    return {
      change,
      before,
      id,
      ...named,
      row: {
        ...row,
        custom_fields_values: [{ field_id: makIdField, values: [{ value: localId }] }],
        ...(id === null ? { _embedded: embedded(named) } : {}),
      },
    };
  }

  /** A lead is made without an owner whom amoCRM does not know, and without an amount in another currency. */
  private newRow(values: RemoteChange['values']): ReturnType<typeof rowOfLead> {
    const row = rowOfLead(values, this.account);
    if (!('code' in row) || (row.field !== 'owner' && row.field !== 'amount')) return row;
    const { [row.field]: _refused, ...others } = values;
    return this.newRow(others);
  }

  private link(sent: readonly Sent<LeadStep>[]): Promise<ReadonlyMap<LeadStep, WriteRefusal>> {
    const links = sent.flatMap(({ step, id }) =>
      // A new one was made with them.
      step.id === null ? [] : relinked(step, id, step.before),
    );
    return link(this.client, 'leads', links);
  }

  private named(leads: readonly Lead[]): Promise<Here> {
    const parties = (entity: string, id: number | null): { entity: string; remoteId: string }[] =>
      id === null ? [] : [{ entity, remoteId: String(id) }];
    return this.parties.named(
      'deal',
      leads.map((lead) => ({
        claimed: makIdOf(lead, this.account),
        parties: [
          ...parties('company', companyOf(lead)),
          ...parties('contact', mainContactOf(lead)),
        ],
      })),
    );
  }

  /** By MaK's id that they carry. A person may have copied a lead with the id in it: the older one is ours. */
  private async marked(localIds: readonly string[]): Promise<ReadonlyMap<string, Lead>> {
    const name = `filter[custom_fields_values][${this.account.makIdField}][]`;
    const found = new Map<string, Lead>();
    for (const lead of await this.leads(name, localIds)) {
      const localId = makIdOf(lead, this.account);
      if (localId === null || !localIds.includes(localId)) continue;
      const known = found.get(localId);
      if (known === undefined || lead.id < known.id) found.set(localId, lead);
    }
    return found;
  }

  private async leads(name: string, values: readonly string[]): Promise<readonly Lead[]> {
    const list = { path: 'leads', query: [WITH] };
    const leads = await rowsNamed(this.client, list, name, values, leadSchema);
    const there = leads.filter((lead) => !lead.is_deleted);
    return leadsOf('deal', there, this.account, this.links);
  }

  private versionOf(lead: Lead | undefined): string | null {
    return lead === undefined ? null : versionOfLead(lead, this.account);
  }

  private recordOf(lead: Lead, here: Here): ReadRecord {
    const { account } = this;
    return {
      remoteId: String(lead.id),
      localId: makIdOf(lead, account),
      values: valuesOfLead(lead, account, here),
      version: versionOfLead(lead, account),
      changedBy: lead.updated_by ?? null,
    };
  }
}

/** Which of MaK's fields a value of a row is. */
const FIELDS: Readonly<Record<string, string>> = {
  name: 'name',
  price: 'amount',
  responsible_user_id: 'owner',
  status_id: 'status',
  pipeline_id: 'status',
  custom_fields_values: 'id',
};
