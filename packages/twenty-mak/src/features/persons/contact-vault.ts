import { Inject, Injectable } from '@nestjs/common';
import type { Json } from 'twenty-mak-domain';
import type { Principal } from '../../platform/auth/index.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { newId } from '../../platform/ids/index.ts';
import { Audit } from '../audit/index.ts';
import type { AuditEntity } from '../audit/index.ts';
import {
  contactsIn,
  hasContacts,
  identifiersOf,
  isPhone,
  isSealed,
  replaceContacts,
  sealedKeysIn,
} from './contact-fields.ts';
import type { EventData } from './contact-fields.ts';
import { People, sealWith } from './people.ts';
import type { OpenKey } from './people.ts';
import { decrypt, PersonCrypto } from './person-crypto.ts';
import {
  findCurrentKeys,
  findKeys,
  findKeysOfAliases,
  insertAliases,
  insertKeys,
  insertPeople,
  retireKeys,
  shareAliases,
} from './persons.repository.ts';
import type { NamedKey } from './persons.repository.ts';

/** A contact that was opened. */
export interface OpenContact {
  readonly id: string;
  readonly keyId: string;
  readonly contact: Json;
}

/** A contact of somebody new, sealed with a key that is not stored yet. */
export interface NewPerson extends NamedKey {
  readonly contact: Json;
}

/**
 * Contact data of events (`contact`, `contacts[]` anywhere in `data`) is stored encrypted with a key of its own per
 * person.
 *
 * - `seal(tx, tenantId, datas)` before storing events: the same list with contacts encrypted. No statement runs when
 *   there is no contact, at most four for a batch of any size when there are.
 * - `read(tx, principal, datas, about)` before showing them: opened and audited with the scope `persons:read`, else masked.
 * - `mask(data)` where contacts must not appear at all.
 */
@Injectable()
export class ContactVault {
  private readonly crypto: PersonCrypto;

  constructor(@Inject(CONFIG) config: Config) {
    this.crypto = new PersonCrypto(config.MAK_SECRET_KEY);
  }

  /** Encrypts the contacts of a batch of one tenant. The transaction must be one of this tenant and store the result. */
  async seal<Data extends EventData>(
    transaction: Transaction,
    tenantId: string,
    datas: readonly Data[],
  ): Promise<readonly EventData[]> {
    if (!datas.some(hasContacts)) return datas;
    const people = new People(this.crypto, tenantId);
    for (const data of datas) for (const contact of contactsIn(data)) people.meet(contact);
    await people.findKeys(transaction);
    return datas.map((data) =>
      hasContacts(data) ? replaceContacts(data, (contact) => people.seal(contact)) : data,
    );
  }

  /**
   * Encrypts the contact of somebody whom nobody can have named before, because it has an id that was just made. No statement
   * runs, so it can be done before a turn is waited for. `saveNew` has to store the key with the contact.
   */
  sealNew(tenantId: string, contact: Json): NewPerson {
    const names = identifiersOf(contact).map((name) => this.crypto.pseudonym(tenantId, name));
    const id = newId();
    const { key, wrapped: wrapped_key } = this.crypto.newKey(tenantId, id);
    return {
      id,
      person_id: names[0] ?? newId(),
      wrapped_key,
      aliases: [...new Set(names)],
      contact: sealWith({ id, key }, contact),
    };
  }

  /** Stores the keys of new people, by two statements whatever their number. */
  saveNew(transaction: Transaction, tenantId: string, people: readonly NewPerson[]): void {
    insertPeople(transaction, tenantId, people);
  }

  /** What this principal may see of stored events. `about` is what the audit log names as read. */
  async read(
    transaction: Transaction,
    principal: Principal,
    datas: readonly EventData[],
    about: {
      readonly entity: AuditEntity;
      readonly id: string | null;
      readonly ids?: readonly string[];
    },
  ): Promise<readonly EventData[]> {
    if (!datas.some(hasContacts)) return datas;
    if (!principal.scopes.has('persons:read')) return datas.map((data) => this.mask(data));
    return this.readOwn(transaction, principal, datas, about);
  }

  /**
   * The same for contacts that the principal may see for another reason, e.g. because the record is its own; the caller has
   * made sure of it. Audited as `read`.
   */
  async readOwn(
    transaction: Transaction,
    principal: Principal,
    datas: readonly EventData[],
    about: {
      readonly entity: AuditEntity;
      readonly id: string | null;
      readonly ids?: readonly string[];
    },
  ): Promise<readonly EventData[]> {
    if (!datas.some(hasContacts)) return datas;
    const opened = await this.open(transaction, principal.tenantId, datas);
    await Audit.record(transaction, principal, 'person.read', about.entity, about.id, {
      events: datas.filter(hasContacts).length,
      ...(about.ids === undefined ? {} : { ids: about.ids }),
    });
    return opened;
  }

  /**
   * Opened contacts for another system that the tenant has connected: no look by a person, so the journal of the connector
   * tells of it and not the audit log. Those of erased people become `{"erased": true}`.
   */
  openForSystem(
    transaction: Transaction,
    tenantId: string,
    datas: readonly EventData[],
  ): Promise<readonly EventData[]> {
    return this.open(transaction, tenantId, datas);
  }

