import type { Values } from 'twenty-mak-domain';
import type { WriteRefusal } from '../../platform/records/index.ts';
import { Parties, RemoteFailure, versionOf } from '../sync/index.ts';
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
import type { BatchSize } from './batch-size.ts';
import { nextCursor, readCursor, writeCursor } from './change-cursor.ts';
import type { AmocrmClient } from './client.ts';
import { makIdIn, readFields } from './fields.ts';
import type { CustomFields } from './fields.ts';
import { isSaid, link } from './links.ts';
import type { Link } from './links.ts';
import { readPage, rowsNamed } from './pages.ts';
import { adopt, findTwin } from './party-twins.ts';
import type { Adopted } from './party-twins.ts';
import { fieldOfParty, partySchema } from './party-values.ts';
import type { Party, PartyKind } from './party-values.ts';
import { RowWriter } from './row-writer.ts';
import type { Outcome, ReadRecord, Sent, Step } from './row-writer.ts';

/** Those whom MaK has are compared one by one, so nobody reads a whole address book for them. Milliseconds. */
const LATELY = 7 * 86_400_000;

/** The custom field of contacts and companies that holds MaK's id. */
export const PARTY_ID_FIELD = 'mak_id';

/** Custom fields of kinds of records, read when they are needed first. */
export type KnownFields = Map<string, CustomFields>;

interface PartyStep extends Step {
  readonly before: Party | null;
  /** Id there of the company; null is none, left out: whichever it has. */
  readonly company?: number | null;
  /** It was there before, and nobody has read yet what it has besides. */
  readonly isUnread?: true;
}

/** People and companies of MaK as contacts and companies of one account. amoCRM lists none that people deleted or merged away. */
export class PartyRecords implements RemoteRecords {
  private readonly parties: Parties;
  private readonly writer: RowWriter<PartyStep>;

  constructor(
    private readonly kind: PartyKind,
    private readonly client: AmocrmClient,
    private readonly account: AmocrmAccount,
    batch: BatchSize,
    private readonly known: KnownFields,
    private readonly links: Links,
  ) {
    this.parties = new Parties(links);
    this.writer = new RowWriter(client, batch, {
      path: kind.path,
      fieldOf: fieldOfParty,
      isPersonal: true,
      read: (ids) => this.read(kind.entity, ids),
      own: {
        userId: account.userId,
        stored: kind.stored,
        linked: ({ change, company }) =>
          isSaid(company, change.values['company']) ? ['company'] : [],
      },
      complete: (sent) => this.link(sent),
      onFieldGone: () => known.delete(kind.path),
    });
  }

  async read(_entity: string, ids: readonly string[]): Promise<ReadonlyMap<string, ReadRecord>> {
    const parties = await this.rows('filter[id][]', ids);
    const record = await this.recorder(parties);
    return new Map(parties.map((party) => [String(party.id), record(party)]));
  }

  async find(
    _entity: string,
    localIds: readonly string[],
  ): Promise<ReadonlyMap<string, RemoteRecord>> {
    const parties = await this.marked(localIds);
    const record = await this.recorder([...parties.values()]);
    return new Map([...parties].map(([localId, party]) => [localId, record(party)]));
  }

  async changedSince(entity: string, cursor: string | null): Promise<RemotePage> {
    const { makId } = await this.fields();
    const from = cursor === null ? { since: lately(), page: 1, back: false } : readCursor(cursor);
    const query = [
      ['filter[updated_at][from]', from.since],
      ['order[updated_at]', 'asc'],
    ] as const;
    const list = { path: this.kind.path, query };
    const { rows, more } = await readPage(this.client, list, partySchema, from.page);
    const go = nextCursor(from, rows.at(-1)?.updated_at, more);
    // Until its id of MaK's has reached it, the link says whose it is.
    const linked = await this.links.localIds(
      entity,
      rows.map(({ id }) => String(id)),
    );
    return {
      seen: rows.map((party) => ({
        remoteId: String(party.id),
        localId: makIdIn(party.custom_fields_values, makId) ?? linked.get(String(party.id)) ?? null,
        version: this.versionOf(party, makId),
      })),
      cursor: writeCursor(go.next),
      more: go.more,
    };
  }

