import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Json } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Principal } from '../../platform/auth/index.ts';
import { CONFIG } from '../../platform/config/config.module.ts';
import type { Config } from '../../platform/config/config.ts';
import type { Transaction } from '../../platform/database/index.ts';
import { Audit } from '../audit/index.ts';
import {
  contactsIn,
  hasContacts,
  identifiersOf,
  isSealed,
  replaceContacts,
} from './contact-fields.ts';
import type { EventData } from './contact-fields.ts';
import { decrypt, encrypt, PersonCrypto } from './person-crypto.ts';
import {
  findCurrentKeys,
  findKeys,
  findKeysOfAliases,
  insertAliases,
  insertKeys,
  shareAliases,
} from './persons.repository.ts';

/** A key of a person, ready for use. */
interface OpenKey {
  readonly id: string;
  readonly key: KeyObject;
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

  /** What this principal may see of stored events. `about` is what the audit log names as read. */
  async read(
    transaction: Transaction,
    principal: Principal,
    datas: readonly EventData[],
    about: {
      readonly entity: string;
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
      readonly entity: string;
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

  /** From now on whatever names one of these people, by their keys, names all of them: the erasure of one is that of all. */
  async samePerson(
    transaction: Transaction,
    tenantId: string,
    keyIds: readonly string[],
  ): Promise<void> {
    await shareAliases(transaction, tenantId, keyIds);
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

  /** Secret digest of a text, the same for equal texts of the tenant, to find them again by. */
  digest(tenantId: string, text: string): string {
    return this.crypto.digest(tenantId, text);
  }

  /** Contacts become `{"hidden": true}`. */
  mask(data: EventData): EventData {
    return hasContacts(data) ? replaceContacts(data, () => ({ hidden: true })) : data;
  }

  /** Decrypts contacts; those of an erased person become `{"erased": true}`. Callers outside must use `read`, `openForSystem` or `openForOwner`. */
  private async open(
    transaction: Transaction,
    tenantId: string,
    datas: readonly EventData[],
  ): Promise<readonly EventData[]> {
    const ids = datas.flatMap((data) =>
      contactsIn(data).flatMap((contact) => (isSealed(contact) ? [contact.sealed.key] : [])),
    );
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

/** The people whom one batch speaks of. */
class People {
  /** Pseudonym of the person → all pseudonyms that the batch uses for it. */
  private readonly aliases = new Map<string, Set<string>>();
  private readonly keys = new Map<string, OpenKey>();
  /** Keys that are new, by their ids. */
  private readonly made = new Map<string, KeyObject>();
  /** A contact without id, address and number is a person of its own. */
  private readonly personIds = new Map<Json, string>();

  constructor(
    private readonly crypto: PersonCrypto,
    private readonly tenantId: string,
  ) {}

  meet(contact: Json): void {
    const names = identifiersOf(contact).map((name) => this.crypto.pseudonym(this.tenantId, name));
    const personId = names[0] ?? uuidv7();
    this.personIds.set(contact, personId);
    const known = this.aliases.get(personId) ?? new Set();
    for (const name of names) known.add(name);
    this.aliases.set(personId, known);
  }

  async findKeys(transaction: Transaction): Promise<void> {
    const personIds = [...this.aliases.keys()];
    this.add(await findCurrentKeys(transaction, this.tenantId, personIds));
    const missing = personIds.filter((personId) => !this.keys.has(personId));
    if (missing.length > 0) {
      const rows = missing.map((personId) => {
        const id = uuidv7();
        const { key, wrapped } = this.crypto.newKey(this.tenantId, id);
        this.made.set(id, key);
        return { id, person_id: personId, wrapped_key: wrapped };
      });
      await insertKeys(transaction, this.tenantId, rows);
      // Read back: where another transaction was faster, its key is the one.
      this.add(await findCurrentKeys(transaction, this.tenantId, missing));
    }
    const aliases = [...this.aliases].flatMap(([personId, names]) =>
      [...names].map((alias) => ({ alias, keyId: this.keyOf(personId).id })),
    );
    if (aliases.length > 0) await insertAliases(transaction, this.tenantId, aliases);
  }

  seal(contact: Json): Json {
    const { id, key } = this.keyOf(this.personIds.get(contact));
    const box = encrypt(key, id, Buffer.from(JSON.stringify(contact))).toString('base64');
    return { sealed: { key: id, box } };
  }

  private add(rows: Awaited<ReturnType<typeof findCurrentKeys>>): void {
    for (const row of rows) {
      const key =
        this.made.get(row.id) ?? this.crypto.unwrap(this.tenantId, row.id, row.wrapped_key);
      this.keys.set(row.person_id, { id: row.id, key });
    }
  }

  private keyOf(personId: string | undefined): OpenKey {
    const key = personId === undefined ? undefined : this.keys.get(personId);
    if (key === undefined) throw new Error('a contact was sealed that was not met before');
    return key;
  }
}
