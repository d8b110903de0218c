import type { JsonObject } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import { sealedKeyOf } from '../persons/index.ts';
import type { ContactVault } from '../persons/index.ts';
import type { ContactRow } from './client-contacts.repository.ts';
import { keysOfOthers } from './client-merge.repository.ts';

/** A contact of a client who is a person, before and after a change. */
export interface ChangedPerson {
  readonly before: Pick<ContactRow, 'key_id'>;
  readonly after: ContactRow;
  /** Who it is now. */
  readonly contact: JsonObject;
}

/**
 * Whatever named the person before names the person still: an erasure by an address that was corrected since reaches the
 * contact. A key of others is none to keep. Gives the contact, sealed accordingly.
 */
export async function stayNamed(
  tx: Transaction,
  tenantId: string,
  vault: ContactVault,
  { before, after, contact }: ChangedPerson,
): Promise<ContactRow> {
  if (before.key_id === after.key_id) return after;
  const keys = [before.key_id, after.key_id];
  const foreign = await keysOfOthers(tx, tenantId, keys, [after.client_id]);
  if (foreign.has(before.key_id)) return after;
  const was = { id: '', keyId: before.key_id, contact };
  const is = { id: after.id, keyId: after.key_id, contact };
  const sealed = (await vault.samePerson(tx, tenantId, [was, is], foreign)).get(after.id);
  return sealed === undefined ? after : { ...after, contact: sealed, key_id: sealedKeyOf(sealed) };
}
