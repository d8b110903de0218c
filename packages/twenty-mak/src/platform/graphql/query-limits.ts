import type { FastifyInstance } from 'fastify';
import { GraphQLError, Kind } from 'graphql';
import type {
  ASTVisitor,
  FragmentDefinitionNode,
  SelectionSetNode,
  ValidationContext,
  ValidationRule,
} from 'graphql';
import { RefusalError } from '../errors/index.ts';

/** Longest document in characters: some of the checks of a document take quadratic time. */
export const MAX_DOCUMENT = 20_000;
/** Each field at the top is a query of its own; together they share the connections to the database. */
export const MAX_TOP_FIELDS = 20;
/** Fields of a document with its fragments put in. */
export const MAX_FIELDS = 1_000;

/** Refuses documents that ask for more than a page could need, e.g. one field under a thousand aliases. */
export const limitFields: ValidationRule = (context: ValidationContext): ASTVisitor => ({
  OperationDefinition(operation) {
    const fragments = new Map(
      context
        .getDocument()
        .definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    );
    const top = countFields(operation.selectionSet, fragments, false);
    if (top > MAX_TOP_FIELDS) {
      context.reportError(
        new GraphQLError(
          `The operation has ${top} fields at its top; at most ${MAX_TOP_FIELDS} are answered. Send several requests.`,
          { nodes: operation },
        ),
      );
    } else if (countFields(operation.selectionSet, fragments, true) > MAX_FIELDS) {
      context.reportError(
        new GraphQLError(
          `The operation has more than ${MAX_FIELDS} fields. Ask for less, or in several requests.`,
          { nodes: operation },
        ),
      );
    }
  },
});

/** Counts fields, at the top or all of them; a fragment that many use is counted once and added as often. */
function countFields(
  selections: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  all: boolean,
): number {
  const counted = new Map<string, number>();
  const count = (set: SelectionSetNode | undefined): number =>
    set?.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + 1 + (all ? count(selection.selectionSet) : 0);
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + count(selection.selectionSet);
      const name = selection.name.value;
      if (!counted.has(name)) {
        // A fragment that spreads itself is refused elsewhere; here it only must not run for ever.
        counted.set(name, 0);
        counted.set(name, count(fragments.get(name)?.selectionSet));
      }
      return sum + (counted.get(name) ?? 0);
    }, 0) ?? 0;
  return count(selections);
}

/** Refuses documents that are too long, or no GraphQL but a syntax tree, before anything reads them. */
export function limitDocuments(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    const isGraphql = request.routeOptions.url === '/graphql';
    const { query } = (isGraphql ? (request.body ?? {}) : {}) as { query?: unknown };
    if (typeof query !== 'string') done();
    else if (query.length > MAX_DOCUMENT) done(documentTooLong(query.length));
    // Mercurius would believe a syntax tree written as JSON without checking its shape.
    else done(/^\s*\{\s*"/.test(query) ? notGraphql() : undefined);
  });
}

function notGraphql(): RefusalError {
  return new RefusalError(
    {
      code: 'invalid_query',
      reason: '`query` is JSON. Send a document in the language of GraphQL.',
      field: 'query',
    },
    400,
  );
}

function documentTooLong(length: number): RefusalError {
  return new RefusalError(
    {
      code: 'document_too_long',
      reason: `A GraphQL document may have ${MAX_DOCUMENT} characters; this one has ${length}. Send values as variables, and several requests.`,
      field: 'query',
    },
    413,
  );
}