  /**
   * Opened contacts for those whom they are of, and for decisions about them: no look by somebody else, so the audit log
   * tells of what is done and not of this. Those of erased people become `{"erased": true}`.
   */
  openForOwner(
    transaction: Transaction,
    tenantId: string,
    datas: readonly EventData[],
  ): Promise<readonly EventData[]> {
    return this.open(transaction, tenantId, datas);
  }

  /**
   * These contacts are of one person from now on: whatever names one of them names all, and the erasure of one is that of all.
   * Keys in `foreign` are those of others too, who must not be erased with this person: contacts under them are sealed anew
   * with a key of this person, and these are given, by id. Take `lockPersons` first.
   */
  async samePerson(
    transaction: Transaction,
    tenantId: string,
    contacts: readonly OpenContact[],
    foreign: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, EventData>> {
    if (contacts.length < 2) return new Map();
    const keys = [...new Set(contacts.map(({ keyId }) => keyId))];
    const there = new Set((await findKeys(transaction, tenantId, keys)).map(({ id }) => id));
    const own = keys.filter((id) => there.has(id) && !foreign.has(id));
    const moved = contacts.filter(({ keyId }) => foreign.has(keyId));
    const sealed = new Map<string, EventData>();
    if (moved.length > 0) {
      const { id: keyId, key } = await this.keyFor(transaction, tenantId, own[0]);
      for (const { id, contact } of moved)
        sealed.set(id, { contact: sealWith({ id: keyId, key }, contact) });
      const aliases = moved
        .flatMap(({ contact }) => identifiersOf(contact))
        .map((name) => ({ alias: this.crypto.pseudonym(tenantId, name), keyId }));
      await insertAliases(transaction, tenantId, aliases);
    }
    if (own.length === 0) return sealed;
    await shareAliases(transaction, tenantId, own);
    // An office has one telephone: who is known by nothing else later need not be this person.
    const phones = contacts
      .flatMap(({ contact }) => identifiersOf(contact))
      .filter(isPhone)
      .map((name) => this.crypto.pseudonym(tenantId, name));
    await retireKeys(transaction, tenantId, own, phones);
    return sealed;
  }

  /** Keys of everybody who was ever named as this contact is: by id, e-mail address or telephone number. */
  async keysOf(
    transaction: Transaction,
    tenantId: string,
    contact: Json,
  ): Promise<readonly string[]> {
    const names = identifiersOf(contact).map((name) => this.crypto.pseudonym(tenantId, name));
    return findKeysOfAliases(transaction, tenantId, names);
  }

  /** Keys by which people who are named as one of these contacts by a telephone alone are sealed; several may have it. */
  async keysByPhone(
    transaction: Transaction,
    tenantId: string,
    contacts: readonly Json[],
  ): Promise<readonly string[]> {
    const phones = contacts
      .flatMap((contact) => identifiersOf(contact))
      .filter(isPhone)
      .map((name) => this.crypto.pseudonym(tenantId, name));
    if (phones.length === 0) return [];
    return (await findCurrentKeys(transaction, tenantId, phones)).map(({ id }) => id);
  }

  /** Secret digest of a text, the same for equal texts of the tenant, to find them again by. */
  digest(tenantId: string, text: string): string {
    return this.crypto.digest(tenantId, text);
  }

  /** Contacts become `{"hidden": true}`. */
  mask(data: EventData): EventData {
    return hasContacts(data) ? replaceContacts(data, () => ({ hidden: true })) : data;
  }

  /** The key with this id, or without one a new key that no name finds. */
  private async keyFor(
    transaction: Transaction,
    tenantId: string,
    id: string | undefined,
  ): Promise<OpenKey> {
    if (id === undefined) {
      const made = newId();
      const { key, wrapped } = this.crypto.newKey(tenantId, made);
      const row = { id: made, person_id: newId(), wrapped_key: wrapped };
      await insertKeys(transaction, tenantId, [row]);
      return { id: made, key };
    }
    const [row] = await findKeys(transaction, tenantId, [id]);
    if (row === undefined) throw new Error('a contact was to be sealed with an erased key');
    return { id, key: this.crypto.unwrap(tenantId, id, row.wrapped_key) };
  }

  /** Decrypts contacts; those of an erased person become `{"erased": true}`. Callers outside must use `read`, `openForSystem` or `openForOwner`. */
  private async open(
    transaction: Transaction,
    tenantId: string,
    datas: readonly EventData[],
  ): Promise<readonly EventData[]> {
    const ids = datas.flatMap(sealedKeysIn);
    const rows = await findKeys(transaction, tenantId, [...new Set(ids)]);
    const keys = new Map(
      rows.map((row) => [row.id, this.crypto.unwrap(tenantId, row.id, row.wrapped_key)]),
    );
    const openOne = (contact: Json): Json => {
      if (!isSealed(contact)) return { hidden: true };
      const key = keys.get(contact.sealed.key);
      if (key === undefined) return { erased: true };
      const box = Buffer.from(contact.sealed.box, 'base64');
      return JSON.parse(decrypt(key, contact.sealed.key, box).toString()) as Json;
    };
    return datas.map((data) => (hasContacts(data) ? replaceContacts(data, openOne) : data));
  }
}