  /** amoCRM compares no versions, so parties are read once more right before they are written, as leads are. */
  async write(_entity: string, changes: readonly RemoteChange[]): Promise<readonly Outcome[]> {
    const outcomes = new Map<RemoteChange, Outcome>();
    const steps = await this.steps(changes, outcomes);
    await this.writer.write(steps, outcomes);
    for (const { change, isUnread } of steps) {
      const outcome = outcomes.get(change);
      if (isUnread !== true || outcome?.kind !== 'written') continue;
      // The next look sees it in its own version, with what MaK has nothing to set against.
      const values = { ...outcome.values, ...nothingsOf(change.values) };
      outcomes.set(change, { ...outcome, values, version: '' });
    }
    return changes.map((change) => outcomes.get(change) ?? { kind: 'moved' });
  }

  private async steps(
    changes: readonly RemoteChange[],
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<readonly PartyStep[]> {
    const fields = await this.fields();
    const there = await this.parties.wanted({
      company: changes.map(({ values }) => values['company']),
    });
    const ids = changes.flatMap(({ remoteId }) => remoteId ?? []);
    const parties = await this.rows('filter[id][]', ids);
    const current = new Map(parties.map((party) => [String(party.id), party]));
    const fresh = changes.filter(({ remoteId }) => remoteId === null);
    const made = await this.marked(fresh.map(({ localId }) => localId));
    const steps: PartyStep[] = [];
    for (const change of changes) {
      const { remoteId, localId, version } = change;
      const before = remoteId === null ? made.get(localId) : current.get(remoteId);
      const isMoved =
        remoteId !== null &&
        (before === undefined ||
          (version !== null && this.versionOf(before, fields.makId) !== version));
      if (isMoved) {
        outcomes.set(change, { kind: 'moved' });
        continue;
      }
      const step = this.stepOf(change, before ?? null, fields, there);
      if ('code' in step) outcomes.set(change, { kind: 'refused', refusal: step });
      else steps.push(step);
    }
    return this.withoutTwins(steps, fields, there, outcomes);
  }

  private stepOf(
    change: RemoteChange,
    before: Party | null,
    fields: CustomFields,
    there: There,
  ): PartyStep | WriteRefusal {
    const { remoteId, localId, values } = change;
    const { id: _own, owner, ...others } = values;
    const isNew = remoteId === null;
    const whole = this.kind.rowOf(values, before, this.account, fields);
    // A new one goes without an owner whom amoCRM does not know.
    const row =
      'code' in whole && isNew && owner !== undefined
        ? this.kind.rowOf(others, before, this.account, fields)
        : whole;
    if ('code' in row) return row;
    const company = there('company', values['company']);
    if (company === null && typeof values['company'] === 'string' && !isNew)
      return {
        code: 'unknown_record',
        reason: 'amoCRM does not have this company. Its journal and its dead letter say why.',
        field: 'company',
      };
    const marked = { field_id: fields.makId, values: [{ value: localId }] };
    return {
      change,
      before,
      id: before?.id ?? null,
      ...('company' in values ? { company: company === null ? null : Number(company) } : {}),
      row: { ...row, custom_fields_values: [marked, ...(row.custom_fields_values ?? [])] },
    };
  }

  /**
   * Somebody who is there already, unlinked, is not made once more but gets MaK's id; then both sides are read and brought
   * together like two that always were.
   */
  private async withoutTwins(
    steps: readonly PartyStep[],
    fields: CustomFields,
    there: There,
    outcomes: Map<RemoteChange, Outcome>,
  ): Promise<readonly PartyStep[]> {
    const where = { client: this.client, links: this.links, kind: this.kind, makId: fields.makId };
    const taken = new Set<number>();
    const rest: PartyStep[] = [];
    const adopted: Adopted[] = [];
    for (const step of steps) {
      const { change } = step;
      const twin = step.id === null ? await findTwin(where, change, taken) : null;
      if (twin === null) {
        rest.push(step);
        continue;
      }
      const { party, isOurs } = twin;
      taken.add(party.id);
      if (!isOurs) {
        adopted.push({ change, id: party.id });
        continue;
      }
      const nothings = nothingsOf(change.values);
      const told = Object.entries(change.values).filter(([field]) => !(field in nothings));
      const values = Object.fromEntries(told);
      const again = this.stepOf({ ...change, values }, party, fields, there);
      if ('code' in again) outcomes.set(change, { kind: 'refused', refusal: again });
      else rest.push({ ...again, change, isUnread: true });
    }
    const isMarked = await adopt(where, adopted, outcomes);
    if (isMarked) return rest;
    const { path } = this.kind;
    this.known.delete(path);
    throw new RemoteFailure('unavailable', `amoCRM does not let us mark ${path} as MaK's.`);
  }

  private link(sent: readonly Sent<PartyStep>[]): Promise<ReadonlyMap<PartyStep, WriteRefusal>> {
    const links = sent.flatMap(({ step, id }): Link<PartyStep>[] => {
      const before = step.before?._embedded.companies[0]?.id ?? null;
      const { company: wanted } = step;
      if (wanted === undefined || wanted === before) return [];
      const to = (company: number) => ({ type: 'companies', id: company }) as const;
      const field = 'company';
      if (wanted !== null) return [{ step, field, id, to: to(wanted) }];
      return before === null ? [] : [{ step, field, id, to: to(before), isOff: true }];
    });
    return link(this.client, this.kind.path, links);
  }

  private async recorder(parties: readonly Party[]): Promise<(party: Party) => ReadRecord> {
    const fields = await this.fields();
    const here: Here = await this.parties.named(
      this.kind.entity,
      parties.map((party) => ({
        claimed: makIdIn(party.custom_fields_values, fields.makId),
        parties: party._embedded.companies
          .slice(0, 1)
          .map(({ id }) => ({ entity: 'company', remoteId: String(id) })),
      })),
    );
    return (party) => ({
      remoteId: String(party.id),
      localId: makIdIn(party.custom_fields_values, fields.makId),
      values: this.kind.valuesOf(party, this.account, fields, here),
      version: this.versionOf(party, fields.makId),
      changedBy: party.updated_by ?? null,
    });
  }

  private async marked(localIds: readonly string[]): Promise<ReadonlyMap<string, Party>> {
    const found = new Map<string, Party>();
    if (localIds.length === 0) return found;
    const { makId } = await this.fields();
    for (const party of await this.rows(`filter[custom_fields_values][${makId}][]`, localIds)) {
      const localId = makIdIn(party.custom_fields_values, makId);
      if (localId === null || !localIds.includes(localId)) continue;
      const known = found.get(localId);
      if (known === undefined || party.id < known.id) found.set(localId, party);
    }
    return found;
  }

  private async rows(name: string, values: readonly string[]): Promise<readonly Party[]> {
    const list = { path: this.kind.path };
    const parties = await rowsNamed(this.client, list, name, values, partySchema);
    return parties.filter((party) => !party.is_deleted);
  }

  private async fields(): Promise<CustomFields> {
    const { path } = this.kind;
    const known = this.known.get(path) ?? (await readFields(this.client, path, PARTY_ID_FIELD));
    this.known.set(path, known);
    return known;
  }

  private versionOf(party: Party, makId: number): string {
    const nobody: Here = () => null;
    const fields = { makId, codes: new Set<string>(), all: new Map() };
    return versionOf(party.updated_at, [
      this.kind.valuesOf(party, this.account, fields, nobody),
      party._embedded.companies[0]?.id ?? null,
    ]);
  }
}

/** Those values that are none. */
function nothingsOf(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value === null));
}

/** From when on changes are asked for at first, in seconds. */
function lately(): number {
  return Math.floor((Date.now() - LATELY) / 1_000);
}
