import { buildSchema } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { COMPOSITE_SCHEMA } from './composites.ts';
import { requireOperands } from './filters.ts';
import type { SimulatedRow } from './filters.ts';
import type { SimulatedObject, SimulatedType } from './objects.ts';
import type { Input } from './table.ts';
import type { Author } from './webhooks.ts';
import type { SimulatedWorkspace } from './workspace.ts';

interface FindArguments {
  readonly filter?: Input;
  readonly first?: number;
  readonly after?: string | null;
  readonly orderBy?: readonly object[];
}

/** Records of a list that are given without being asked for more. */
const MOST_LISTED = 60;

/** The API of a workspace's records: names of its types and operations follow from those of the objects. */
export function recordsSchema(objects: readonly SimulatedObject[]): GraphQLSchema {
  const types = objects.map(({ singular, fields, relations, lists = {} }) => {
    const name = capital(singular);
    const lines = [
      ...Object.entries(fields).map(([field, type]) => `${field}: ${graphqlType(type)}`),
      ...Object.entries(relations).map(([field, to]) => `${field}: ${capital(to)} ${field}Id: ID`),
      ...Object.entries(lists).map(([field, [of]]) => `${field}: ${capital(of)}Connection`),
    ];
    return `type ${name} { id: ID! createdAt: String updatedAt: String deletedAt: String createdBy: Actor updatedBy: Actor ${lines.join(' ')} }
      type ${name}Edge { node: ${name}! cursor: String }
      type ${name}Connection { edges: [${name}Edge!]! pageInfo: PageInfo! totalCount: Int }
      scalar ${name}FilterInput scalar ${name}OrderByInput scalar ${name}CreateInput scalar ${name}UpdateInput`;
  });
  const queries = objects.map(({ singular, plural }) => {
    const name = capital(singular);
    return `${plural}(filter: ${name}FilterInput, first: Int, after: String, orderBy: [${name}OrderByInput]): ${name}Connection`;
  });
  const mutations = objects.map(({ singular, plural }) => {
    const name = capital(singular);
    return `create${capital(plural)}(data: [${name}CreateInput!]!, upsert: Boolean): [${name}!]
      update${capital(plural)}(filter: ${name}FilterInput!, data: ${name}UpdateInput!): [${name}!]
      delete${name}(id: UUID!): ${name}
      destroy${capital(plural)}(filter: ${name}FilterInput!): [${name}!]`;
  });
  return buildSchema(`
    scalar UUID
    type PageInfo { hasNextPage: Boolean! endCursor: String }
    type Actor { source: String name: String }
    ${COMPOSITE_SCHEMA}
    ${types.join('\n')}
    type Query { ${queries.join('\n')} }
    type Mutation { ${mutations.join('\n')} }`);
}

/** Answers of every operation of the schema, for one caller. Each counts against the limits by itself. */
export function recordsRoot(
  workspace: SimulatedWorkspace,
  author: Author,
  count: () => void,
): object {
  const view = (object: SimulatedObject, row: SimulatedRow): object => ({
    ...row,
    ...Object.fromEntries(
      Object.entries(object.relations).map(([name, to]) => [
        name,
        () => {
          const table = workspace.table(to);
          const related = table.rows.get(String(row[`${name}Id`]));
          return related === undefined ? null : view(table.object, related);
        },
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(object.lists ?? {}).map(([name, [of, by]]) => [
        name,
        () => {
          const table = workspace.table(of);
          const { rows } = table.find({ [`${by}Id`]: { eq: row.id } }, MOST_LISTED, null, false);
          return { edges: rows.map((one) => ({ node: view(table.object, one) })) };
        },
      ]),
    ),
  });
  const operations = workspace.objects.flatMap((object): [string, (args: never) => unknown][] => {
    const { singular, plural } = object;
    const rows = (found: readonly SimulatedRow[]): object[] =>
      found.map((row) => view(object, row));
    return [
      [
        plural,
        ({ filter = {}, first = 60, after = null, orderBy = [] }: FindArguments) => {
          count();
          requireOperands(filter);
          const byChange = orderBy.some((one) => 'updatedAt' in one);
          const page = workspace.table(singular).find(filter, first, after, byChange);
          return {
            edges: rows(page.rows).map((node) => ({ node })),
            pageInfo: { hasNextPage: page.hasNextPage, endCursor: page.endCursor },
          };
        },
      ],
      [
        `create${capital(plural)}`,
        ({ data }: { readonly data: readonly Input[] }) => {
          count();
          return rows(workspace.upsert(singular, data, author));
        },
      ],
      [
        `update${capital(plural)}`,
        ({ filter, data }: { readonly filter: Input; readonly data: Input }) => {
          count();
          requireOperands(filter);
          return rows(workspace.update(singular, filter, data, author));
        },
      ],
      [
        `delete${capital(singular)}`,
        ({ id }: { readonly id: string }) => {
          count();
          return view(object, workspace.delete(singular, id, author));
        },
      ],
      [
        `destroy${capital(plural)}`,
        ({ filter }: { readonly filter: Input }) => {
          count();
          requireOperands(filter);
          return rows(workspace.table(singular).destroyMany(filter));
        },
      ],
    ];
  });
  return Object.fromEntries(operations);
}

function graphqlType(type: SimulatedType): string {
  switch (type) {
    case 'NUMBER':
      return 'Float';
    case 'BOOLEAN':
      return 'Boolean';
    case 'ARRAY':
      return '[String!]';
    case 'CURRENCY':
      return 'Currency';
    case 'FULL_NAME':
      return 'FullName';
    case 'EMAILS':
      return 'Emails';
    case 'PHONES':
      return 'Phones';
    case 'LINKS':
      return 'Links';
    case 'RICH_TEXT':
      return 'RichText';
    default:
      return 'String';
  }
}

function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
