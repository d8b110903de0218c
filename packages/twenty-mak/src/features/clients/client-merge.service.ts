import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { mergeClients } from 'twenty-mak-domain';
import type { JsonObject, MergedClient } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { Database } from '../../platform/database/index.ts';
import type { Transaction } from '../../platform/database/index.ts';
import {
  accepted,
  forbidden,
  notFound,
  RefusalError,
  staleVersion,
} from '../../platform/errors/index.ts';
import { RecordFeed } from '../../platform/records/index.ts';
import { lockTenant } from '../../platform/tenancy/index.ts';
import { Audit } from '../audit/index.ts';
import { ContactVault, lockPersons, sealedKeyOf } from '../persons/index.ts';
import { deleteContacts, findContacts, saveContacts } from './client-contacts.repository.ts';
import type { ContactRow } from './client-contacts.repository.ts';
import { editedByPerson } from './client-contacts.ts';
import type { MergeClient } from './client-merge.dto.ts';
import {
  absorbClient,
  DEALS_OF_KEYS,
  joinContactRows,
  keysOfClient,
} from './client-merge.repository.ts';
import { foreignKeys } from './client-people.ts';
import { clientAnswer } from './clients.dto.ts';
import { findClient, setArchived, updateClient } from './clients.repository.ts';
import type { ClientRow } from './clients.repository.ts';
import { refuseMerged } from './clients.service.ts';
import { clientOf, peopleOf } from './merged-client.ts';
import type { ClientValues } from './merged-client.ts';

/** A client with its contacts, opened. */
interface Side {
  readonly row: ClientRow;
  readonly contacts: readonly ContactRow[];
  readonly client: MergedClient<ClientValues>;
}

