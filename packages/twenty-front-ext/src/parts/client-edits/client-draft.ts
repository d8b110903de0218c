import type { EditableClientFragment, EditClientInput } from '../../generated/graphql.ts';
import type { PersonChoice } from '../people/person-picker.tsx';

/** What people fill in about a client. Empty text means that nothing is known. */
export interface ClientDraft {
  readonly kind: EditableClientFragment['kind'];
  readonly name: string;
  readonly industry: string;
  readonly size: string;
  readonly budgetBand: string;
  readonly clientType: string;
  readonly source: string;
  readonly segments: readonly string[];
  readonly keyAccount: boolean;
  readonly owner: PersonChoice | null;
}

export type ClientField = keyof ClientDraft;

export const NEW_CLIENT: ClientDraft = {
  kind: 'company',
  name: '',
  industry: '',
  size: '',
  budgetBand: '',
  clientType: '',
  source: '',
  segments: [],
  keyAccount: false,
  owner: null,
};

const FIELDS: readonly ClientField[] = [
  'kind',
  'name',
  'industry',
  'size',
  'budgetBand',
  'clientType',
  'source',
  'segments',
  'keyAccount',
  'owner',
];

export function draftOf(client: EditableClientFragment): ClientDraft {
  const { kind, name, segments, keyAccount, owner, ownerId } = client;
  return {
    kind,
    name,
    segments,
    keyAccount,
    industry: client.industry ?? '',
    size: client.size ?? '',
    budgetBand: client.budgetBand ?? '',
    clientType: client.clientType ?? '',
    source: client.source ?? '',
    owner: ownerId === null ? null : { id: ownerId, name: owner?.name ?? ownerId },
  };
}

/** Fields in which two drafts differ; spaces around words do not count. */
export function changedFields(one: ClientDraft, other: ClientDraft): readonly ClientField[] {
  return FIELDS.filter((field) => meaning(one, field) !== meaning(other, field));
}

/** These fields as the server takes them; null empties one. */
export function inputOf(
  draft: ClientDraft,
  fields: readonly ClientField[] = FIELDS,
): Omit<EditClientInput, 'version'> {
  const word = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const all: Omit<EditClientInput, 'version'> = {
    kind: draft.kind,
    name: draft.name.trim(),
    industry: word(draft.industry),
    size: word(draft.size),
    budgetBand: word(draft.budgetBand),
    clientType: word(draft.clientType),
    source: word(draft.source),
    segments: [...draft.segments],
    keyAccount: draft.keyAccount,
    ownerId: draft.owner?.id ?? null,
  };
  const named = new Set<string>(fields.map((field) => (field === 'owner' ? 'ownerId' : field)));
  return Object.fromEntries(Object.entries(all).filter(([name]) => named.has(name)));
}

export interface Merged {
  /** Theirs with what I changed. */
  readonly draft: ClientDraft;
  /** Fields that both changed, to different values; the draft has mine. */
  readonly conflicts: readonly ClientField[];
}

/** Of two people who change different fields both win; where they disagree somebody has to choose. */
export function mergeDrafts(base: ClientDraft, mine: ClientDraft, theirs: ClientDraft): Merged {
  const changed = changedFields(base, mine);
  const conflicts = changed.filter(
    (field) =>
      meaning(theirs, field) !== meaning(base, field) &&
      meaning(theirs, field) !== meaning(mine, field),
  );
  return { draft: withFields(theirs, mine, changed), conflicts };
}

/** A draft with some fields of another one. */
export function withFields(
  draft: ClientDraft,
  from: ClientDraft,
  fields: readonly ClientField[],
): ClientDraft {
  return { ...draft, ...Object.fromEntries(fields.map((field) => [field, from[field]])) };
}

function meaning(draft: ClientDraft, field: ClientField): string {
  const value = draft[field];
  if (typeof value === 'string') return value.trim();
  if (field === 'owner') return draft.owner?.id ?? '';
  return JSON.stringify(value);
}
