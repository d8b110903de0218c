import { Inject, Injectable } from '@nestjs/common';
import type { RecordFilter } from 'twenty-mak-domain';
import { z } from 'zod';
import { scopeOf } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { forbidden, notFound, RefusalError, staleVersion } from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { instantKey, pageOf, readCursor, textKey } from '../../platform/validation/index.ts';
import type { Page } from '../../platform/validation/index.ts';
import { findAccount } from '../accounts/index.ts';
import { Audit } from '../audit/index.ts';
import { lockPersons } from '../persons/index.ts';
import { presentOf } from '../tenants/index.ts';
import { leadCondition, segmentCondition } from './client-conditions.ts';
import { ClientContacts, editedByPerson } from './client-contacts.ts';
import { applyEdit, changedFields, NEW_CLIENT } from './edit-client.ts';
import { clientAnswer } from './clients.dto.ts';
import type {
  ClientFacets,
  ContactBody,
  CreateClient,
  EditClient,
  ListClients,
} from './clients.dto.ts';
import { conditionOf } from './clients.filter.ts';
import {
  countClients,
  findClient,
  insertClient,
  listClients,
  saveKeys,
  setArchived,
  updateClient,
  wordsInUse,
} from './clients.repository.ts';
import type { ClientRow, ClientSort } from './clients.repository.ts';

/** A change as it was sent; a refusal shows it again without the contacts. */
interface Sent {
  readonly version: number;
  readonly contacts?: readonly object[] | undefined;
  readonly [field: string]: unknown;
}

type NewClient = Omit<CreateClient, 'contacts'> & { readonly contacts?: readonly ContactBody[] };

/** Companies and people that the tenant deals with. */
@Injectable()
export class ClientsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ClientContacts) private readonly contacts: ClientContacts,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /**
   * One page. Partners and franchisees see clients that are theirs or that their deals name. Refuses with `not_found` for the
   * segment, and with `forbidden` who may not know the contacts of the lead and of clients.
   */
  async list(principal: Principal, request: ListClients): Promise<Page<ClientRow>> {
    const { sort: named, limit, cursor, in_segment: inSegment, lead, ...filter } = request;
    const sort = readSort(named);
    const value = sort.field === 'name' ? textKey : instantKey;
    const after =
      cursor === undefined
        ? null
        : readCursor(z.tuple([z.literal(named), value, z.uuid()]), cursor);
    const position = after === null ? null : { value: after[1], id: after[2] };
    const { tenantId } = principal;
    const rows = await this.database.within(scopeOf(principal), async (tx) => {
      const where = [
        ...(inSegment === undefined ? [] : [await segmentCondition(tx, principal, inSegment)]),
        ...(lead === undefined ? [] : [await leadCondition(tx, principal, lead)]),
      ];
      return listClients(tx, tenantId, filter, where, sort, position, limit + 1);
    });
    return pageOf(rows, limit, (row) => [named, row[sort.field], row.id]);
  }

  async one(principal: Principal, id: string): Promise<ClientRow> {
    return this.database.within(scopeOf(principal), (tx) => this.load(tx, principal.tenantId, id));
  }

  /** `one` within a transaction; throws `not_found`. */
  async load(tx: Transaction, tenantId: string, id: string): Promise<ClientRow> {
    const row = await findClient(tx, tenantId, id);
    if (row === undefined) throw notFound('client');
    return row;
  }

  /** How many clients belong to a segment, counted up to `most`; archived ones do not count. */
  async countOf(
    tx: Transaction,
    { tenantId }: Principal,
    filter: RecordFilter,
    most: number,
  ): Promise<number> {
    const condition = conditionOf(filter, await presentOf(tx, tenantId));
    return countClients(tx, tenantId, [condition], most);
  }

  /** Words that clients are described by, for forms and filters. */
  async facets(principal: Principal): Promise<ClientFacets> {
    const rows = await this.database.within(scopeOf(principal), (tx) =>
      wordsInUse(tx, principal.tenantId),
    );
    const words = new Map(rows.map((row) => [row.name, row.words ?? []]));
    return {
      industries: words.get('industry') ?? [],
      sizes: words.get('size') ?? [],
      budget_bands: words.get('budget_band') ?? [],
      client_types: words.get('client_type') ?? [],
      sources: words.get('source') ?? [],
      segments: words.get('segments') ?? [],
    };
  }

  /** Refuses with `unknown_account` or `ref_taken`. What a franchisee makes is the franchisee's. */
  async create(
    principal: Principal,
    { contacts = [], ...input }: CreateClient,
  ): Promise<ClientRow> {
    const { tenantId, restrictedTo } = principal;
    refuseForOutside(principal, input);
    const owner = restrictedTo === undefined ? {} : { owner_id: restrictedTo };
    return this.database.within({ tenantId }, async (tx) => {
      await takeTurn(tx, tenantId, contacts);
      return this.make(tx, principal, { ...input, ...owner, contacts });
    });
  }

  /** The same within a transaction that has taken the turn of contacts and made sure whose the client is to be. */
  async make(
    tx: Transaction,
    principal: Principal,
    { contacts = [], ...input }: NewClient,
  ): Promise<ClientRow> {
    const { tenantId } = principal;
    const id = creationId();
    const fields = applyEdit(NEW_CLIENT, input);
    await refuseUnknownOwner(tx, tenantId, fields.owner_id);
    const row = await insertClient(tx, tenantId, id, fields);
    await saveRefs(tx, tenantId, row);
    await this.contacts.replace(tx, tenantId, row, contacts);
    await Audit.record(tx, principal, 'client.created', 'client', id);
    return row;
  }

  /** Nothing happens when the client is so already. Refuses with `stale_version` and as `create` does. */
  async edit(principal: Principal, id: string, edit: EditClient): Promise<ClientRow> {
    const { version, contacts, ...changes } = edit;
    const { tenantId } = principal;
    refuseForOutside(principal, changes);
    const sent = { version, contacts, ...changes };
    return this.change(principal, id, sent, async (tx, before) => {
      const fields = applyEdit(before, changes);
      const changed = changedFields(before, fields);
      if (contacts !== undefined) changed.push('contacts');
      if (changed.length === 0) return before;
      if (changed.includes('owner_id')) await refuseUnknownOwner(tx, tenantId, fields.owner_id);
      const row = await updateClient(tx, tenantId, id, fields);
      if (changed.includes('external_refs')) await saveRefs(tx, tenantId, row);
      this.feed.changedWhereKnown(tx, tenantId, 'company', editedByPerson([id]));
      if (contacts !== undefined) await this.contacts.replace(tx, tenantId, row, contacts);
      else if (changed.includes('segments')) await this.contacts.regrouped(tx, tenantId, id);
      await Audit.record(tx, principal, 'client.edited', 'client', id, { fields: changed });
      return row;
    });
  }

  /** Archives the client, or brings it back. Its deals stay as they are. */
  async setArchived(
    principal: Principal,
    id: string,
    version: number,
    archived: boolean,
  ): Promise<ClientRow> {
    const action = archived ? 'client.archived' : 'client.restored';
    return this.change(principal, id, { version, archived }, async (tx, before) => {
      if ((before.archived_at !== null) === archived) return before;
      const row = await setArchived(tx, principal.tenantId, id, archived);
      await Audit.record(tx, principal, action, 'client', id);
      return row;
    });
  }

  private async change(
    principal: Principal,
    id: string,
    { contacts = [], ...sent }: Sent,
    decide: (tx: Transaction, before: ClientRow) => Promise<ClientRow>,
  ): Promise<ClientRow> {
    const { tenantId, restrictedTo } = principal;
    // Sees whether the client is visible; what follows must see more than that, e.g. who else has a reference.
    await this.one(principal, id);
    return this.database.within({ tenantId }, async (tx) => {
      await takeTurn(tx, tenantId, contacts);
      const before = await findClient(tx, tenantId, id, true);
      if (before === undefined) throw notFound('client');
      if (restrictedTo !== undefined && before.owner_id !== restrictedTo)
        throw forbidden('Only the office changes a client that is not yours.');
      refuseMerged(before);
      if (before.version !== sent.version) throw staleVersion(clientAnswer(before), sent);
      return decide(tx, before);
    });
  }
}

