import { isDeepStrictEqual } from 'node:util';
import type { EditClient } from './clients.dto.ts';
import type { ClientFields } from './clients.repository.ts';

type Changes = Omit<EditClient, 'version' | 'contacts'>;

/** A client of whom nothing is known yet. */
export const NEW_CLIENT: ClientFields = {
  kind: 'company',
  name: '',
  industry: null,
  size: null,
  budget_band: null,
  client_type: null,
  source: null,
  segments: [],
  key_account: false,
  owner_id: null,
  external_refs: [],
  attributes: {},
};

const NAMES = Object.keys(NEW_CLIENT) as readonly (keyof ClientFields)[];

/** The fields after an edit; attributes are merged, null empties one. */
export function applyEdit(before: ClientFields, changes: Changes): ClientFields {
  const given = Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  );
  const attributes = Object.fromEntries(
    Object.entries({ ...before.attributes, ...changes.attributes }).filter(
      ([, value]) => value !== null,
    ),
  );
  return { ...before, ...given, attributes };
}

/** Names of the fields that differ. */
export function changedFields(before: ClientFields, after: ClientFields): string[] {
  return NAMES.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
