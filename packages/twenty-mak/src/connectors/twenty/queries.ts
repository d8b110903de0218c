import { BATCH } from './entity-fields.ts';
import type { Attachment, TwentyEntity } from './entity-fields.ts';

/** What is asked of a record besides its fields. */
const IDENTITY = 'id makId updatedAt deletedAt';
/** Who changed it last. */
const AUTHOR = 'updatedBy { source name }';

function selectionOf({ fields }: TwentyEntity): string {
  return `${IDENTITY} ${fields.map(({ name, kind }) => kind.selection(name)).join(' ')}`;
}

/** Also what lies in the bin: a record that somebody deleted there has to be looked at. */
export const EVERY_RECORD = {
  or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }],
};

/** Records that fit a filter; what people have moved to the bin is not among them unless the filter names it. */
export function findQuery(entity: TwentyEntity): string {
  const { plural } = entity;
  return `query Find($filter: ${inputOf(entity)}FilterInput!) {
    found: ${plural}(first: ${BATCH}, filter: $filter) { edges { node { ${selectionOf(entity)} } } }
  }`;
}

/**
 * Records by the time of their last change, those in the bin too. twenty gives pages of at most 200 and goes on behind its
 * own cursor.
 */
export function changesQuery(entity: TwentyEntity): string {
  const { plural } = entity;
  return `query Changes($filter: ${inputOf(entity)}FilterInput!, $after: String) {
    found: ${plural}(
      first: ${BATCH}, after: $after, filter: $filter,
      orderBy: [{ updatedAt: AscNullsFirst }, { id: AscNullsFirst }]
    ) { pageInfo { hasNextPage endCursor } edges { node { ${concernOf(entity)} } } }
  }`;
}

/** What tells whose a record is, see `isOurs`. */
function concernOf({ attached, fields }: TwentyEntity): string {
  const tells = fields.find(({ name }) => name === attached?.plural);
  return tells === undefined ? IDENTITY : `${IDENTITY} ${tells.kind.selection(tells.name)}`;
}

/** Makes records, or changes those that have the same id or the same `makId`; one out of the bin comes back. */
export function upsertMutation(entity: TwentyEntity): string {
  return `mutation Upsert($data: [${inputOf(entity)}CreateInput!]!) {
    rows: create${capital(entity.plural)}(data: $data, upsert: true) { ${selectionOf(entity)} ${AUTHOR} }
  }`;
}

/** Changes records that fit a filter in one statement of PostgreSQL; gives those that it changed. */
export function updateMutation(entity: TwentyEntity): string {
  return `mutation Update($filter: ${inputOf(entity)}FilterInput!, $data: ${inputOf(entity)}UpdateInput!) {
    rows: update${capital(entity.plural)}(filter: $filter, data: $data) { ${selectionOf(entity)} ${AUTHOR} }
  }`;
}

/** Makes attachments, or changes those that have the same id. */
export function attachMutation({ singular, plural }: Attachment): string {
  return `mutation Attach($data: [${capital(singular)}CreateInput!]!) {
    rows: create${capital(plural)}(data: $data, upsert: true) { id }
  }`;
}

export const MEMBERS_QUERY = `query Members($after: String) {
  found: workspaceMembers(first: ${BATCH}, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { id userEmail } }
  }
}`;

function inputOf({ singular }: Pick<TwentyEntity, 'singular'>): string {
  return capital(singular);
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