/** Two clients that turn out to be one. */
@Injectable()
export class ClientMergeService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ContactVault) private readonly vault: ContactVault,
    @Inject(RecordFeed) private readonly feed: RecordFeed,
  ) {}

  /**
   * Merges client `id` into another one and gives that one, which has the deals, contacts, outer ids and history of both. The
   * first stays as a sign that points to it. Refuses as `mergeClients` does, with `client_merged`, `client_erased`,
   * `stale_version` or `not_found`.
   */
  async merge(
    principal: Principal,
    id: string,
    { version, into, choices }: MergeClient,
  ): Promise<ClientRow> {
    const { tenantId, restrictedTo } = principal;
    if (restrictedTo !== undefined) throw forbidden('Only the office merges clients.');
    return this.database.within({ tenantId }, async (tx) => {
      await lockPersons(tx, tenantId);
      // Connectors write contacts and clients in the tenant's turn, in an order of their own.
      await lockTenant(tx, tenantId);
      const sent = { version, into };
      const wanted = new Map([[into.id, into.version]]).set(id, version);
      const rows = new Map<string, ClientRow>();
      for (const one of [...wanted.keys()].toSorted())
        rows.set(one, await this.hold(tx, tenantId, one, wanted.get(one) ?? 0, sent));
      const absorbed = await this.sideOf(tx, tenantId, rows.get(id));
      const survivor = await this.sideOf(tx, tenantId, rows.get(into.id));
      const { segments, attributes, ...values } = choices;
      const merged = accepted(
        mergeClients(survivor.client, absorbed.client, { values, segments, attributes }),
      );
      return this.save(tx, principal, merged, survivor, absorbed);
    });
  }

  private async hold(
    tx: Transaction,
    tenantId: string,
    id: string,
    version: number,
    sent: object,
  ): Promise<ClientRow> {
    const row = await findClient(tx, tenantId, id, true);
    if (row === undefined) throw notFound('client');
    refuseMerged(row);
    if (row.version !== version) throw staleVersion(clientAnswer(row), sent);
    return row;
  }

  private async sideOf(
    tx: Transaction,
    tenantId: string,
    row: ClientRow | undefined,
  ): Promise<Side> {
    if (row === undefined) throw notFound('client');
    const contacts = await findContacts(tx, tenantId, [row.id]);
    const people = (await peopleOf(this.vault, tx, tenantId, contacts)).get(row.id) ?? [];
    if (row.kind === 'person' && people.some(({ details }) => details === null)) throw erasedOne();
    return { row, contacts, client: clientOf(row, people) };
  }

  private async save(
    tx: Transaction,
    principal: Principal,
    merged: MergedClient<ClientValues>,
    survivor: Side,
    absorbed: Side,
  ): Promise<ClientRow> {
    const { tenantId } = principal;
    const [stayId, goId] = [survivor.row.id, absorbed.row.id];
    const keys = await keysOfClient(tx, tenantId, goId);
    this.feed.changedWhereKnown(tx, tenantId, 'company', editedByPerson([stayId, goId]));
    await this.saveContacts(tx, tenantId, merged, survivor, absorbed);
    await absorbClient(tx, tenantId, goId, stayId);
    const { values, kind, segments, externalRefs, attributes, archived } = merged;
    let row = await updateClient(tx, tenantId, stayId, {
      ...values,
      ...{ kind, attributes, segments: [...segments], external_refs: [...externalRefs] },
    });
    if (archived !== (row.archived_at !== null))
      row = await setArchived(tx, tenantId, stayId, archived);
    this.feed.changedRows(tx, tenantId, DEALS_OF_KEYS, [keys]);
    await Audit.record(tx, principal, 'client.merged', 'client', stayId, { absorbed: goId });
    return row;
  }

  /** Who was sealed stays sealed as before; only a contact that has learned something is sealed anew. */
  private async saveContacts(
    tx: Transaction,
    tenantId: string,
    merged: MergedClient,
    survivor: Side,
    absorbed: Side,
  ): Promise<void> {
    const before = new Map(
      [...survivor.client.contacts, ...absorbed.client.contacts].map((one) => [one.id, one]),
    );
    const known = new Map([...survivor.contacts, ...absorbed.contacts].map((row) => [row.id, row]));
    const seats: ContactRow[] = [];
    for (const [seq, { id, position, details }] of merged.contacts.entries()) {
      const row = known.get(id);
      if (row === undefined) throw new Error('a contact was merged that is of neither client');
      const learned =
        details !== null && !isDeepStrictEqual(details, before.get(id)?.details ?? null);
      const seat = { ...row, client_id: merged.id, seq, position };
      seats.push(learned ? { ...seat, ...(await this.sealed(tx, tenantId, details)) } : seat);
    }
    const sealed =
      merged.kind === 'person' ? await this.asOne(tx, tenantId, merged, seats, absorbed) : seats;
    const rows = sealed.filter((seat) => !isDeepStrictEqual(seat, known.get(seat.id)));
    await saveContacts(tx, tenantId, rows);
    const pairs = merged.contacts.flatMap(({ id: stays, joined }) =>
      joined.map((goes) => ({ goes, stays })),
    );
    await joinContactRows(tx, tenantId, pairs);
    const deleted = await deleteContacts(tx, tenantId, absorbed.row.id, []);
    const isRegrouped = !isDeepStrictEqual(merged.segments, survivor.row.segments);
    const changed = [...(isRegrouped ? seats : rows).map(({ id }) => id), ...deleted];
    this.feed.changedWhereKnown(tx, tenantId, 'contact', editedByPerson(changed));
  }

  /** Whoever asks by one name to be forgotten is forgotten under the other ones too. Gives the contacts, sealed accordingly. */
  private async asOne(
    tx: Transaction,
    tenantId: string,
    merged: MergedClient,
    seats: readonly ContactRow[],
    absorbed: Side,
  ): Promise<readonly ContactRow[]> {
    const keyOf = new Map(seats.map(({ id, key_id: key }) => [id, key]));
    const contacts = merged.contacts.map(({ id, details }) => {
      return { id, keyId: keyOf.get(id) ?? '', contact: { ...details } as JsonObject };
    });
    const clients = [merged.id, absorbed.row.id];
    const foreign = await foreignKeys(tx, tenantId, this.vault, contacts, clients);
    const sealed = await this.vault.samePerson(tx, tenantId, contacts, foreign);
    return seats.map((seat) => {
      const contact = sealed.get(seat.id);
      return contact === undefined ? seat : { ...seat, contact, key_id: sealedKeyOf(contact) };
    });
  }

  private async sealed(
    tx: Transaction,
    tenantId: string,
    details: object,
  ): Promise<Pick<ContactRow, 'contact' | 'key_id'>> {
    const [contact] = await this.vault.seal(tx, tenantId, [
      { contact: { ...details } as JsonObject },
    ]);
    if (contact === undefined) throw new Error('a contact was not sealed');
    return { contact, key_id: sealedKeyOf(contact) };
  }
}

function erasedOne(): RefusalError {
  return new RefusalError(
    {
      code: 'client_erased',
      reason: 'The person of one of them was erased, and nobody can tell whether they are one.',
    },
    409,
  );
}
