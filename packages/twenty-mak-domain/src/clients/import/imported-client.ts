import { digits, words } from '../contacts.ts';
import type { ClientContact, ContactDetails } from '../contacts.ts';
import type { MergedClient } from '../merge.ts';
import type { ClientDraft } from './row.ts';

/** Values of a client that a file can say. */
export interface ImportedValues {
  readonly [name: string]: string | boolean | null;
  readonly name: string | null;
  readonly industry: string | null;
  readonly size: string | null;
  readonly budget_band: string | null;
  readonly client_type: string | null;
  readonly source: string | null;
  readonly key_account: boolean | null;
  readonly owner_id: string | null;
}
export type ImportedClient = MergedClient<ImportedValues>;

/** Ids for what a draft may make. */
export interface NewIds {
  readonly client: string;
  readonly contact: string;
}

/** How a client is found again: by how its people are reached, a company also by its name. */
export function clientWays(
  kind: ImportedClient['kind'],
  name: string | null,
  contacts: readonly (ContactDetails | null)[],
): readonly string[] {
  const ways = contacts.flatMap((contact) => contactWays(contact));
  if (kind === 'company' && name !== null) ways.push(nameWay(name));
  return ways.map((way) => `${kind}\n${way}`);
}

/** `email:…` and `phone:…` in one spelling. */
export function contactWays(contact: ContactDetails | null): string[] {
  const { email, phone } = contact ?? {};
  const number = digits(phone ?? '');
  return [
    ...(email === undefined ? [] : [`email:${email.normalize('NFKC').trim().toLowerCase()}`]),
    ...(number === '' ? [] : [`phone:${number}`]),
  ];
}

export function nameWay(name: string): string {
  return `name:${words(name)}`;
}

export function refKey({ system, id }: { readonly system: string; readonly id: string }): string {
  return `${system}\n${id}`;
}

/** A draft as a client of its own, whose contact is the person that `known` has of the same number or address. */
export function clientOfDraft(
  draft: ClientDraft,
  ownerId: string | null,
  ids: NewIds,
  known: ImportedClient | null,
): ImportedClient {
  const { industry, size, budget_band, client_type, source, key_account, contact } = draft;
  const isNew = known === null;
  const label = draft.name ?? contact?.email ?? contact?.phone ?? null;
  return {
    id: ids.client,
    kind: draft.kind ?? 'company',
    values: {
      name: isNew ? label : draft.name,
      ...{ industry, size, budget_band, client_type, source },
      key_account: isNew ? (key_account ?? false) : key_account,
      owner_id: ownerId,
    },
    segments: draft.segments,
    externalRefs: draft.externalRef === null ? [] : [draft.externalRef],
    attributes: draft.attributes,
    archived: false,
    contacts: contact === null ? [] : [contactOf(contact, ids.contact, known?.contacts ?? [])],
  };
}

function contactOf(
  { position, ...details }: NonNullable<ClientDraft['contact']>,
  id: string,
  known: readonly ClientContact[],
): ClientContact {
  const ways = new Set(contactWays(details));
  const same = known.find((one) => contactWays(one.details).some((way) => ways.has(way)));
  const isAlike =
    ways.size === 0
      ? known.find((one) => words(one.details?.name ?? '') === words(details.name ?? ''))
      : same;
  return { id, person: isAlike?.person ?? id, position, details, joined: [] };
}
