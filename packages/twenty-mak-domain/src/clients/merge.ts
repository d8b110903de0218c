import { accept, refuse } from '../basics/index.ts';
import type { Decision } from '../basics/index.ts';
import type { Json, JsonObject } from '../deal-gates/index.ts';
import { joinContacts } from './contacts.ts';
import type { ClientContact } from './contacts.ts';

/** The client that stays, and the one that goes. */
export const MERGE_SIDES = ['survivor', 'absorbed'] as const;
export type MergeSide = (typeof MERGE_SIDES)[number];

export const CLIENT_LIMITS = { contacts: 100, segments: 50, externalRefs: 20 } as const;

/** Fields that have one value, by name. */
type ClientValues = Readonly<Record<string, Json>>;

/** A client as far as it is merged. */
export interface MergedClient<Values extends ClientValues = ClientValues> {
  readonly id: string;
  readonly kind: 'company' | 'person';
  readonly values: Values;
  readonly segments: readonly string[];
  readonly externalRefs: readonly { readonly system: string; readonly id: string }[];
  readonly attributes: JsonObject;
  readonly archived: boolean;
  readonly contacts: readonly ClientContact[];
}

/** Whose value stays, of those about which somebody has decided. */
export interface MergeChoices<Values extends ClientValues = ClientValues> {
  readonly values?: { readonly [name in keyof Values]?: MergeSide | undefined };
  readonly attributes?: Readonly<Record<string, MergeSide>> | undefined;
  readonly segments?: MergeSide | 'both' | undefined;
}

/**
 * Makes one client of two; which one stays is the choice of whoever merges.
 *
 * - Of a field the chosen value stays. About which nothing was chosen, the survivor's; where it has none, the other's.
 * - Outer ids of both stay, because the outer records go on naming the client by them; so do segments, unless chosen.
 * - Contacts of both stay, the survivor's first; two of one person become one where they do not contradict each other.
 * - It is archived only if both were.
 *
 * Refuses with `merge_with_itself`, `kinds_differ` or `merge_too_large`.
 */
export function mergeClients<Values extends ClientValues>(
  survivor: MergedClient<Values>,
  absorbed: MergedClient<Values>,
  choices: MergeChoices<Values> = {},
): Decision<MergedClient<Values>> {
  if (survivor.id === absorbed.id)
    return refuse('merge_with_itself', 'Choose two clients; this is one.', 'into.id');
  if (survivor.kind !== absorbed.kind)
    return refuse(
      'kinds_differ',
      'A company and a person are not one client. Change the kind of one of them first.',
      'into.id',
    );
  const merged: MergedClient<Values> = {
    id: survivor.id,
    kind: survivor.kind,
    // Every value is one of the two that stood under its name.
    values: mergeValues(survivor.values, absorbed.values, choices.values) as Values,
    segments: mergeSegments(survivor.segments, absorbed.segments, choices.segments),
    externalRefs: union(
      [...survivor.externalRefs, ...absorbed.externalRefs],
      ({ system, id }) => `${system}\n${id}`,
    ),
    attributes: withoutNulls(
      mergeValues(survivor.attributes, absorbed.attributes, choices.attributes),
    ),
    archived: survivor.archived && absorbed.archived,
    contacts: joinContacts(survivor.contacts, absorbed.contacts),
  };
  for (const [field, limit] of Object.entries(CLIENT_LIMITS)) {
    const count = merged[field as keyof typeof CLIENT_LIMITS].length;
    if (count > limit)
      return refuse(
        'merge_too_large',
        `Together they would have ${count} ${NAMES[field as keyof typeof CLIENT_LIMITS]}, and a client has at most ${limit}. Remove some first.`,
        'into.id',
      );
  }
  return accept(merged);
}

const NAMES = { contacts: 'contacts', segments: 'segments', externalRefs: 'outer ids' } as const;

function mergeValues(
  stays: ClientValues,
  goes: ClientValues,
  chosen: { readonly [name: string]: MergeSide | undefined } = {},
): JsonObject {
  const sides = new Map(Object.entries(chosen));
  const [left, right] = [new Map(Object.entries(stays)), new Map(Object.entries(goes))];
  return Object.fromEntries(
    union([...left.keys(), ...right.keys()], (name) => name).map((name) => {
      const [ours, theirs] = [left.get(name) ?? null, right.get(name) ?? null];
      const side = sides.get(name) ?? (ours === null ? 'absorbed' : 'survivor');
      return [name, side === 'survivor' ? ours : theirs];
    }),
  );
}

function mergeSegments(
  stays: readonly string[],
  goes: readonly string[],
  chosen: MergeChoices['segments'] = 'both',
): readonly string[] {
  if (chosen === 'both') return union([...stays, ...goes], (name) => name);
  return chosen === 'survivor' ? stays : goes;
}

function withoutNulls(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
}

/** Each once, in the order in which they come first. */
function union<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
