import type { KeyObject } from 'node:crypto';
import type { Json } from 'twenty-mak-domain';
import { v7 as uuidv7 } from 'uuid';
import type { Transaction } from '../../platform/database/index.ts';
import { identifiersOf } from './contact-fields.ts';
import { encrypt } from './person-crypto.ts';
import type { PersonCrypto } from './person-crypto.ts';
import { findCurrentKeys, insertAliases, insertKeys } from './persons.repository.ts';

/** A key of a person, ready for use. */
export interface OpenKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** What is stored instead of the contact. */
export function sealWith({ id, key }: OpenKey, contact: Json): Json {
  const box = encrypt(key, id, Buffer.from(JSON.stringify(contact))).toString('base64');
  return { sealed: { key: id, box } };
}

/** The people whom one batch speaks of. */
export class People {
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
    return sealWith(this.keyOf(this.personIds.get(contact)), contact);
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
