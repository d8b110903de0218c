import type {
  ClientMergeChoicesInput,
  MergeableClientFragment,
  MergeSide,
} from '../../generated/graphql.ts';
import { changedFields, draftOf } from '../../parts/client-edits/client-draft.ts';
import type { ClientField } from '../../parts/client-edits/client-draft.ts';

/** A field of which both clients have a value, and only one can stay. */
export interface Disputed {
  /** A field of a client, or `attributes.` with the name of an attribute. */
  readonly key: string;
  readonly field: Exclude<ClientField, 'kind' | 'segments'> | null;
  readonly attribute: string | null;
  /** Whose value stays when nobody chooses: the survivor's, unless it has none. */
  readonly byDefault: MergeSide;
}

/** Who stays is named first. Segments, contacts and outer ids of both stay. */
export function disputedFields(
  survivor: MergeableClientFragment,
  absorbed: MergeableClientFragment,
): readonly Disputed[] {
  const [stays, goes] = [draftOf(survivor), draftOf(absorbed)];
  const fields = changedFields(stays, goes).flatMap((field): Disputed[] => {
    if (field === 'kind' || field === 'segments') return [];
    const value = stays[field];
    const byDefault = value === '' || value === null ? 'absorbed' : 'survivor';
    return [{ key: field, field, attribute: null, byDefault }];
  });
  const [own, other] = [membersOf(survivor.attributes), membersOf(absorbed.attributes)];
  const attributes = [...own.keys()]
    .filter((name) => other.has(name) && textOf(own.get(name)) !== textOf(other.get(name)))
    .map((name): Disputed => ({
      key: `attributes.${name}`,
      field: null,
      attribute: name,
      byDefault: 'survivor',
    }));
  return [...fields, ...attributes];
}

/** Says of every disputed field whose value stays, so that what was shown is what happens. `chosen` is by key. */
export function choicesOf(
  disputed: readonly Disputed[],
  chosen: ReadonlyMap<string, MergeSide>,
): ClientMergeChoicesInput {
  const sideOf = ({ key, byDefault }: Disputed): MergeSide => chosen.get(key) ?? byDefault;
  const fields = disputed.flatMap((one) =>
    one.field === null
      ? []
      : [[one.field === 'owner' ? 'ownerId' : one.field, sideOf(one)] as const],
  );
  const attributes = disputed.flatMap((one) =>
    one.attribute === null ? [] : [[one.attribute, sideOf(one)] as const],
  );
  return {
    ...Object.fromEntries(fields),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
  };
}

/** An attribute as people read it. */
export function attributeText(attributes: unknown, name: string): string {
  return textOf(membersOf(attributes).get(name));
}

function membersOf(attributes: unknown): ReadonlyMap<string, unknown> {
  return typeof attributes === 'object' && attributes !== null
    ? new Map(Object.entries(attributes))
    : new Map();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
