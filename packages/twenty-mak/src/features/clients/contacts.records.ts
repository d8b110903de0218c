import { Inject, Injectable } from '@nestjs/common';
import type { Json, JsonObject } from 'twenty-mak-domain';
import { z } from 'zod';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { ProvidesRecords, RecordFeed } from '../../platform/records/index.ts';
import type {
  MakChange,
  MakRecord,
  WritableRecordSource,
  WriteRefusal,
  Written,
} from '../../platform/records/index.ts';
import { Audit } from '../audit/index.ts';
import { presentOf } from '../tenants/index.ts';
import { ContactVault, lockPersons, sealedKeyOf } from '../persons/index.ts';
import { saveContacts } from './client-contacts.repository.ts';
import { findJoinedContacts } from './client-merge.repository.ts';
import {
  companyExists,
  contactTwin,
  findContactsById,
  listContacts,
  nextSeat,
  uuidsOf,
} from './client-records.repository.ts';
import type { SyncedContactRow } from './client-records.repository.ts';
import { stayNamed } from './client-people.ts';
import { storedContactSchema } from './clients.dto.ts';
import { findClient, insertClient, saveKeys, updateClient } from './clients.repository.ts';
import { actor, refused } from './companies.records.ts';
import { announceContact, changedContactFields } from './contact-events.ts';
import { changedContact, contactValues, contactRefusal } from './contact-record.values.ts';
import { NEW_CLIENT } from './edit-client.ts';

type Answer = Written<string, number>;
type OpenContact = z.output<typeof storedContactSchema>;

interface Known {
  readonly row: SyncedContactRow;
  readonly contact: OpenContact;
}

const ERASED: WriteRefusal = {
  code: 'person_erased',
  reason:
    'The person was erased in MaK and stays erased. Delete the person in the other system too.',
  field: null,
};
const JOINED: WriteRefusal = {
  code: 'contact_merged',
  reason:
    'The contact has become one with another one in MaK. Merge the two in the other system too.',
  field: null,
};
const REMOVED: WriteRefusal = {
  code: 'contact_gone',
  reason:
    'MaK has no such contact any more. Delete the person in the other system too, or empty its field with the id of MaK to take the person in anew.',
  field: null,
};

/**
 * People at clients, for other systems. A contact whose person was erased is read as if it were not there, and nothing that
 * another system says of it is taken over.
 */
