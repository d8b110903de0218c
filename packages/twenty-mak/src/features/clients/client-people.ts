import type { Json, JsonObject } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { sealedKeyOf } from '../persons/index.ts';
import type { ContactVault } from '../persons/index.ts';
import type { ContactRow } from './client-contacts.repository.ts';
import { keysOfOthers } from './client-merge.repository.ts';

/** A contact of a client who is a person, before and after a change. */
export interface ChangedPerson {
  readonly before: Pick<ContactRow, 'key_id'> & { readonly contact: JsonObject };
  readonly after: ContactRow;
  /** Who it is now. */
  readonly contact: JsonObject;
}

/** Of the keys of these contacts those of others too, who must not be erased with whom the contacts are of. */
export async function foreignKeys(
  tx: Transaction,
  tenantId: string,
  vault: ContactVault,
  contacts: readonly { readonly keyId: string; readonly contact: Json }[],
  clientIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const opened = contacts.map(({ contact }) => contact);
  const byPhone = await vault.keysByPhone(tx, tenantId, opened);
  const keys = contacts.map(({ keyId }) => keyId);
  return keysOfOthers(tx, tenantId, keys, byPhone, clientIds);
}

/**
 * Whatever named the person before names the person still: an erasure by an address that was corrected since reaches the
 * contact. A key of others is none to keep. Gives the contact, sealed accordingly. Take `lockPersons` first.
 */
export async function stayNamed(
  tx: Transaction,
  tenantId: string,
  vault: ContactVault,
  { before, after, contact }: ChangedPerson,
): Promise<ContactRow> {
  if (before.key_id === after.key_id) return after;
  const was = { id: '', keyId: before.key_id, contact: before.contact };
  const is = { id: after.id, keyId: after.key_id, contact };
  const foreign = await foreignKeys(tx, tenantId, vault, [was, is], [after.client_id]);
  if (foreign.has(before.key_id)) return after;
  const sealed = (await vault.samePerson(tx, tenantId, [was, is], foreign)).get(after.id);
  return sealed === undefined ? after : { ...after, contact: sealed, key_id: sealedKeyOf(sealed) };
}
