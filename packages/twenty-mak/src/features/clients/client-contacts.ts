import { Inject, Injectable } from '@nestjs/common';
import type { Json, JsonObject } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { RefusalError } from '../../platform/errors/index.ts';
import { creationId } from '../../platform/idempotency/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import type { ChangedRecord } from '../../platform/records/index.ts';
import { ContactVault, sealedKeyOf } from '../persons/index.ts';
import { deleteContacts, findContacts, ownOf, saveContacts } from './client-contacts.repository.ts';
import type { ContactRow } from './client-contacts.repository.ts';
import { stayNamed } from './client-people.ts';
import { storedContactSchema } from './clients.dto.ts';
import type { ContactAnswer, ContactBody } from './clients.dto.ts';
import type { ClientRow } from './clients.repository.ts';
import { peopleOf } from './merged-client.ts';

/**
 * People at clients. Who they are is sealed with a key per person, and every look at it is audited. A company knows who its
 * own clients are; else it takes the permission.
 */
@Injectable()
export class ClientContacts {
  constructor(
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /** Makes these the contacts of the client, in this order; take `lockPersons` first. Refuses with `unknown_contact`. */
  async replace(
    tx: Transaction,
    tenantId: string,
    { id: clientId, kind }: Pick<ClientRow, 'id' | 'kind'>,
    contacts: readonly ContactBody[],
  ): Promise<void> {
    const known = new Map(
      (await findContacts(tx, tenantId, [clientId])).map((row) => [row.id, row] as const),
    );
    const unknown = contacts.findIndex(({ id }) => id !== undefined && !known.has(id));
    if (unknown >= 0) throw unknownContact(unknown);
    const written = contacts.map(({ id, position, ...contact }) => ({
      id: id ?? creationId(),
      position: position === undefined ? (known.get(id ?? '')?.position ?? null) : position,
      contact: defined(contact),
    }));
    const isNew = ({ contact }: { contact: JsonObject }): boolean =>
      Object.keys(contact).length > 0;
    const sealed = await this.vault.seal(
      tx,
      tenantId,
      written.filter(isNew).map(({ contact }) => ({ contact })),
    );
    const people =
      kind === 'person' ? await this.whoTheyAre(tx, tenantId, [...known.values()]) : null;
    const boxes = sealed.values();
    const rows: ContactRow[] = [];
    for (const [seq, one] of written.entries()) {
      const { id, position, contact } = one;
      const before = known.get(id);
      if (!isNew(one) && before !== undefined) {
        rows.push({ ...before, position, seq });
        continue;
      }
      const data = boxes.next().value ?? {};
      const seat = { id, client_id: clientId, seq, position };
      const after = { ...seat, contact: data, key_id: sealedKeyOf(data) };
      const was = people?.get(id);
      if (before === undefined || was === undefined) {
        rows.push(after);
        continue;
      }
      const change = { before: { key_id: before.key_id, contact: was }, after, contact };
      rows.push(await stayNamed(tx, tenantId, this.vault, change));
    }
    const ids = rows.map(({ id }) => id);
    const deleted = await deleteContacts(tx, tenantId, clientId, ids);
    await saveContacts(tx, tenantId, rows);
    this.feed.changedWhereKnown(tx, tenantId, 'contact', editedByPerson([...deleted, ...ids]));
  }

  /** Tells connectors that the client of these people belongs to other segments. */
  async regrouped(tx: Transaction, tenantId: string, clientId: string): Promise<void> {
    const rows = await findContacts(tx, tenantId, [clientId]);
    this.feed.changedWhereKnown(
      tx,
      tenantId,
      'contact',
      rows.map(({ id }) => ({ id, urgency: 'person', fields: ['segments'] })),
    );
  }

  private async whoTheyAre(
    tx: Transaction,
    tenantId: string,
    rows: readonly ContactRow[],
  ): Promise<ReadonlyMap<string, JsonObject>> {
    const people = [...(await peopleOf(this.vault, tx, tenantId, rows)).values()].flat();
    return new Map(people.map(({ id, details }) => [id, { ...details } as JsonObject]));
  }

  /** The same as `read` for many clients, with one entry of the audit log. */
  async readMany(
    tx: Transaction,
    principal: Principal,
    clientIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ContactAnswer[]>> {
    const rows = await findContacts(tx, principal.tenantId, clientIds);
    const own = await ownOf(tx, principal, clientIds);
    const answers = new Map<string, ContactAnswer[]>();
    for (const part of Map.groupBy(rows, ({ client_id: id }) => own.has(id)).values()) {
      const ids = [...new Set(part.map(({ client_id: id }) => id))];
      const opened = await this.open(tx, principal, own, part, { entity: 'client', id: null, ids });
      for (const [index, { client_id: id }] of part.entries()) {
        const answer = opened[index];
        if (answer !== undefined) answers.set(id, [...(answers.get(id) ?? []), answer]);
      }
    }
    return answers;
  }

  /** Contacts of clients as the principal may see them, by client. */
  async read(
    tx: Transaction,
    principal: Principal,
    clientIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly ContactAnswer[]>> {
    const rows = await findContacts(tx, principal.tenantId, clientIds);
    const own = await ownOf(tx, principal, clientIds);
    const answers = new Map<string, readonly ContactAnswer[]>();
    for (const [id, part] of Map.groupBy(rows, (row) => row.client_id))
      answers.set(id, await this.open(tx, principal, own, part, { entity: 'client', id }));
    return answers;
  }

  /** Contacts of clients that are all among `own`, or none of them. */
  private async open(
    tx: Transaction,
    principal: Principal,
    own: ReadonlySet<string>,
    rows: readonly ContactRow[],
    about: Parameters<ContactVault['read']>[3],
  ): Promise<readonly ContactAnswer[]> {
    const datas = rows.map(({ contact }) => contact);
    const isOwn = rows.some(({ client_id: id }) => own.has(id));
    const opened = isOwn
      ? await this.vault.readOwn(tx, principal, datas, about)
      : await this.vault.read(tx, principal, datas, about);
    return rows.map((row, index) => contactAnswer(row, opened[index]?.['contact'] ?? null));
  }
}

function contactAnswer({ id, position }: ContactRow, opened: Json): ContactAnswer {
  const nothing = { name: null, email: null, phone: null, messengers: [] };
  const state = stateOf(opened);
  if (state !== 'open') return { id, position, state, ...nothing };
  const {
    name = null,
    email = null,
    phone = null,
    messengers = [],
  } = storedContactSchema.parse(opened);
  return { id, position, state, name, email, phone, messengers };
}

function stateOf(opened: Json): ContactAnswer['state'] {
  if (typeof opened !== 'object' || opened === null || Array.isArray(opened)) return 'hidden';
  if ('erased' in opened) return 'erased';
  return 'hidden' in opened ? 'hidden' : 'open';
}

function defined(contact: Omit<ContactBody, 'id' | 'position'>): JsonObject {
  return Object.fromEntries(
    Object.entries(contact).filter(
      (member): member is [string, Exclude<(typeof member)[1], undefined>] =>
        member[1] !== undefined,
    ),
  );
}

/** What connectors hear of records that a person changed. */
export function editedByPerson(ids: readonly string[]): readonly ChangedRecord[] {
  return ids.map((id) => ({ id, urgency: 'person', fields: [] }));
}

function unknownContact(index: number): RefusalError {
  return new RefusalError({
    code: 'unknown_contact',
    reason: 'The client has no contact with this id. Leave the id out to add one.',
    field: `contacts.${index}.id`,
  });
}