@Injectable()
@ProvidesRecords({ entity: 'contact' })
export class ContactRecords implements WritableRecordSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  async read(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, MakRecord>> {
    return this.database.within({ tenantId }, async (tx) => {
      const known = await this.open(tx, tenantId, await findContactsById(tx, tenantId, ids));
      return new Map(known.map((one) => [one.row.id, recordOf(one)]));
    });
  }

  /** Those that deals name; others go out when a deal comes to name them, unless all are to. */
  async list(
    tenantId: string,
    after: string | null,
    limit: number,
    isWhole = false,
  ): Promise<readonly string[]> {
    return this.database.within({ tenantId }, (tx) =>
      listContacts(tx, tenantId, after, limit, isWhole),
    );
  }

  /** Nobody whom MaK has forgotten comes back because another system still knows them. */
  async gone(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, WriteRefusal>> {
    const { erased, joined } = await this.database.within({ tenantId }, async (tx) => ({
      erased: new Set((await findContactsById(tx, tenantId, ids)).map(({ id }) => id)),
      joined: new Set(await findJoinedContacts(tx, tenantId, ids)),
    }));
    const reason = (id: string): WriteRefusal => {
      if (erased.has(id)) return ERASED;
      return joined.has(id) ? JOINED : REMOVED;
    };
    return new Map(ids.map((id) => [id, reason(id)]));
  }

  /** Who is written may be erased, or turn out to be somebody else, at the same moment. */
  takeTurns(tx: Transaction, tenantId: string): Promise<void> {
    return lockPersons(tx, tenantId);
  }

  async write(
    tenantId: string,
    author: string,
    changes: readonly MakChange[],
  ): Promise<readonly Answer[]> {
    return this.database.within({ tenantId }, async (tx) => {
      const answers: Answer[] = [];
      for (const change of changes) answers.push(await this.one(tx, tenantId, author, change));
      return answers;
    });
  }

  private async one(
    tx: Transaction,
    tenantId: string,
    author: string,
    change: MakChange,
  ): Promise<Answer> {
    const { localId, values } = change;
    const refusal =
      contactRefusal(values) ?? (await this.companyRefusal(tx, tenantId, values['company']));
    if (refusal !== null) return { kind: 'refused', refusal };
    const twin = localId ?? (await this.twin(tx, tenantId, author, values));
    const [before] = twin === null ? [] : await this.known(tx, tenantId, twin);
    const id =
      twin === null
        ? await this.insert(tx, tenantId, author, values)
        : await this.update(tx, tenantId, author, before, change);
    if (typeof id !== 'string') return id;
    // Its id has to reach the other system, and what it had already.
    if (localId === null)
      this.feed.changedFor(tx, tenantId, author, 'contact', [
        { id, urgency: 'system', fields: [] },
      ]);
    this.feed.changedWhereKnown(tx, tenantId, 'contact', [{ id, urgency: 'system', fields: [] }]);
    const [known] = await this.open(tx, tenantId, await findContactsById(tx, tenantId, [id]));
    if (known === undefined) return { kind: 'moved' };
    const was = before === undefined ? {} : recordOf(before).values;
    const record = recordOf(known);
    const fields = changedContactFields(was, record.values);
    const { version } = record;
    const told = { id, version, clientId: known.row.client_id, fields, system: author };
    announceContact(tx, tenantId, told, await presentOf(tx, tenantId));
    return { kind: 'written', id, ...record };
  }

  /** The contact, held until the transaction ends. */
  private async known(tx: Transaction, tenantId: string, id: string): Promise<readonly Known[]> {
    return this.open(tx, tenantId, await findContactsById(tx, tenantId, [id], true));
  }

  private async companyRefusal(
    tx: Transaction,
    tenantId: string,
    company: Json | undefined,
  ): Promise<{ code: string; reason: string; field: string } | null> {
    if (company == null) return null;
    if (typeof company === 'string' && (await companyExists(tx, tenantId, company))) return null;
    return {
      code: 'unknown_client',
      reason: 'MaK does not have this company. See the journal of the company for why.',
      field: 'company',
    };
  }

  /** A contact with the same e-mail address that the other system does not know yet. */
  private async twin(
    tx: Transaction,
    tenantId: string,
    author: string,
    { email, company }: MakChange['values'],
  ): Promise<string | null> {
    if (typeof email !== 'string') return null;
    const keys = await this.vault.keysOf(tx, tenantId, { email });
    const [client] = uuidsOf([typeof company === 'string' ? company : null]);
    return contactTwin(tx, tenantId, author, keys, client ?? null);
  }

  /** A person without a company becomes a client. */
  private async insert(
    tx: Transaction,
    tenantId: string,
    author: string,
    values: MakChange['values'],
  ): Promise<string | Answer> {
    const contact = changedContact({}, values);
    const { name, email, phone } = contact;
    const label = name ?? email ?? phone;
    if (label === undefined) return nothingKnown();
    let client = values['company'];
    if (typeof client !== 'string') {
      client = newId();
      const fields = { ...NEW_CLIENT, kind: 'person' as const, name: label, source: author };
      await insertClient(tx, tenantId, client, fields);
      await saveKeys(tx, tenantId, client, [client], []);
      await Audit.recordFor(tx, tenantId, actor(author), 'client.created', 'client', client);
    }
    const id = newId();
    const seat = { id, client_id: client, seq: await nextSeat(tx, tenantId, client) };
    await this.save(tx, tenantId, { ...seat, position: positionOf(values, null) }, contact);
    await this.audit(tx, tenantId, author, client, Object.keys(values));
    return id;
  }

  private async update(
    tx: Transaction,
    tenantId: string,
    author: string,
    known: Known | undefined,
    { localId, values, version }: MakChange,
  ): Promise<string | Answer> {
    if (known === undefined) return { kind: 'moved' };
    const { row } = known;
    const { id } = row;
    const isNew = localId === null;
    if (!isNew && row.version !== version) return { kind: 'moved' };
    const contact = changedContact(known.contact, values);
    if (Object.keys(contact).length === 0) return nothingKnown();
    const { company } = values;
    const moves = !isNew && 'company' in values && company !== row.client_id;
    if (moves && row.client_kind === 'person')
      return refused(
        'contact_is_client',
        'The person is a client of its own in MaK. Make it a contact of the company there.',
        'company',
      );
    if (moves && typeof company !== 'string')
      return refused('company_required', 'A contact belongs to a company; choose one.', 'company');
    const client = moves && typeof company === 'string' ? company : row.client_id;
    const seq = moves ? await nextSeat(tx, tenantId, client) : row.seq;
    const seat = { id, client_id: client, seq, position: positionOf(values, row.position) };
    await this.save(tx, tenantId, seat, contact, row.client_kind === 'person' ? known : undefined);
    if (row.client_kind === 'person' && contact.name !== known.contact.name)
      await this.rename(tx, tenantId, client, contact.name);
    await this.audit(tx, tenantId, author, client, Object.keys(values));
    return id;
  }

  /** Who is a client is called by that name. */
  private async rename(
    tx: Transaction,
    tenantId: string,
    id: string,
    name: string | undefined,
  ): Promise<void> {
    const client = await findClient(tx, tenantId, id, true);
    if (client !== undefined && name !== undefined)
      await updateClient(tx, tenantId, id, { ...client, name });
  }

  private async save(
    tx: Transaction,
    tenantId: string,
    seat: { id: string; client_id: string; seq: number; position: string | null },
    open: OpenContact,
    person?: Known,
  ): Promise<void> {
    const contact = { ...open } as JsonObject;
    const [sealed] = await this.vault.seal(tx, tenantId, [{ contact }]);
    if (sealed === undefined) throw new Error('a contact was not sealed');
    const after = { ...seat, contact: sealed, key_id: sealedKeyOf(sealed) };
    const was = { ...person?.contact } as JsonObject;
    const before = { key_id: person?.row.key_id ?? after.key_id, contact: was };
    const change = { before, after, contact };
    await saveContacts(tx, tenantId, [await stayNamed(tx, tenantId, this.vault, change)]);
  }

  private async audit(
    tx: Transaction,
    tenantId: string,
    author: string,
    client: string,
    fields: readonly string[],
  ): Promise<void> {
    await Audit.recordFor(tx, tenantId, actor(author), 'client.edited', 'client', client, {
      fields: fields.map((field) => `contacts.${field}`),
    });
  }

  /** Leaves out those of erased people. */
  private async open(
    tx: Transaction,
    tenantId: string,
    rows: readonly SyncedContactRow[],
  ): Promise<readonly Known[]> {
    const opened = await this.vault.openForSystem(
      tx,
      tenantId,
      rows.map(({ contact }) => contact),
    );
    return rows.flatMap((row, index) => {
      const contact = storedContactSchema.safeParse(opened[index]?.['contact']).data;
      return contact === undefined ? [] : [{ row, contact }];
    });
  }
}

function recordOf({ row, contact }: Known): MakRecord {
  const company = row.client_kind === 'company' ? row.client_id : null;
  const own = { id: row.id, ...contactValues(contact), position: row.position };
  const values = { ...own, company, segments: [...row.segments] };
  return { values, version: row.version };
}

function positionOf({ position }: MakChange['values'], before: string | null): string | null {
  if (position === undefined) return before;
  return typeof position === 'string' ? position : null;
}

function nothingKnown(): Answer {
  return refused(
    'contact_empty',
    'A contact has a name, an e-mail address or a telephone number; write one.',
    null,
  );
}
