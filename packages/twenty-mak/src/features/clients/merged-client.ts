import type { ClientContact, JsonObject, MergedClient } from 'twenty-mak-domain';
import type { Transaction } from '../../platform/database/index.ts';
import type { ContactVault } from '../persons/index.ts';
import type { ContactRow } from './client-contacts.repository.ts';
import { storedContactSchema } from './clients.dto.ts';
import type { ClientRow } from './clients.repository.ts';

/** Fields of which one value stays. */
export type ClientValues = Pick<
  ClientRow,
  | 'name'
  | 'industry'
  | 'size'
  | 'budget_band'
  | 'client_type'
  | 'source'
  | 'key_account'
  | 'owner_id'
>;

/** The client as rules see it, with its contacts opened. */
export function clientOf(
  row: ClientRow,
  contacts: readonly ClientContact[],
): MergedClient<ClientValues> {
  const { name, industry, size, budget_band, client_type, source, key_account, owner_id } = row;
  return {
    ...{ id: row.id, kind: row.kind, segments: row.segments, contacts },
    values: { name, industry, size, budget_band, client_type, source, key_account, owner_id },
    externalRefs: row.external_refs,
    attributes: row.attributes as JsonObject,
    archived: row.archived_at !== null,
  };
}

/** Contacts by client, opened for a decision about them. */
export async function peopleOf(
  vault: ContactVault,
  tx: Transaction,
  tenantId: string,
  rows: readonly ContactRow[],
): Promise<ReadonlyMap<string, readonly ClientContact[]>> {
  const opened = await vault.openForOwner(
    tx,
    tenantId,
    rows.map(({ contact }) => contact),
  );
  const people = rows.map(({ id, client_id: client, key_id: person, position }, index) => {
    const details = storedContactSchema.safeParse(opened[index]?.['contact']).data ?? null;
    return { client, contact: { id, person, position, details, joined: [] } };
  });
  return new Map(
    [...Map.groupBy(people, ({ client }) => client)].map(([client, own]) => [
      client,
      own.map(({ contact }) => contact),
    ]),
  );
}
