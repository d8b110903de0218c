import { BATCH } from './entities.ts';
import type { TwentyEntity } from './entities.ts';

/** What is asked of a record besides its fields. */
const IDENTITY = 'id makId updatedAt';
/** Who changed it last. */
const AUTHOR = 'updatedBy { source name }';

function selectionOf({ fields }: TwentyEntity): string {
  return `${IDENTITY} ${fields.map(({ name, kind }) => kind.selection(name)).join(' ')}`;
}

/** Live records that fit a filter; what people have moved to the bin is not among them. */
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
    ) { pageInfo { hasNextPage endCursor } edges { node { ${IDENTITY} } } }
  }`;
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

export const MEMBERS_QUERY = `query Members($after: String) {
  found: workspaceMembers(first: ${BATCH}, after: $after) {
    pageInfo { hasNextPage endCursor } edges { node { id userEmail } }
  }
}`;

function inputOf({ singular }: TwentyEntity): string {
  return capital(singular);
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