/** Who is written may be erased at this moment: either the erasure finds the contact, or this is somebody new. */
async function takeTurn(
  tx: Transaction,
  tenantId: string,
  contacts: readonly object[],
): Promise<void> {
  if (contacts.length > 0) await lockPersons(tx, tenantId);
}

/** A merged client is a sign that points to its survivor. */
export function refuseMerged({ merged_into }: ClientRow): void {
  if (merged_into === null) return;
  throw new RefusalError(
    { code: 'client_merged', reason: 'The client was merged into another one. Change that one.' },
    409,
    { merged_into },
  );
}

function readSort(named: ListClients['sort']): ClientSort {
  const descending = named.startsWith('-');
  const field = (descending ? named.slice(1) : named) as ClientSort['field'];
  return { field, descending };
}

function refuseForOutside(
  { restrictedTo }: Principal,
  { owner_id: owner, external_refs: refs }: Pick<CreateClient, 'owner_id' | 'external_refs'>,
): void {
  if (restrictedTo === undefined) return;
  if (owner !== undefined && owner !== restrictedTo)
    throw forbidden('Your clients are your own; leave `owner_id` out.');
  // Whoever claims a reference would get the deals of others under it.
  if (refs !== undefined && refs.length > 0)
    throw forbidden('Only the office links clients to outer systems; leave `external_refs` out.');
}

async function refuseUnknownOwner(
  tx: Transaction,
  tenantId: string,
  owner: string | null,
): Promise<void> {
  if (owner === null) return;
  const account = await findAccount(tx, tenantId, owner);
  if (account !== undefined && account.status !== 'deactivated') return;
  throw new RefusalError({
    code: 'unknown_account',
    reason: 'There is no active account with this id. See GET /v1/accounts.',
    field: 'owner_id',
  });
}

/** Deals name a client by its id, by `system:id` of a reference, and by that id alone if no client had it before. */
async function saveRefs(
  tx: Transaction,
  tenantId: string,
  { id, external_refs: refs }: ClientRow,
): Promise<void> {
  const own = [id, ...refs.map((ref) => `${ref.system}:${ref.id}`)];
  const taken = await saveKeys(
    tx,
    tenantId,
    id,
    own,
    refs.map((ref) => ref.id),
  );
  if (taken === undefined) return;
  throw new RefusalError(
    {
      code: 'ref_taken',
      reason: `${taken.key} already belongs to another client.`,
      field: 'external_refs',
    },
    409,
    { client_id: taken.client_id },
  );
}
