import type { Refusal } from '../../basics/index.ts';
import type { ImportDuplicates } from '../../imports/index.ts';
import { words } from '../contacts.ts';
import { mergeClients } from '../merge.ts';
import { clientOfDraft, clientWays, refKey } from './imported-client.ts';
import type { ImportedClient, NewIds } from './imported-client.ts';
import type { ClientDraft } from './row.ts';

/** What became of a draft. `field` of a refusal is one of the fields of a file. */
export type ClientEntry =
  | { readonly result: 'created' | 'merged'; readonly clientId: string }
  | { readonly result: 'rejected'; readonly refusal: Refusal };

/** Rows that a dry run has met in batches before: they have entered nothing, and other rows may repeat them. */
export interface MetClients {
  /** What the draft would be to them: a new client, one of them, or why it may be neither. */
  find(draft: ClientDraft): 'new' | 'merged' | Refusal;
  add(draft: ClientDraft): void;
}

const NOBODY: MetClients = { find: () => 'new', add: () => undefined };

/**
 * Clients that rows of a file are compared with, and what the rows make of them, one after the other: each row sees those
 * before it.
 *
 * - An outer id names its client. Else the same e-mail address or telephone number is the same client, and of companies the
 *   same name. No row goes into a client that has another id of the row's outer system, and by its name alone it is not even
 *   taken for one.
 * - A row that is known is left out, or else what it says goes to the client. It never renames one that is only alike: two
 *   people may have one telephone.
 */
export class ClientBook {
  private readonly clients = new Map<string, ImportedClient>();
  private readonly before = new Map<string, ImportedClient>();
  private readonly byRef = new Map<string, string>();
  private readonly byWay = new Map<string, Set<string>>();
  private readonly duplicates: ImportDuplicates;
  private readonly met: MetClients;

  /** `named` are clients by what else names them, as `refKey` writes it. */
  constructor(
    known: readonly ImportedClient[],
    duplicates: ImportDuplicates,
    {
      named = new Map(),
      met = NOBODY,
    }: { named?: ReadonlyMap<string, string>; met?: MetClients } = {},
  ) {
    this.duplicates = duplicates;
    this.met = met;
    for (const [key, id] of named) this.byRef.set(key, id);
    for (const client of known) {
      this.before.set(client.id, client);
      this.keep(client);
    }
  }

  /** Takes a draft in; `ownerId` is whom its owner turned out to be. */
  take(draft: ClientDraft, ownerId: string | null, ids: NewIds): ClientEntry {
    const entry = this.enter(draft, ownerId, ids);
    // A row that does not come in is no client that a later one could repeat.
    if (entry.result !== 'rejected') this.met.add(draft);
    return entry;
  }

  /** Those that were not there. */
  created(): readonly ImportedClient[] {
    return [...this.clients.values()].filter(({ id }) => !this.before.has(id));
  }

  /** Those that were there and took something in, with what they were. */
  changed(): readonly { readonly before: ImportedClient; readonly after: ImportedClient }[] {
    return [...this.before.values()].flatMap((before) => {
      const after = this.clients.get(before.id) ?? before;
      return after === before ? [] : [{ before, after }];
    });
  }

  private enter(draft: ClientDraft, ownerId: string | null, ids: NewIds): ClientEntry {
    const named =
      draft.externalRef === null ? undefined : this.byRef.get(refKey(draft.externalRef));
    const found =
      named === undefined ? this.alike(draft) : { client: this.clients.get(named) ?? null };
    if ('refusal' in found || found.client === null)
      return this.enterNew(draft, ownerId, ids, 'refusal' in found ? found.refusal : null);
    const { client } = found;
    const drafted = clientOfDraft(draft, ownerId, ids, client);
    const refusal = this.refusalFor(draft, client, named !== undefined);
    if (refusal !== null) return { result: 'rejected', refusal };
    const merged = mergeClients(
      client,
      { ...drafted, kind: client.kind },
      {
        values: Object.fromEntries(
          Object.entries(drafted.values)
            .filter(([name, value]) => value !== null && !isSameName(name, value, client))
            .map(([name]) => [name, 'absorbed' as const]),
        ),
        attributes: Object.fromEntries(
          Object.keys(drafted.attributes).map((name) => [name, 'absorbed' as const]),
        ),
      },
    );
    if (!merged.ok) return { result: 'rejected', refusal: { ...merged.refusal, field: 'name' } };
    this.keep({ ...merged.value, archived: client.archived });
    return { result: 'merged', clientId: client.id };
  }

