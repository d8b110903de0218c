import type { WriteRefusal } from '../../platform/records/index.ts';
import { RemoteFailure } from '../sync/index.ts';
import type {
  Links,
  RemoteChange,
  RemotePage,
  RemoteRecord,
  RemoteRecords,
} from '../sync/index.ts';
import type { AmocrmAccount } from './account.ts';
import type { BatchSize } from './batch-size.ts';
import { nextCursor } from './change-cursor.ts';
import type { ChangeCursor } from './change-cursor.ts';
import type { AmocrmClient } from './client.ts';
import { listFields } from './fields.ts';
import { leadsOf } from './lead-kinds.ts';
import { leadSchema } from './lead-values.ts';
import type { Lead } from './lead-values.ts';
import { knownThere } from './office-lead-known.ts';
import { adopt, makingOf } from './office-lead-making.ts';
import type { MakingPlace } from './office-lead-making.ts';
import { OfficeLeadPeople } from './office-lead-people.ts';
import type { OfficeLeadStep } from './office-lead-people.ts';
import {
  fieldOfOfficeLead,
  leadIdOf,
  PERSON_FIELDS,
  rowOfOfficeLead,
  rowOfPerson,
  saysWho,
  storedOfficeLeadValues,
  valuesOfOfficeLead,
  versionOfOfficeLead,
} from './office-lead-values.ts';
import { namedLeadsSchema, readCursors, writeCursors } from './office-lead-cursors.ts';
import { readPage, rowsNamed } from './pages.ts';
import type { Party } from './party-values.ts';
import { RowWriter } from './row-writer.ts';
import type { Outcome, ReadRecord } from './row-writer.ts';

const WITH = ['with', 'contacts'] as const;
/** What a new lead goes without where amoCRM cannot have it. */
const SPARED: readonly string[] = ['owner', 'amount', 'city', 'niche', 'source', 'handling'];

/** MaK's leads as leads of one account with their main contacts, in the pipelines that the settings name. */
export class OfficeLeadRecords implements RemoteRecords {
  private readonly people: OfficeLeadPeople;
  private readonly place: MakingPlace;
  private readonly writer: RowWriter<OfficeLeadStep>;

  constructor(
    private readonly client: AmocrmClient,
    private readonly account: AmocrmAccount,
    batch: BatchSize,
    /** The account is not as it was when it was read. */
    private readonly onChanged: () => void,
    private readonly links: Links,
  ) {
    this.people = new OfficeLeadPeople(client, batch);
    this.place = {
      ...{ client, account, links, onChanged },
      read: (ids) => this.rows('filter[id][]', ids),
    };
    this.writer = new RowWriter<OfficeLeadStep>(client, batch, {
      path: 'leads',
      making: makingOf(this.place),
      fieldOf: (path, row) => fieldOfOfficeLead(path, row, account),
      // What amoCRM says of them may repeat who somebody is.
      isPersonal: true,
      read: (ids) => this.read('office_lead', ids),
      own: {
        userId: account.userId,
        stored: storedOfficeLeadValues,
        linked: ({ change: { values } }) => ['id', ...PERSON_FIELDS.filter((one) => one in values)],
      },
      complete: (sent) => this.people.say(sent),
      onFieldGone: onChanged,
    });
  }

  async read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, ReadRecord>> {
    const leads = await this.leads('filter[id][]', ids);
    await this.requireFields(leads);
    const personOf = await this.people.of(leads);
    return new Map(leads.map((lead) => [String(lead.id), this.recordOf(lead, personOf(lead))]));
  }

  async find(
    _entity: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    const leads = await this.marked(localIds);
    await this.requireFields([...leads.values()]);
    const personOf = await this.people.of([...leads.values()]);
    return new Map(
      [...leads].map(([localId, lead]) => [localId, this.recordOf(lead, personOf(lead))]),
    );
  }

  /** Leads that changed, and leads whose contacts did: amoCRM does not count the one as the other. */
  async changedSince(_entity: string, cursor: string | null): Promise<RemotePage> {
    const from = readCursors(cursor);
    const own = await this.changed('leads', leadSchema, from.leads);
    const contacts = await this.changed('contacts', namedLeadsSchema, from.contacts);
    const ids = contacts.rows.flatMap(({ _embedded }) => _embedded.leads.map(({ id }) => id));
    const listed = new Set(own.rows.map(({ id }) => id));
    const others = [...new Set(ids)].filter((id) => !listed.has(id)).map(String);
    const named = await this.rows('filter[id][]', others);
    const seen = await leadsOf('office_lead', [...own.rows, ...named], this.account, this.links);
    const personOf = await this.people.of(seen);
    return {
      seen: seen.map((lead) => ({
        remoteId: String(lead.id),
        localId: leadIdOf(lead, this.account),
        version: versionOfOfficeLead(lead, personOf(lead), this.account),
      })),
      cursor: writeCursors({ leads: own.next, contacts: contacts.next }),
      more: own.more || contacts.more,
    };
  }

  /** amoCRM compares no versions, so leads are read once more right before they are written. */
  async write(_entity: string, changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    return this.writer.writeInTurn(changes, (...group) => this.steps(...group));
  }

