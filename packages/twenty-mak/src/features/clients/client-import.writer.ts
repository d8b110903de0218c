import { Inject, Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { ClientBook, metClients, refKey } from 'twenty-mak-domain';
import type {
  ClientContact,
  ClientDraft,
  ClientEntry,
  ImportedClient,
  JsonObject,
  RowOutcome,
} from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { Audit } from '../audit/index.ts';
import { columnOf } from '../imports/index.ts';
import type { DraftRow, ImportOrder, SeenKeys } from '../imports/index.ts';
import { ContactVault, lockPersons, sealedKeyOf } from '../persons/index.ts';
import { findContacts, saveContacts } from './client-contacts.repository.ts';
import type { ContactRow } from './client-contacts.repository.ts';
import { editedByPerson } from './client-contacts.ts';
import {
  addKeys,
  clientsOfKeys,
  findBySigns,
  insertClients,
  lockClientImports,
  ownersNamed,
  updateClients,
} from './client-import.repository.ts';
import { stayNamed } from './client-people.ts';
import { clientOf, peopleOf } from './merged-client.ts';

/** A contact that has to be written, and its place among those of its client. */
interface Seat {
  readonly clientId: string;
  readonly seq: number;
  readonly contact: ClientContact;
  /** Who is a client, and was known already: the person stays named by all that was known. */
  readonly before: ClientContact | null;
}

interface OpenBook {
  readonly book: ClientBook;
  /** Places of the contacts that are there, by their ids. */
  readonly places: ReadonlyMap<string, number>;
}

/** Rows of files as clients, batch by batch; the transaction must see the whole tenant. */
@Injectable()
export class ClientImportWriter {
  constructor(
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /** Enters a batch, or with `seen` says what would become of it: one outcome a row, in their order. */
  async enter(
    tx: Transaction,
    order: ImportOrder,
    seen: SeenKeys | null,
    rows: readonly DraftRow<ClientDraft>[],
  ): Promise<readonly RowOutcome[]> {
    const { tenantId, companyId, profile } = order;
    const { duplicates = 'reject' } = profile;
    const locks = seen === null && duplicates === 'update';
    await lockClientImports(tx, tenantId);
    // Connectors write clients in the tenant's turn, in an order of their own.
    if (seen === null) await lockPersons(tx, tenantId);
    if (locks) await lockTenant(tx, tenantId);
    const drafts = rows.map(({ draft }) => draft);
    const owners = await ownersNamed(
      tx,
      tenantId,
      drafts.flatMap(({ owner }) => owner?.toLowerCase() ?? []),
    );
    const { book, places } = await this.open(tx, order, drafts, seen, locks);
    const outcomes = rows.map(({ row, draft }): RowOutcome => {
      const owner = draft.owner === null ? companyId : owners.get(draft.owner.toLowerCase());
      if (owner === undefined) return outcomeOf(row, unknownOwner(draft), order);
      const entry = book.take(draft, owner, { client: newId(), contact: newId() });
      return outcomeOf(row, entry, order);
    });
    if (seen === null) await this.save(tx, order, { book, places });
    return outcomes;
  }

  /** The clients that drafts may mean; a company outside of the head office knows its own only. */
  private async open(
    tx: Transaction,
    { tenantId, companyId, profile: { duplicates = 'reject' } }: ImportOrder,
    drafts: readonly ClientDraft[],
    seen: SeenKeys | null,
    lock: boolean,
  ): Promise<OpenBook> {
    const refs = drafts.flatMap(({ externalRef }) => externalRef ?? []);
    const keys = new Map(refs.map((ref) => [`${ref.system}:${ref.id}`, refKey(ref)]));
    const contacts = drafts.flatMap(({ contact }) => contact ?? []);
    const personKeys = await this.vault.keysOf(tx, tenantId, {
      emails: [...new Set(contacts.flatMap(({ email }) => email ?? []))],
      phones: [...new Set(contacts.flatMap(({ phone }) => phone ?? []))],
    });
    const names = drafts.flatMap(({ kind, name }) =>
      kind === 'person' || name === null ? [] : [name.toLowerCase()],
    );
    const signs = { refs: [...keys.keys()], personKeys, names: [...new Set(names)] };
    const rows = await findBySigns(tx, tenantId, signs, companyId, lock);
    const known = await findContacts(
      tx,
      tenantId,
      rows.map(({ id }) => id),
    );
    const people = await peopleOf(this.vault, tx, tenantId, known);
    const named = await clientsOfKeys(tx, tenantId, signs.refs);
    const book = new ClientBook(
      rows.map((row) => clientOf(row, people.get(row.id) ?? [])),
      duplicates,
      {
        named: new Map(named.map(({ key, client_id: id }) => [keys.get(key) ?? key, id])),
        ...(seen === null ? {} : { met: metClients(seen, duplicates) }),
      },
    );
    return { book, places: new Map(known.map(({ id, seq }) => [id, seq])) };
  }

  private async save(
    tx: Transaction,
    order: ImportOrder,
    { book, places }: OpenBook,
  ): Promise<void> {
    const { tenantId, importId, startedBy } = order;
    const created = book.created();
    const changed = book
      .changed()
      .filter(({ before, after }) => fieldsOf(before, after).length > 0);
    const updated = changed.map(({ after }) => after);
    await insertClients(tx, tenantId, created);
    await updateClients(tx, tenantId, updated);
    const taken = await addKeys(tx, tenantId, [...created, ...updated].flatMap(keysOf));
    // Somebody has linked it meanwhile; tried again, the file finds that client.
    if (taken.length > 0) throw new Error('an outer id of a file was given to another client');
    const seats = [
      ...created.flatMap((client) => seatsOf(client, [], places)),
      ...changed.flatMap(({ before, after }) => seatsOf(after, before.contacts, places)),
    ];
    const regrouped = changed
      .filter(({ before, after }) => !isDeepStrictEqual(before.segments, after.segments))
      .flatMap(({ before }) => before.contacts.map(({ id }) => id));
    await this.saveContacts(tx, tenantId, seats, regrouped);
    this.feed.changedWhereKnown(
      tx,
      tenantId,
      'company',
      editedByPerson(updated.map(({ id }) => id)),
    );
    await Audit.recordMany(tx, tenantId, startedBy, 'client', [
      ...created.map(({ id }) => ({
        action: 'client.created' as const,
        entityId: id,
        detail: { import: importId },
      })),
      ...changed.map(({ before, after }) => ({
        action: 'client.edited' as const,
        entityId: after.id,
        detail: { import: importId, fields: fieldsOf(before, after) },
      })),
    ]);
  }

  /** Who was sealed stays sealed as before; only what is new is sealed. */
  private async saveContacts(
    tx: Transaction,
    tenantId: string,
    seats: readonly Seat[],
    regrouped: readonly string[],
  ): Promise<void> {
    const sealed = await this.vault.seal(
      tx,
      tenantId,
      seats.map(({ contact: { details } }) => ({ contact: { ...details } as JsonObject })),
    );
    const rows: ContactRow[] = [];
    for (const [index, { clientId, seq, contact: one, before }] of seats.entries()) {
      const box = sealed[index] ?? {};
      const { id, position } = one;
      const seat = { id, client_id: clientId, seq, position };
      const after = { ...seat, contact: box, key_id: sealedKeyOf(box) };
      const contact = { ...one.details } as JsonObject;
      const was = { ...before?.details } as JsonObject;
      const known = { key_id: before?.person ?? after.key_id, contact: was };
      const change = { before: known, after, contact };
      rows.push(await stayNamed(tx, tenantId, this.vault, change));
    }
    await saveContacts(tx, tenantId, rows);
    const changed = new Set([...rows.map(({ id }) => id), ...regrouped]);
    this.feed.changedWhereKnown(tx, tenantId, 'contact', editedByPerson([...changed]));
  }
}

/** Contacts that were not there, or have learned something; new ones come last. */
function seatsOf(
  { id: clientId, kind, contacts }: ImportedClient,
  before: readonly ClientContact[],
  places: ReadonlyMap<string, number>,
): readonly Seat[] {
  const known = new Map(before.map((contact) => [contact.id, contact]));
  let last = Math.max(-1, ...contacts.map(({ id }) => places.get(id) ?? -1));
  return contacts.flatMap((contact) => {
    const seq = places.get(contact.id) ?? (last += 1);
    const was = known.get(contact.id);
    const before = kind === 'person' ? (was ?? null) : null;
    return isSame(contact, was) ? [] : [{ clientId, seq, contact, before }];
  });
}

function isSame(one: ClientContact, other: ClientContact | undefined): boolean {
  return (
    other !== undefined &&
    one.position === other.position &&
    isDeepStrictEqual(one.details, other.details)
  );
}

/** Names of the fields that differ, as edits call them. */
function fieldsOf(before: ImportedClient, after: ImportedClient): readonly string[] {
  const fields = Object.keys(after.values).filter(
    (name) => after.values[name] !== before.values[name],
  );
  const others = { segments: 'segments', externalRefs: 'external_refs', attributes: 'attributes' };
  for (const [name, field] of Object.entries(others) as [keyof typeof others, string][])
    if (!isDeepStrictEqual(after[name], before[name])) fields.push(field);
  if (seatsOf(after, before.contacts, new Map()).length > 0) fields.push('contacts');
  return fields;
}

function keysOf({ id, externalRefs }: ImportedClient) {
  return [
    { key: id, clientId: id, own: true },
    ...externalRefs.flatMap((ref) => [
      { key: `${ref.system}:${ref.id}`, clientId: id, own: true },
      { key: ref.id, clientId: id, own: false },
    ]),
  ];
}

function outcomeOf(row: number, entry: ClientEntry, { profile }: ImportOrder): RowOutcome {
  if (entry.result !== 'rejected') return { row, result: entry.result };
  const { code, reason, field } = entry.refusal;
  return { row, result: 'rejected', errors: [{ column: columnOf(profile, field), code, reason }] };
}

function unknownOwner({ owner }: ClientDraft): ClientEntry {
  return {
    result: 'rejected',
    refusal: {
      code: 'unknown_owner',
      reason: `No one account is called ${owner?.slice(0, 80)}. Write its e-mail address.`,
      field: 'owner',
    },
  };
}