  /** Of the known ones none is meant; of those that were met before one may be. */
  private enterNew(
    draft: ClientDraft,
    ownerId: string | null,
    ids: NewIds,
    refusal: Refusal | null,
  ): ClientEntry {
    const before = this.met.find(draft);
    if (refusal !== null && (refusal !== OTHER_NAME || before !== 'merged'))
      return { result: 'rejected', refusal };
    if (typeof before !== 'string') return { result: 'rejected', refusal: before };
    const drafted = clientOfDraft(draft, ownerId, ids, null);
    this.keep(drafted);
    return { result: before === 'new' ? 'created' : 'merged', clientId: drafted.id };
  }

  /** The one client that a draft without a known id means. */
  private alike(
    draft: ClientDraft,
  ): { readonly client: ImportedClient | null } | { readonly refusal: Refusal } {
    const kind = draft.kind ?? 'company';
    const mayBe = (client: ImportedClient): boolean => !hasOtherRef(client, draft.externalRef);
    const byContact = this.having(clientWays(kind, null, [draft.contact]));
    const byName = this.having(clientWays(kind, draft.name, [])).filter(mayBe);
    // A row that is left out harms nobody; one that went into another record would make one client of two.
    if (this.duplicates === 'reject') return { client: byContact[0] ?? byName[0] ?? null };
    const all = [...new Set([...byContact.filter(mayBe), ...byName])];
    if (all.length === 0) return { client: null };
    const same = all.filter(
      ({ values }) => draft.name === null || words(values.name ?? '') === words(draft.name),
    );
    if (same.length > 1) return { refusal: SEVERAL };
    return same[0] === undefined ? { refusal: OTHER_NAME } : { client: same[0] };
  }

  private refusalFor(
    { kind }: ClientDraft,
    client: ImportedClient,
    isNamed: boolean,
  ): Refusal | null {
    if (this.duplicates === 'reject') return isNamed ? KNOWN_ID : DUPLICATE;
    if (kind !== null && kind !== client.kind) return OTHER_KIND;
    return client.archived ? ARCHIVED : null;
  }

  private having(ways: readonly string[]): readonly ImportedClient[] {
    const ids = new Set(ways.flatMap((way) => [...(this.byWay.get(way) ?? [])]));
    return [...ids].flatMap((id) => this.clients.get(id) ?? []);
  }

  private keep(client: ImportedClient): void {
    this.clients.set(client.id, client);
    for (const ref of client.externalRefs) this.byRef.set(refKey(ref), client.id);
    const details = client.contacts.map((contact) => contact.details);
    for (const way of clientWays(client.kind, client.values.name, details)) {
      const ids = this.byWay.get(way) ?? new Set();
      this.byWay.set(way, ids.add(client.id));
    }
  }
}

/** Two records of one outer system are two clients, even if they have one name and one telephone. */
function hasOtherRef({ externalRefs }: ImportedClient, ref: ClientDraft['externalRef']): boolean {
  return ref !== null && externalRefs.some(({ system }) => system === ref.system);
}

/** A name that is spelled in another way is no other name. */
function isSameName(
  field: string,
  value: string | boolean | null,
  { values }: ImportedClient,
): boolean {
  return field === 'name' && words(String(value)) === words(values.name ?? '');
}

export const KNOWN_ID: Refusal = {
  code: 'external_id_known',
  reason: 'This id was entered before; nothing changed.',
  field: 'external_id',
};
export const DUPLICATE: Refusal = {
  code: 'duplicate',
  reason: 'There is a client with this e-mail address, telephone number or name already.',
};
export const OTHER_NAME: Refusal = {
  code: 'name_differs',
  reason:
    'A client of another name has this e-mail address or telephone number. Change it by hand.',
  field: 'name',
};
const SEVERAL: Refusal = {
  code: 'several_clients',
  reason: 'Several clients have this e-mail address, telephone number or name. Merge them first.',
};
const OTHER_KIND: Refusal = {
  code: 'kind_differs',
  reason: 'The client with this id is of the other kind. Change its kind first.',
  field: 'kind',
};
const ARCHIVED: Refusal = {
  code: 'client_archived',
  reason: 'The client is archived. Bring it back first.',
};