  private async steps(
    changes: readonly RemoteChange[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<readonly OfficeLeadStep[]> {
    const leads = await this.leads(
      'filter[id][]',
      changes.flatMap(({ remoteId }) => remoteId ?? []),
    );
    const current = new Map(leads.map((lead) => [String(lead.id), lead]));
    const fresh = changes.flatMap(({ remoteId, localId }) => (remoteId === null ? [localId] : []));
    // Whose answer was lost has been made already.
    const made = await this.marked(fresh);
    const unmade = changes.filter(
      ({ remoteId, localId }) => remoteId === null && !made.has(localId),
    );
    const known = await knownThere(this.place, unmade, (values) => this.people.reachedBy(values));
    await adopt(this.place, known, outcomes);
    const personOf = await this.people.of([...leads, ...made.values()]);
    return changes.flatMap((change): OfficeLeadStep[] => {
      if (outcomes.has(change)) return [];
      const { remoteId, localId, version } = change;
      const before = (remoteId === null ? made.get(localId) : current.get(remoteId)) ?? null;
      const person = before === null ? null : personOf(before);
      const isMoved =
        remoteId !== null &&
        (before === null ||
          (version !== null && versionOfOfficeLead(before, person, this.account) !== version));
      if (isMoved) {
        outcomes.set(change, { kind: 'moved' });
        return [];
      }
      const step = this.stepOf(change, before, person);
      if (!('code' in step)) return [step];
      outcomes.set(change, { kind: 'refused', refusal: step });
      return [];
    });
  }

  private stepOf(
    change: RemoteChange,
    before: Lead | null,
    person: Party | null,
  ): OfficeLeadStep | WriteRefusal {
    const { values } = change;
    const row = this.rowOf(change, values);
    if ('code' in row) return row;
    const contacts =
      before === null && saysWho(values) ? { contacts: [rowOfPerson(values, null)] } : null;
    return {
      ...{ change, before, person },
      id: before?.id ?? null,
      row: contacts === null ? row : { ...row, _embedded: contacts },
    };
  }

  private rowOf(
    change: RemoteChange,
    values: RemoteChange['values'],
  ): ReturnType<typeof rowOfOfficeLead> {
    const row = rowOfOfficeLead(values, change.localId, this.account);
    if (!('code' in row) || change.remoteId !== null) return row;
    if (row.field === null || !SPARED.includes(row.field)) return row;
    const { [row.field]: _refused, ...others } = values;
    return this.rowOf(change, others);
  }

  /** By MaK's id that they carry. A person may have copied a lead with the id in it: the older one is ours. */
  private async marked(localIds: readonly string[]): Promise<ReadonlyMap<string, Lead>> {
    const { leadIdField } = this.account;
    const found = new Map<string, Lead>();
    if (leadIdField === null || localIds.length === 0) return found;
    const leads = await this.leads(`filter[custom_fields_values][${leadIdField}][]`, localIds);
    const linked = await this.links.localIds(
      'office_lead',
      leads.map(({ id }) => String(id)),
    );
    for (const lead of leads) {
      const localId = leadIdOf(lead, this.account);
      if (localId === null || !localIds.includes(localId)) continue;
      // amoCRM may have written the id into the record of another lead.
      if ((linked.get(String(lead.id)) ?? localId) !== localId) continue;
      const known = found.get(localId);
      if (known === undefined || lead.id < known.id) found.set(localId, lead);
    }
    return found;
  }

  /** Where nothing stands, somebody may have removed the whole field a moment ago: that takes nothing away here. */
  private async requireFields(leads: readonly Lead[]): Promise<void> {
    const places = [...(this.account.leads?.fields.values() ?? [])].filter(
      (place) => place !== null,
    );
    const empty = places.filter(({ id }) =>
      leads.some(({ custom_fields_values }) =>
        (custom_fields_values ?? []).every(({ field_id }) => field_id !== id),
      ),
    );
    if (empty.length === 0) return;
    const all = await listFields(this.client, 'leads');
    if (empty.every(({ id }) => all.has(id))) return;
    this.onChanged();
    throw new RemoteFailure('unavailable', 'Somebody has removed a custom field of leads there.');
  }

  /** Those that are leads here. */
  private async leads(name: string, values: readonly string[]): Promise<readonly Lead[]> {
    return leadsOf('office_lead', await this.rows(name, values), this.account, this.links);
  }

  private async rows(name: string, values: readonly string[]): Promise<readonly Lead[]> {
    const list = { path: 'leads', query: [WITH] };
    const leads = await rowsNamed(this.client, list, name, values, leadSchema);
    return leads.filter((lead) => !lead.is_deleted);
  }

  private async changed<T extends { readonly updated_at: number }>(
    path: string,
    schema: Parameters<typeof readPage<T>>[2],
    from: ChangeCursor,
  ): Promise<{ readonly rows: readonly T[]; readonly next: ChangeCursor; readonly more: boolean }> {
    const query = [
      ['filter[updated_at][from]', from.since],
      ['order[updated_at]', 'asc'],
      ['with', path === 'leads' ? 'contacts' : 'leads'],
    ] as const;
    const { rows, more } = await readPage(this.client, { path, query }, schema, from.page);
    const go = nextCursor(from, rows.at(-1)?.updated_at, more);
    return { rows, next: go.next, more: go.more };
  }

  /** Somebody else who has changed the lead or its contact; else MaK. */
  private changerOf({ updated_by: own }: Lead, person: Party | null): number | null {
    const other = person?.updated_by ?? own;
    return other === this.account.userId ? (own ?? null) : (other ?? null);
  }

  private recordOf(lead: Lead, person: Party | null): ReadRecord {
    const { account } = this;
    return {
      remoteId: String(lead.id),
      localId: leadIdOf(lead, account),
      values: valuesOfOfficeLead(lead, person, account),
      version: versionOfOfficeLead(lead, person, account),
      changedBy: this.changerOf(lead, person),
    };
  }
}
